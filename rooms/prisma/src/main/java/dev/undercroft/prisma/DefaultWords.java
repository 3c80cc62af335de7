package dev.undercroft.prisma;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Prisma says a default. A literal is written only where Prisma's own SQL for it would be kept
 * by the server as the very same expression; everything else is an expression in quotes. Stateless.
 */
final class DefaultWords {

  private static final Pattern TEXT =
      Pattern.compile(
          "'((?:[^']|'')*)'::(text|character varying|jsonb|json|bytea|.+)", Pattern.DOTALL);
  private static final Pattern NEGATIVE =
      Pattern.compile("'(-?\\d+(?:\\.\\d+)?)'::(integer|bigint|numeric)");
  private static final Pattern POSITIVE = Pattern.compile("\\d+(\\.\\d+)?");
  private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

  private DefaultWords() {}

  /**
   * The argument of {@code @default}.
   *
   * @param expression as the server prints it
   * @param type of the column
   * @param labels the words of the labels, if the type is an enum; else empty
   */
  static String of(String expression, ColumnType type, Map<String, String> labels) {
    Optional<String> literal =
        type.list()
            ? list(expression)
            : type.isUnsupported() ? Optional.empty() : literal(expression, type, labels);
    return literal.orElseGet(() -> "dbgenerated(" + PrismaWords.text(expression) + ")");
  }

  private static Optional<String> list(String expression) {
    return expression.matches("ARRAY\\[\\]::[^\\[\\]]+\\[\\]")
        ? Optional.of("[]")
        : Optional.empty();
  }

  private static Optional<String> literal(
      String expression, ColumnType type, Map<String, String> labels) {
    if (type.word().equals("DateTime")) {
      return expression.equals("CURRENT_TIMESTAMP") ? Optional.of("now()") : Optional.empty();
    }
    if (type.word().equals("Boolean")) {
      return expression.matches("true|false") ? Optional.of(expression) : Optional.empty();
    }
    if (type.word().matches("Int|BigInt|Float|Decimal")) {
      return type.nativeType().filter("Money"::equals).isPresent()
          ? Optional.empty()
          : number(expression, type.word().endsWith("Int"));
    }
    Matcher text = TEXT.matcher(expression);
    return text.matches()
        ? text(text.group(1).replace("''", "'"), text.group(2), type, labels)
        : Optional.empty();
  }

  /** Whole numbers within four bytes stand as they are; negative ones are cast by the server. */
  private static Optional<String> number(String expression, boolean whole) {
    if (POSITIVE.matcher(expression).matches()) {
      boolean fraction = expression.contains(".");
      return fraction && whole ? Optional.empty() : Optional.of(expression);
    }
    Matcher cast = NEGATIVE.matcher(expression);
    if (!cast.matches()) {
      return Optional.empty();
    }
    String number = cast.group(1);
    boolean fraction = number.contains(".");
    String usual =
        fraction
            ? "numeric"
            : isSmall(number)
                ? "integer"
                : new BigInteger(number).bitLength() < Long.SIZE ? "bigint" : "numeric";
    boolean sign = number.startsWith("-") || !usual.equals("integer");
    return usual.equals(cast.group(2)) && sign && !(fraction && whole)
        ? Optional.of(number)
        : Optional.empty();
  }

  private static boolean isSmall(String number) {
    return new BigInteger(number).abs().compareTo(LARGEST) <= 0;
  }

  private static Optional<String> text(
      String text, String cast, ColumnType type, Map<String, String> labels) {
    if (!labels.isEmpty()) {
      return Optional.ofNullable(labels.get(text));
    }
    String nativeType = type.nativeType().map(one -> one.replaceAll("\\(.*", "")).orElse("");
    String usual =
        switch (type.word() + nativeType) {
          case "String", "StringText" -> "text";
          case "StringVarChar" -> "character varying";
          case "Json" -> "jsonb";
          case "JsonJson" -> "json";
          case "Bytes" -> "bytea";
          default -> "";
        };
    if (!usual.equals(cast)) {
      return Optional.empty();
    }
    if (!usual.equals("bytea")) {
      return Optional.of(PrismaWords.text(text));
    }
    return text.matches("\\\\x(?:[0-9a-f]{2})*")
        ? Optional.of(
            PrismaWords.text(
                Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text.substring(2)))))
        : Optional.empty();
  }
}
