package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Value.Argument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The native types of PostgreSQL that a field may name. Source: Prisma's page on its PostgreSQL
 * connector. Stateless.
 */
final class NativeTypes {

  /**
   * One of them.
   *
   * @param scalar the type of the field it belongs to
   * @param sql its name in SQL
   * @param arguments how many numbers it takes at most; two mean none or both
   * @param largest the largest first number; zero when any will do
   */
  record Native(String scalar, String sql, int arguments, int largest) {}

  private static final int CHARACTERS = 10_485_760;
  private static final int BITS = 83_886_080;
  private static final int DIGITS = 1000;
  private static final int FRACTION = 6;

  static final Map<String, Native> ALL =
      Map.ofEntries(
          Map.entry("Text", new Native("String", "TEXT", 0, 0)),
          Map.entry("Char", new Native("String", "CHAR", 1, CHARACTERS)),
          Map.entry("VarChar", new Native("String", "VARCHAR", 1, CHARACTERS)),
          Map.entry("Bit", new Native("String", "BIT", 1, BITS)),
          Map.entry("VarBit", new Native("String", "VARBIT", 1, BITS)),
          Map.entry("Uuid", new Native("String", "UUID", 0, 0)),
          Map.entry("Xml", new Native("String", "XML", 0, 0)),
          Map.entry("Inet", new Native("String", "INET", 0, 0)),
          Map.entry("Citext", new Native("String", "CITEXT", 0, 0)),
          Map.entry("Boolean", new Native("Boolean", "BOOLEAN", 0, 0)),
          Map.entry("Integer", new Native("Int", "INTEGER", 0, 0)),
          Map.entry("SmallInt", new Native("Int", "SMALLINT", 0, 0)),
          Map.entry("Oid", new Native("Int", "OID", 0, 0)),
          Map.entry("BigInt", new Native("BigInt", "BIGINT", 0, 0)),
          Map.entry("DoublePrecision", new Native("Float", "DOUBLE PRECISION", 0, 0)),
          Map.entry("Real", new Native("Float", "REAL", 0, 0)),
          Map.entry("Decimal", new Native("Decimal", "DECIMAL", 2, DIGITS)),
          Map.entry("Money", new Native("Decimal", "MONEY", 0, 0)),
          Map.entry("Timestamp", new Native("DateTime", "TIMESTAMP", 1, FRACTION)),
          Map.entry("Timestamptz", new Native("DateTime", "TIMESTAMPTZ", 1, FRACTION)),
          Map.entry("Date", new Native("DateTime", "DATE", 0, 0)),
          Map.entry("Time", new Native("DateTime", "TIME", 1, FRACTION)),
          Map.entry("Timetz", new Native("DateTime", "TIMETZ", 1, FRACTION)),
          Map.entry("Json", new Native("Json", "JSON", 0, 0)),
          Map.entry("JsonB", new Native("Json", "JSONB", 0, 0)),
          Map.entry("ByteA", new Native("Bytes", "BYTEA", 0, 0)));

  private NativeTypes() {}

  /** What is wrong with a native type, in Prisma's words; empty when nothing is. */
  static Optional<String> wrong(Field field, Attribute attribute, String datasource) {
    int dot = attribute.name().indexOf('.');
    String prefix = attribute.name().substring(0, dot);
    String name = attribute.name().substring(dot + 1);
    if (!prefix.equals(datasource)) {
      return Optional.of(
          "The prefix %s is invalid. It must be equal to the name of an existing datasource e.g. %s. Did you mean to use %s.%s?"
              .formatted(prefix, datasource, datasource, name));
    }
    Native type = ALL.get(name);
    if (type == null) {
      return Optional.of(
          "Native type %s is not supported for postgresql connector.".formatted(name));
    }
    if (!type.scalar.equals(field.type())) {
      return Optional.of(
          "Native type %s is not compatible with declared field type %s, expected field type %s."
              .formatted(name, field.type(), type.scalar));
    }
    return arguments(name, type, attribute.arguments());
  }

  private static Optional<String> arguments(String name, Native type, List<Argument> arguments) {
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    String given =
        String.join(", ", arguments.stream().map(one -> Literals.shown(one.value())).toList());
    if (type.arguments == 0) {
      return Optional.of(
          "Function \"%s\" takes 0 arguments, but received %d.".formatted(name, arguments.size()));
    }
    if (type.arguments < arguments.size()) {
      return Optional.of(
          "Native type %s takes %d optional arguments, but received %d."
              .formatted(name, type.arguments, arguments.size()));
    }
    List<Integer> numbers =
        arguments.stream()
            .map(Argument::value)
            .filter(Value.Numeral.class::isInstance)
            .map(value -> ((Value.Numeral) value).text())
            .filter(text -> text.matches("\\d{1,9}"))
            .map(Integer::valueOf)
            .toList();
    if (numbers.size() < type.arguments) {
      return Optional.of(
          "Expected %s, but found (%s)."
              .formatted(
                  type.arguments == 2 ? "two nonnegative integers" : "a nonnegative integer",
                  given));
    }
    return range("%s(%s)".formatted(name, given.replace(" ", "")), type, numbers);
  }

  private static Optional<String> range(String shown, Native type, List<Integer> numbers) {
    boolean decimal = type.arguments == 2;
    if (numbers.getFirst() > type.largest || (decimal && numbers.getFirst() == 0)) {
      return Optional.of(
          "Argument M is out of range for native type `%s` of Postgres: %s"
              .formatted(
                  shown,
                  decimal
                      ? "Precision must be positive with a maximum value of 1000."
                      : "M can range from 0 to " + type.largest + "."));
    }
    return decimal && numbers.getLast() > numbers.getFirst()
        ? Optional.of(
            "The scale must not be larger than the precision for the %s native type in Postgres."
                .formatted(shown))
        : Optional.empty();
  }
}
