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

  private final PrismaSchema schema;
  private final StringBuilder text = new StringBuilder();
  private final Set<String> between = new HashSet<>();
  private final Set<String> declared = new HashSet<>();

  PrismaSql(PrismaSchema schema) {
    this.schema = schema;
  }

  String text() {
    extensions();
    Set<String> schemas = new TreeSet<>(schema.schemas());
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
    Set<String> needed = NeededExtensions.of(schema.models());
    if (schema.setting("extensions").orElse(null) instanceof Value.Items items) {
      for (Value value : items.values()) {
        switch (value) {
          case Value.Word word -> extension(word.text(), List.of());
          case Value.Call call -> extension(call.name(), call.arguments());
          default -> {}
        }
      }
    }
    needed.removeAll(declared);
    needed.forEach(name -> extension(name, List.of()));
  }

  private void extension(String name, List<Argument> options) {
    String real = option(options, "map").orElse(name);
    declared.add(real);
    String where = option(options, "schema").map(s -> " WITH SCHEMA " + quoted(s)).orElse("");
    String version = option(options, "version").map(v -> " VERSION " + quoted(v)).orElse("");
    String with = !version.isEmpty() && where.isEmpty() ? " WITH" : "";
    statement("CREATE EXTENSION IF NOT EXISTS " + quoted(real) + where + with + version);
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
    return !schema.isRelation(field)
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
    return Optional.of(
        "CONSTRAINT %s PRIMARY KEY (%s)"
            .formatted(quoted(Names.key(model, attribute.get())), columns));
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
        List<String> columns = Columns.columns(model, Columns.names(attribute));
        index(model, attribute, columns, list(model, attribute, true));
      }
    }
  }

  private static String sort(Attribute attribute) {
    return attribute.word("sort").filter("Desc"::equals).map(any -> " DESC").orElse("");
  }

  private void index(Block model, Attribute attribute, List<String> columns, String list) {
    String using =
        attribute
            .word("type")
            .filter(type -> !type.equals("BTree"))
            .map(type -> " USING " + type.toUpperCase(Locale.ROOT))
            .orElse("");
    statement(
        "CREATE %sINDEX %s ON %s%s (%s)%s"
            .formatted(
                attribute.name().equals("unique") ? "UNIQUE " : "",
                quoted(Names.index(model, attribute, columns)),
                tableOf(model),
                using,
                list,
                attribute.named("where").map(value -> where(model, value)).orElse("")));
  }

  /** The condition of a partial index: raw SQL, or fields with values. */
  private String where(Block model, Value value) {
    if (value instanceof Value.Call call && !call.arguments().isEmpty()) {
      return " WHERE (" + plain(call.arguments().getFirst().value()) + ")";
    }
    return value instanceof Value.Entries entries
        ? entries.entries().stream()
            .map(one -> condition(model, one.name().orElse(""), one.value(), "="))
            .collect(Collectors.joining(" AND ", " WHERE (", ")"))
        : "";
  }

  private String condition(Block model, String field, Value value, String sign) {
    if (value instanceof Value.Entries not && !not.entries().isEmpty()) {
      return condition(model, field, not.entries().getFirst().value(), "!=");
    }
    String column = quoted(column(model, field));
    if (value instanceof Value.Word word && word.text().equals("null")) {
      return column + (sign.equals("=") ? " IS NULL" : " IS NOT NULL");
    }
    return "%s %s %s"
        .formatted(
            column,
            sign,
            model
                .field(field)
                .flatMap(one -> Columns.initial(value, one, schema))
                .orElse(plain(value)));
  }

  private static String plain(Value value) {
    return value instanceof Value.Text text ? text.text() : Literals.shown(value);
  }

  private String list(Block model, Attribute attribute, boolean options) {
    List<String> columns = new ArrayList<>();
    for (Value value : Columns.elements(attribute)) {
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
    List<String> fields = Columns.relationFields(field, "fields");
    List<String> own = Columns.columns(model, fields);
    List<String> targets = Columns.columns(other, Columns.relationFields(field, "references"));
    Attribute relation = field.attribute("relation").orElseThrow();
    String name = Names.foreignKey(model, field);
    boolean loose =
        fields.stream()
            .map(model::field)
            .flatMap(Optional::stream)
            .allMatch(one -> one.arity() == Arity.OPTIONAL);
    String usual = loose ? "SetNull" : "Restrict";
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
    String name = Names.between(first, second, PrismaSchema.name(field));
    if (!between.add(first.schema() + "." + name)) {
      return;
    }
    String table = qualified(first.schema(), name);
    statement(
        "CREATE TABLE %s (\n    \"A\" %s NOT NULL,\n    \"B\" %s NOT NULL,\n    CONSTRAINT %s PRIMARY KEY (\"A\", \"B\")\n)"
            .formatted(
                table, keyType(first), keyType(second), quoted(Names.limited(name, "_AB_pkey"))));
    statement(
        "CREATE INDEX %s ON %s (\"B\")".formatted(quoted(Names.limited(name, "_B_index")), table));
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
                quoted(Names.limited(name, "_" + column + "_fkey")),
                column,
                tableOf(model),
                keyField(model).map(one -> quoted(one.column())).orElse("")));
  }

  private Optional<Field> keyField(Block model) {
    return model.fields().stream().filter(one -> one.has("id")).findFirst();
  }

  private String keyType(Block model) {
    return keyField(model).map(one -> Columns.type(one, schema)).orElse("TEXT");
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
