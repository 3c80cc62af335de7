package dev.undercroft.lint;

import java.util.Map;
import java.util.Set;

/**
 * Types of PostgreSQL by their names, and which change of type leaves the rows alone. Stateless.
 */
final class Types {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("int2", "smallint"),
          Map.entry("float8", "double precision"),
          Map.entry("float4", "real"),
          Map.entry("bool", "boolean"),
          Map.entry("varchar", "character varying"),
          Map.entry("char varying", "character varying"),
          Map.entry("char", "character"),
          Map.entry("bpchar", "character"),
          Map.entry("decimal", "numeric"),
          Map.entry("varbit", "bit varying"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("timetz", "time with time zone"),
          Map.entry("timestamp", "timestamp without time zone"),
          Map.entry("time", "time without time zone"));
  private static final Set<String> TEXTS = Set.of("text", "character varying");
  private static final Set<String> LONGER =
      Set.of(
          "bit varying",
          "interval",
          "time without time zone",
          "time with time zone",
          "timestamp without time zone",
          "timestamp with time zone");

  private Types() {}

  /** As the server prints it: {@code varchar ( 20 )} is {@code character varying(20)}. */
  static String canonical(String written) {
    String plain = written.replaceAll("\\s*([(),\\[\\].])\\s*", "$1").strip();
    int open = plain.indexOf('(');
    int close = plain.indexOf(')');
    String modifier = open >= 0 && close > open ? plain.substring(open, close + 1) : "";
    String base =
        open >= 0 && close > open ? plain.substring(0, open) + plain.substring(close + 1) : plain;
    int array = base.indexOf('[');
    String arrays = array < 0 ? "" : base.substring(array);
    String name = (array < 0 ? base : base.substring(0, array)).replace("pg_catalog.", "").strip();
    return NAMES.getOrDefault(name, name) + modifier + arrays;
  }

  static String base(String type) {
    return type.replaceFirst("\\([^)]*\\)", "");
  }

  /** Whether the server keeps the rows as they are (manual, ALTER TABLE, notes). */
  static boolean isFree(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    String old = base(from);
    String now = base(to);
    boolean wider = limit(to) >= limit(from);
    if (TEXTS.contains(old) && TEXTS.contains(now)) {
      return wider;
    }
    if (old.equals("numeric") && now.equals("numeric")) {
      return isWiderNumber(from, to);
    }
    return old.equals(now) && LONGER.contains(now) && wider;
  }

  /** More digits before the point and as many behind it, or no limit at all. */
  private static boolean isWiderNumber(String from, String to) {
    boolean sameScale = scale(from).equals(scale(to));
    return !to.contains("(") || (from.contains("(") && sameScale && limit(to) >= limit(from));
  }

  private static String scale(String type) {
    int comma = type.indexOf(',');
    return comma < 0 ? "0" : type.substring(comma + 1, type.indexOf(')'));
  }

  private static int limit(String type) {
    int open = type.indexOf('(');
    if (open < 0) {
      return Integer.MAX_VALUE;
    }
    String number = type.substring(open + 1).replaceAll("\\D.*", "");
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
  }
}
