package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Value.Argument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes a checked schema as the SQL that Prisma's migrations would hold. Used once. */
final class PrismaSql {

  private static final int LONGEST_NAME = 63;

  private final PrismaSchema schema;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> between = new HashSet<>();

  PrismaSql(PrismaSchema schema) {
    this.schema = schema;
  }

  String text() {
    extensions();
    Set<String> schemas = new TreeSet<>();
    schema.enums().forEach(one -> schemas.add(one.schema()));
    schema.models().forEach(one -> schemas.add(one.schema()));
    schemas.stream()
        .filter(name -> !name.isEmpty() && !name.equals("public"))
        .forEach(name -> statement("CREATE SCHEMA IF NOT EXISTS " + quoted(name)));
    schema.enums().forEach(this::enumeration);
    schema.models().forEach(this::table);
    schema.models().forEach(this::indexes);
    schema.models().forEach(this::relations);
    return text.toString();
  }

  private void statement(String sql) {
    text.append(sql).append(";\n\n");
  }

  private void extensions() {
    if (schema.setting("extensions").orElse(null) instanceof Value.Items items) {
      for (Value value : items.values()) {
        switch (value) {
          case Value.Word word -> extension(word.text(), List.of());
          case Value.Call call -> extension(call.name(), call.arguments());
          default -> {}
        }
      }
    }
  }

  private void extension(String name, List<Argument> options) {
    String real = option(options, "map").orElse(name);
    String where = option(options, "schema").map(s -> " WITH SCHEMA " + quoted(s)).orElse("");
    statement("CREATE EXTENSION IF NOT EXISTS " + quoted(real) + where);
  }

  private static Optional<String> option(List<Argument> options, String name) {
    return options.stream()
        .filter(one -> one.name().filter(name::equals).isPresent())
        .map(Argument::value)
        .filter(Value.Text.class::isInstance)
        .map(value -> ((Value.Text) value).text())
        .findFirst();
  }

  private void enumeration(Block block) {
    String values =
        block.fields().stream()
            .map(value -> "'" + value.column().replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    statement(
        "CREATE TYPE %s AS ENUM (%s)".formatted(qualified(block.schema(), block.mapped()), values));
  }

  private boolean isColumn(Field field) {
    return schema.model(field.type()) == null
        && (field.unsupported().isPresent()
            || Columns.isScalar(field.type())
            || schema.enumeration(field.type()) != null);
  }

  private void table(Block model) {
    List<String> lines = new ArrayList<>();
    for (Field field : model.fields()) {
      if (isColumn(field)) {
        lines.add(Columns.definition(field, schema));
      }
    }
    key(model).ifPresent(lines::add);
    statement(
        "CREATE TABLE %s (\n    %s\n)".formatted(tableOf(model), String.join(",\n    ", lines)));
  }

  private Optional<String> key(Block model) {
    Optional<Field> single = model.fields().stream().filter(one -> one.has("id")).findFirst();
    Optional<Attribute> several = model.attribute("id");
    Optional<Attribute> attribute = single.flatMap(one -> one.attribute("id")).or(() -> several);
    if (attribute.isEmpty()) {
      return Optional.empty();
    }
    String columns =
        single
            .map(one -> quoted(one.column()))
            .orElseGet(() -> list(model, attribute.get(), false));
    String name = attribute.get().namedText("map").orElse(limited(model.mapped(), "_pkey"));
    return Optional.of("CONSTRAINT %s PRIMARY KEY (%s)".formatted(quoted(name), columns));
  }

  private void indexes(Block model) {
    for (Field field : model.fields()) {
      field
          .attribute("unique")
          .ifPresent(one ->
              index(model, one, List.of(field.column()), quoted(field.column()) + sort(one)));
    }
    for (Attribute attribute : model.attributes()) {
      if (List.of("unique", "index").contains(attribute.name())) {
        List<String> columns =
            Columns.names(attribute).stream().map(name -> column(model, name)).toList();
        index(model, attribute, columns, list(model, attribute, true));
      }
    }
  }

  private static String sort(Attribute attribute) {
    return attribute.word("sort").filter("Desc"::equals).map(any -> " DESC").orElse("");
  }

  private void index(Block model, Attribute attribute, List<String> columns, String list) {
    boolean unique = attribute.name().equals("unique");
    String name =
        attribute
            .namedText("map")
            .orElse(
                limited(
                    model.mapped() + "_" + String.join("_", columns), unique ? "_key" : "_idx"));
    String using =
        attribute
            .word("type")
            .filter(type -> !type.equals("BTree"))
            .map(type -> " USING " + type.toUpperCase(Locale.ROOT))
            .orElse("");
    String where =
        attribute
            .named("where")
            .filter(Value.Call.class::isInstance)
            .flatMap(value ->
                ((Value.Call) value)
                    .arguments().stream()
                        .map(Argument::value)
                        .filter(Value.Text.class::isInstance)
                        .map(one -> " WHERE " + ((Value.Text) one).text())
                        .findFirst())
            .orElse("");
    statement(
        "CREATE %sINDEX %s ON %s%s (%s)%s"
            .formatted(unique ? "UNIQUE " : "", quoted(name), tableOf(model), using, list, where));
  }

  private String list(Block model, Attribute attribute, boolean options) {
    if (!(attribute.first("fields").orElse(null) instanceof Value.Items items)) {
      return "";
    }
    List<String> columns = new ArrayList<>();
    for (Value value : items.values()) {
      switch (value) {
        case Value.Word word -> columns.add(quoted(column(model, word.text())));
        case Value.Call call ->
            columns.add(quoted(column(model, call.name())) + (options ? options(call) : ""));
        default -> schema.note(attribute.place(), "Expected a list of fields.");
      }
    }
    return String.join(", ", columns);
  }

  private static String options(Value.Call call) {
    StringBuilder text = new StringBuilder();
    for (Argument argument : call.arguments()) {
      String name = argument.name().orElse("");
      if (name.equals("ops") && argument.value() instanceof Value.Word word) {
        text.append(' ').append(operatorClass(word.text()));
      } else if (name.equals("ops")
          && argument.value() instanceof Value.Call raw
          && raw.arguments().getFirst().value() instanceof Value.Text own) {
        text.append(' ').append(own.text());
      }
    }
    for (Argument argument : call.arguments()) {
      boolean down =
          argument.name().orElse("").equals("sort")
              && argument.value() instanceof Value.Word word
              && word.text().equals("Desc");
      text.append(down ? " DESC" : "");
    }
    return text.toString();
  }

  /** {@code JsonbPathOps} is {@code jsonb_path_ops}. */
  private static String operatorClass(String word) {
    return word.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT)
        .replace("min_max", "minmax")
        .replace("_tz", "tz");
  }

  private static String column(Block model, String field) {
    return model.field(field).map(Field::column).orElse(field);
  }

  private void relations(Block model) {
    for (Field field : model.fields()) {
      Block other = schema.model(field.type());
      if (other == null) {
        continue;
      }
      if (schema.isManyToMany(field, model)) {
        between(model, other, field);
      } else if (!Columns.relationFields(field, "fields").isEmpty() && schema.hasForeignKeys()) {
        foreignKey(model, other, field);
      }
    }
  }

  private void foreignKey(Block model, Block other, Field field) {
    List<String> own =
        Columns.relationFields(field, "fields").stream().map(f -> column(model, f)).toList();
    List<String> targets =
        Columns.relationFields(field, "references").stream().map(f -> column(other, f)).toList();
    Attribute relation = field.attribute("relation").orElseThrow();
    String name =
        relation
            .namedText("map")
            .orElse(limited(model.mapped() + "_" + String.join("_", own), "_fkey"));
    String usual = field.arity() == Arity.OPTIONAL ? "SetNull" : "Restrict";
    statement(
        "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s(%s) ON DELETE %s ON UPDATE %s"
            .formatted(
                tableOf(model),
                quoted(name),
                quoted(own),
                tableOf(other),
                quoted(targets),
                action(relation.word("onDelete").orElse(usual)),
                action(relation.word("onUpdate").orElse("Cascade"))));
  }

  private static String action(String word) {
    return word.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
  }

  /** The table that Prisma puts between two models; both sides name it, it is made once. */
  private void between(Block one, Block two, Field field) {
    boolean swapped = one.name().compareTo(two.name()) > 0;
    Block first = swapped ? two : one;
    Block second = swapped ? one : two;
    String relation = PrismaSchema.name(field);
    String name = "_" + (relation.isEmpty() ? first.name() + "To" + second.name() : relation);
    if (!between.add(first.schema() + "." + name)) {
      return;
    }
    String table = qualified(first.schema(), name);
    statement(
        "CREATE TABLE %s (\n    \"A\" %s NOT NULL,\n    \"B\" %s NOT NULL,\n    CONSTRAINT %s PRIMARY KEY (\"A\", \"B\")\n)"
            .formatted(table, keyType(first), keyType(second), quoted(limited(name, "_AB_pkey"))));
    statement("CREATE INDEX %s ON %s (\"B\")".formatted(quoted(limited(name, "_B_index")), table));
    if (schema.hasForeignKeys()) {
      side(table, name, "A", first);
      side(table, name, "B", second);
    }
  }

  private void side(String table, String name, String column, Block model) {
    statement(
        "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (\"%s\") REFERENCES %s(%s) ON DELETE CASCADE ON UPDATE CASCADE"
            .formatted(
                table,
                quoted(limited(name + "_" + column, "_fkey")),
                column,
                tableOf(model),
                keyField(model).map(one -> quoted(one.column())).orElse("")));
  }

  private Optional<Field> keyField(Block model) {
    Optional<Field> key = model.fields().stream().filter(one -> one.has("id")).findFirst();
    return key.or(() -> model.fields().stream().filter(one -> one.has("unique")).findFirst());
  }

  private String keyType(Block model) {
    return keyField(model).map(one -> Columns.type(one, schema)).orElse("TEXT");
  }

  private static String limited(String name, String suffix) {
    int room = LONGEST_NAME - suffix.length();
    return (name.length() > room ? name.substring(0, room) : name) + suffix;
  }

  private static String tableOf(Block model) {
    return qualified(model.schema(), model.mapped());
  }

  static String qualified(String schema, String name) {
    return schema.isEmpty() ? quoted(name) : quoted(schema) + "." + quoted(name);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(PrismaSql::quoted).collect(Collectors.joining(", "));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
