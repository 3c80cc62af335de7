package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Value.Argument;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How fields become columns. Source: Prisma's page on its PostgreSQL connector. Stateless. */
final class Columns {

  static final Map<String, String> SCALARS =
      Map.of(
          "String", "TEXT",
          "Boolean", "BOOLEAN",
          "Int", "INTEGER",
          "BigInt", "BIGINT",
          "Float", "DOUBLE PRECISION",
          "Decimal", "DECIMAL(65,30)",
          "DateTime", "TIMESTAMP(3)",
          "Json", "JSONB",
          "Bytes", "BYTEA");

  /** How Prisma writes a moment. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS] xxx", Locale.ROOT);

  private Columns() {}

  static boolean isScalar(String type) {
    return SCALARS.containsKey(type);
  }

  /** The fields that an attribute of a model names, without their options. */
  static List<String> names(Attribute attribute) {
    if (!List.of("id", "unique", "index").contains(attribute.name())) {
      return List.of();
    }
    return attribute.first("fields").map(Columns::names).orElse(List.of());
  }

  /** The fields of an index as they are written; one alone may stand without brackets. */
  static List<Value> elements(Attribute attribute) {
    Value fields = attribute.first("fields").orElse(new Value.Items(List.of()));
    return fields instanceof Value.Items items ? items.values() : List.of(fields);
  }

  private static List<String> names(Value value) {
    return switch (value) {
      case Value.Items items -> items.values().stream().flatMap(v -> names(v).stream()).toList();
      case Value.Word word -> List.of(word.text());
      case Value.Call call -> List.of(call.name());
      default -> List.of();
    };
  }

  /** The fields that a relation names as its own or the other side's. */
  static List<String> relationFields(Field field, String argument) {
    return field
        .attribute("relation")
        .flatMap(one -> one.named(argument))
        .map(Columns::names)
        .orElse(List.of());
  }

  /** The type of a column, without arity. */
  static String type(Field field, PrismaSchema schema) {
    if (field.unsupported().isPresent()) {
      return field.unsupported().get();
    }
    Block enumeration = schema.enumeration(field.type());
    if (enumeration != null) {
      return PrismaSql.qualified(enumeration.schema(), enumeration.mapped());
    }
    return field.attributes().stream()
        .filter(one -> one.name().contains("."))
        .findFirst()
        .map(Columns::nativeType)
        .orElse(SCALARS.getOrDefault(field.type(), "TEXT"));
  }

  private static String nativeType(Attribute attribute) {
    String name = attribute.name().substring(attribute.name().indexOf('.') + 1);
    NativeTypes.Native known = NativeTypes.ALL.get(name);
    String type = known == null ? name : known.sql();
    return attribute.arguments().isEmpty()
        ? type
        : attribute.arguments().stream()
            .map(one -> Literals.shown(one.value()))
            .collect(Collectors.joining(",", type + "(", ")"));
  }

  /** The columns of fields. */
  static List<String> columns(Block model, List<String> fields) {
    return fields.stream().map(name -> model.field(name).map(Field::column).orElse(name)).toList();
  }

  /** The column as it stands in CREATE TABLE. */
  static String definition(Field field, PrismaSchema schema) {
    String type = type(field, schema);
    Optional<Value> initial = field.attribute("default").flatMap(one -> one.first("value"));
    boolean counts =
        initial
            .filter(
                value -> value instanceof Value.Call call && call.name().equals("autoincrement"))
            .isPresent();
    if (counts) {
      type =
          type.equals("BIGINT") ? "BIGSERIAL" : type.equals("SMALLINT") ? "SMALLSERIAL" : "SERIAL";
    }
    StringBuilder text =
        new StringBuilder(PrismaSql.quoted(field.column())).append(' ').append(type);
    text.append(field.arity() == Arity.LIST ? "[]" : "");
    text.append(field.arity() == Arity.REQUIRED ? " NOT NULL" : "");
    initial
        .flatMap(value -> initial(value, field, schema))
        .ifPresent(value -> text.append(" DEFAULT ").append(value));
    return text.toString();
  }

  /** A value as it stands in SQL; empty for what the client makes. */
  static Optional<String> initial(Value value, Field field, PrismaSchema schema) {
    return switch (value) {
      case Value.Numeral number -> Optional.of(number.text());
      case Value.Text text -> Optional.of(literal(text.text(), field));
      case Value.Word word -> Optional.of(word(word.text(), field, schema));
      case Value.Items items -> Optional.of(items(items, field, schema));
      case Value.Call call -> call(call);
      case Value.Entries entries -> Optional.empty();
    };
  }

  private static String literal(String text, Field field) {
    return "'"
        + switch (field.type()) {
          case "Bytes" ->
              "\\x"
                  + HexFormat.of()
                      .formatHex(Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
          case "DateTime" -> moment(text);
          default -> text.replace("'", "''");
        }
        + "'";
  }

  private static String moment(String text) {
    OffsetDateTime moment = OffsetDateTime.parse(text);
    String whole = moment.format(MOMENT);
    return whole.replaceFirst("\\.000000", "").replaceFirst("(\\.\\d{3})000", "$1");
  }

  private static String word(String word, Field field, PrismaSchema schema) {
    Block enumeration = schema.enumeration(field.type());
    return enumeration == null
        ? word
        : "'" + enumeration.field(word).map(Field::column).orElse(word).replace("'", "''") + "'";
  }

  private static String items(Value.Items items, Field field, PrismaSchema schema) {
    List<String> values = new ArrayList<>();
    for (Value one : items.values()) {
      initial(one, field, schema).ifPresent(values::add);
    }
    return "ARRAY[" + String.join(", ", values) + "]::" + type(field, schema) + "[]";
  }

  private static Optional<String> call(Value.Call call) {
    return switch (call.name()) {
      case "now" -> Optional.of("CURRENT_TIMESTAMP");
      case "dbgenerated" ->
          call.arguments().stream()
              .map(Argument::value)
              .filter(Value.Text.class::isInstance)
              .map(value -> ((Value.Text) value).text())
              .findFirst();
      default -> Optional.empty();
    };
  }
}
