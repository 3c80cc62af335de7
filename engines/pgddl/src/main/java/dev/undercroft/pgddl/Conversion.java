package dev.undercroft.pgddl;

import java.util.List;
import java.util.Set;

/** How values of one type become values of another (manual, CREATE CAST). Stateless. */
final class Conversion {

  private static final Set<String> NUMBERS =
      Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
  private static final Set<String> WHOLE = Set.of("smallint", "integer", "bigint");
  private static final Set<String> TEXTS =
      Set.of("text", "character varying", "character", "name", "\"char\"");

  /** Texts that may have a longest length. */
  private static final Set<String> LIMITED = Set.of("character varying", "character");

  /** Types between which the server converts directly, besides the above; each row one way. */
  private static final List<Set<String>> GROUPS =
      List.of(
          NUMBERS,
          Set.of("json", "jsonb"),
          Set.of("inet", "cidr"),
          Set.of("bit", "bit varying"),
          Set.of("macaddr", "macaddr8"),
          Set.of("date", "timestamp without time zone", "timestamp with time zone"),
          Set.of("time without time zone", "time with time zone"),
          Set.of("time without time zone", "interval"),
          Set.of("integer", "oid"),
          Set.of("bigint", "oid"),
          Set.of("integer", "bit"),
          Set.of("bigint", "bit"));

  private Conversion() {}

  /** The expression that gives the value of {@code column} in the type {@code to}. */
  static String of(String column, String from, String to) {
    String old = TypeChange.base(from);
    String now = TypeChange.base(to);
    if (LIMITED.contains(now) && (TEXTS.contains(old) || to.indexOf('(') > 0)) {
      // A cast that is written cuts what is too long, in silence; one that is not refuses it.
      return TEXTS.contains(old) ? column : column + "::text";
    }
    if (old.equals(now) || TEXTS.contains(old) || TEXTS.contains(now) || isDirect(old, now)) {
      return column + "::" + to;
    }
    if (old.equals("boolean") && NUMBERS.contains(now)) {
      return column + "::integer::" + to;
    }
    if (now.equals("boolean") && NUMBERS.contains(old)) {
      return WHOLE.contains(old) ? column + "::integer::boolean" : column + " <> 0";
    }
    if (isArray(from) != isArray(to)) {
      return isArray(to)
          ? "CASE WHEN %1$s IS NULL THEN NULL ELSE ARRAY[%2$s] END"
              .formatted(column, of(column, from, element(to)))
          : of("(" + column + ")[1]", element(from), to);
    }
    return column + (isArray(to) ? "::text[]::" : "::text::") + to;
  }

  /** Whether it is a text that may have a longest length. */
  static boolean isLimited(String type) {
    return LIMITED.contains(TypeChange.base(type));
  }

  static boolean isText(String type) {
    return TEXTS.contains(TypeChange.base(type));
  }

  private static boolean isDirect(String old, String now) {
    boolean fromTimestamp =
        old.startsWith("timestamp ") && now.startsWith("time ") && !now.contains("with time zone");
    boolean zoned = old.equals("timestamp with time zone") && now.equals("time with time zone");
    boolean fromJson = old.equals("jsonb") && (NUMBERS.contains(now) || now.equals("boolean"));
    return fromTimestamp
        || zoned
        || fromJson
        || GROUPS.stream().anyMatch(group -> group.contains(old) && group.contains(now));
  }

  private static boolean isArray(String type) {
    return type.endsWith("[]");
  }

  private static String element(String array) {
    return array.substring(0, array.length() - 2);
  }
}
