package dev.undercroft.prisma;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Prisma says the type of a column. Immutable.
 *
 * @param word the type of the field, without arity
 * @param nativeType the native type with its arguments, where the word does not say it all
 * @param list whether it is an array
 */
record ColumnType(String word, Optional<String> nativeType, boolean list) {

  private static final Pattern SIZED =
      Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(\\d+))?\\))?( with(?:out)? time zone)?");

  /** Types without arguments, and what a field says of them. */
  private static final Map<String, ColumnType> PLAIN =
      Map.ofEntries(
          plain("text", "String", ""),
          plain("boolean", "Boolean", ""),
          plain("integer", "Int", ""),
          plain("bigint", "BigInt", ""),
          plain("double precision", "Float", ""),
          plain("jsonb", "Json", ""),
          plain("bytea", "Bytes", ""),
          plain("numeric(65,30)", "Decimal", ""),
          plain("timestamp(3) without time zone", "DateTime", ""),
          plain("uuid", "String", "Uuid"),
          plain("xml", "String", "Xml"),
          plain("inet", "String", "Inet"),
          plain("citext", "String", "Citext"),
          plain("public.citext", "String", "Citext"),
          plain("smallint", "Int", "SmallInt"),
          plain("oid", "Int", "Oid"),
          plain("real", "Float", "Real"),
          plain("money", "Decimal", "Money"),
          plain("date", "DateTime", "Date"),
          plain("json", "Json", "Json"));

  /** Types with arguments: the type with its zone, and the name of the native type. */
  private static final Map<String, String> NATIVE =
      Map.of(
          "character varying", "VarChar",
          "character", "Char",
          "bit", "Bit",
          "bit varying", "VarBit",
          "numeric", "Decimal",
          "timestamp without time zone", "Timestamp",
          "timestamp with time zone", "Timestamptz",
          "time without time zone", "Time",
          "time with time zone", "Timetz");

  private static Map.Entry<String, ColumnType> plain(String sql, String word, String nativeType) {
    return Map.entry(
        sql,
        new ColumnType(
            word, nativeType.isEmpty() ? Optional.empty() : Optional.of(nativeType), false));
  }

  /**
   * Says a type.
   *
   * @param sql as PostgreSQL prints it, qualified
   * @param enums the enums by their qualified names
   */
  static ColumnType of(String sql, Map<String, String> enums) {
    boolean list = sql.endsWith("[]");
    String base = list ? sql.substring(0, sql.length() - 2) : sql;
    ColumnType plain = PLAIN.get(base);
    if (plain != null) {
      return new ColumnType(plain.word, plain.nativeType, list);
    }
    String enumeration = enums.get(base);
    if (enumeration != null) {
      return new ColumnType(enumeration, Optional.empty(), list);
    }
    Matcher sized = SIZED.matcher(base);
    String nativeType =
        sized.matches()
            ? NATIVE.getOrDefault(
                sized.group(1) + (sized.group(4) == null ? "" : sized.group(4)), "")
            : "";
    NativeTypes.Native known = NativeTypes.ALL.get(nativeType);
    if (known == null) {
      return new ColumnType("Unsupported(" + PrismaWords.text(base) + ")", Optional.empty(), list);
    }
    String first = sized.group(2);
    String second = sized.group(3);
    String arguments =
        first == null ? "" : "(" + first + (second == null ? "" : ", " + second) + ")";
    return new ColumnType(known.scalar(), Optional.of(nativeType + arguments), list);
  }

  boolean isUnsupported() {
    return word.startsWith("Unsupported(");
  }
}
