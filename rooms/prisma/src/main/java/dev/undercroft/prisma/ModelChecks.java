package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Value.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Prisma demands of a model as a whole. */
final class ModelChecks {

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "id", Set.of("fields", "name", "map", "length", "sort", "clustered"),
          "unique", Set.of("fields", "name", "map", "length", "sort", "clustered", "where"),
          "index",
              Set.of(
                  "fields", "name", "map", "length", "sort", "clustered", "type", "ops", "where"),
          "fulltext", Set.of("fields", "name", "map"),
          "map", Set.of("name"),
          "schema", Set.of("map"),
          "ignore", Set.of());

  private static final Set<String> METHODS =
      Set.of("BTree", "Hash", "Gin", "Gist", "SpGist", "Brin");

  private static final String CRITERIA =
      "Each model must have at least one unique criteria that has only required fields. Either mark a single field with `@id`, `@unique` or add a multi field criterion with `@@id([])` or `@@unique([])` to the model.";

  private final PrismaSchema schema;

  ModelChecks(PrismaSchema schema) {
    this.schema = schema;
  }

  void check(Block model) {
    names(model);
    for (Attribute attribute : model.attributes()) {
      arguments(model, attribute);
      if (List.of("id", "unique", "index").contains(attribute.name())) {
        fields(model, attribute);
      }
    }
    keys(model);
    if (model.attribute("ignore").isEmpty()) {
      criteria(model);
    }
  }

  private void wrong(Block model, String message) {
    schema.note(
        model.place(), "Error validating model \"%s\": %s".formatted(model.name(), message));
  }

  private void names(Block model) {
    if (Columns.isScalar(model.name())) {
      schema.note(
          model.place(),
          "\"" + model.name() + "\" is a reserved scalar type name and cannot be used.");
    } else if (Reserved.isReserved(model.name())) {
      wrong(
          model,
          "The model name `%s` is invalid. It is a reserved name. Please change it. Read more at https://pris.ly/d/naming-models"
              .formatted(model.name()));
    }
    Set<String> seen = new HashSet<>();
    Map<String, Field> columns = new HashMap<>();
    for (Field field : model.fields()) {
      Field twin = schema.isRelation(field) ? null : columns.put(field.column(), field);
      if (!seen.add(field.name())) {
        twice(model, field);
      } else if (twin != null) {
        twice(model, field.has("map") ? field : twin);
      }
    }
  }

  private void twice(Block model, Field field) {
    schema.note(
        field.place(),
        "Field \"%s\" is already defined on model \"%s\".".formatted(field.name(), model.name()));
  }

  private void arguments(Block model, Attribute attribute) {
    Set<String> known = ATTRIBUTES.get(attribute.name());
    String shown = "Error parsing attribute \"@@" + attribute.name() + "\": ";
    if (known == null) {
      schema.note(attribute.place(), "Attribute not known: \"@@" + attribute.name() + "\".");
      return;
    }
    for (Argument argument : attribute.arguments()) {
      if (!argument.name().map(known::contains).orElse(!known.isEmpty())) {
        schema.note(attribute.place(), "No such argument.");
      }
    }
    if (attribute.name().equals("fulltext")) {
      schema.note(
          attribute.place(),
          shown + "Defining fulltext indexes is not supported with the current connector.");
    }
    if (attribute.named("clustered").isPresent()) {
      schema.note(
          attribute.place(),
          shown + "Defining clustering is not supported in the current connector.");
    }
    attribute
        .word("type")
        .filter(type -> !METHODS.contains(type))
        .ifPresent(
            type -> schema.note(attribute.place(), shown + "Unknown index type: " + type + "."));
    if (attribute.name().equals("schema")) {
      inDatasource(attribute, model.schema());
    }
  }

  private void inDatasource(Attribute attribute, String name) {
    if (!schema.schemas().contains(name)) {
      schema.note(
          attribute.place(),
          "This schema is not defined in the datasource. Read more on `@@schema` at https://pris.ly/d/multi-schema");
    }
  }

  private void fields(Block model, Attribute attribute) {
    List<String> names = Columns.names(attribute);
    String shown = "Error parsing attribute \"@@" + attribute.name() + "\": ";
    if (names.isEmpty()) {
      schema.note(
          attribute.place(),
          shown
              + "The list of fields in an index cannot be empty. Please specify at least one field.");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      Optional<Field> field = model.field(name);
      if (field.isEmpty()) {
        wrong(attribute, model, unknown(attribute, name));
      } else if (schema.isRelation(field.get())) {
        wrong(attribute, model, relation(attribute, field.get()));
      } else if (!seen.add(name)) {
        wrong(
            attribute,
            model,
            "The unique index definition refers to the field %s multiple times.".formatted(name));
      } else if (attribute.name().equals("id") && field.get().arity() == Arity.OPTIONAL) {
        wrong(
            attribute,
            model,
            "The id definition refers to the optional field `%s`. ID definitions must reference only required fields."
                .formatted(name));
      }
    }
    options(attribute, shown);
  }

  private static String unknown(Attribute attribute, String name) {
    return switch (attribute.name()) {
      case "id" -> "The multi field id declaration refers to the unknown field `" + name + "`.";
      case "unique" -> "The unique index definition refers to the unknown fields: " + name + ".";
      default -> "The index definition refers to the unknown fields: " + name + ".";
    };
  }

  private static String relation(Attribute attribute, Field field) {
    return "The %s definition refers to the relation fields %s. Index definitions must reference only scalar fields. Did you mean `@@%s(%s)`?"
        .formatted(
            attribute.name().equals("unique") ? "unique index" : attribute.name(),
            field.name(),
            attribute.name(),
            Columns.relationFields(field, "fields"));
  }

  private void wrong(Attribute attribute, Block model, String message) {
    schema.note(
        attribute.place(), "Error validating model \"%s\": %s".formatted(model.name(), message));
  }

  private void options(Attribute attribute, String shown) {
    for (Value field : Columns.elements(attribute)) {
      for (Argument option :
          field instanceof Value.Call call ? call.arguments() : List.<Argument>of()) {
        String name = option.name().orElse("");
        boolean key = attribute.name().equals("id");
        if (name.equals("length") || key) {
          schema.note(
              attribute.place(),
              "%sThe %s argument is not supported in %s with the current connector"
                  .formatted(shown, name, key ? "the primary key" : "an index definition"));
        }
      }
    }
  }

  private void keys(Block model) {
    List<Field> ids = model.fields().stream().filter(field -> field.has("id")).toList();
    if (ids.size() > 1) {
      wrong(model, "At most one field must be marked as the id field with the `@id` attribute.");
    }
    if (!ids.isEmpty() && model.attribute("id").isPresent()) {
      wrong(
          model,
          "Each model must have at most one id criteria. You can't have `@id` and `@@id` at the same time.");
    }
    for (Attribute attribute : model.attributes()) {
      Optional<String> name = attribute.namedText("name");
      if (List.of("id", "unique").contains(attribute.name())
          && name.flatMap(model::field).isPresent()) {
        wrong(
            model,
            "The custom name `%s` specified for the `@@%s` attribute is already used as a name for a field. Please choose a different name."
                .formatted(name.orElseThrow(), attribute.name()));
      }
    }
  }

  private void criteria(Block model) {
    List<List<String>> all = PrismaSchema.criteria(model);
    List<String> loose = new ArrayList<>();
    for (List<String> names : all) {
      List<Field> fields = names.stream().map(model::field).flatMap(Optional::stream).toList();
      boolean firm =
          fields.size() == names.size()
              && fields.stream()
                  .allMatch(one -> one.arity() == Arity.REQUIRED && one.unsupported().isEmpty());
      if (firm || fields.size() < names.size()) {
        return;
      }
      loose.add("- " + String.join(", ", names));
    }
    wrong(
        model,
        loose.isEmpty()
            ? CRITERIA
            : CRITERIA
                + " The following unique criterias were not considered as they contain fields that are not required:\n"
                + String.join("\n", loose));
  }

  /** Names that two models or two constraints share, or that are too long. */
  void together(List<Block> models) {
    Map<String, Block> tables = new HashMap<>();
    Map<String, List<Named>> all = new LinkedHashMap<>();
    for (Block model : models) {
      Block twin = tables.put(model.schema() + "." + model.mapped(), model);
      if (twin != null) {
        schema.note(
            model.attribute("map").map(Attribute::place).orElse(model.place()),
            "The model with database name \"%s\" could not be defined because another model or view with this name exists: \"%s\""
                .formatted(model.mapped(), twin.name()));
      }
      for (Named named : constraints(model)) {
        length(model, named);
        all.computeIfAbsent(model.schema() + "." + named.name, name -> new ArrayList<>())
            .add(named);
      }
    }
    all.values().stream().filter(ModelChecks::clash).forEach(alike -> alike.forEach(this::shared));
  }

  /**
   * A key or an index.
   *
   * @param shown its attribute as it is written
   */
  private record Named(Block model, Attribute attribute, String shown, String name) {}

  private static boolean clash(List<Named> alike) {
    return alike.size() > 1
        && !(alike.stream().allMatch(one -> one.attribute.name().equals("id"))
            && alike.stream().map(Named::model).distinct().count() == 1);
  }

  private void shared(Named named) {
    schema.note(
        named.attribute.place(),
        "Error parsing attribute \"%s\": The given constraint name `%s` has to be unique in the following namespace: global for primary key, indexes and unique constraints. Please provide a different name using the `map` argument."
            .formatted(named.shown, named.name));
  }

  private void length(Block model, Named named) {
    if (Names.bytes(named.name) > Names.LONGEST) {
      wrong(
          named.attribute,
          model,
          "The constraint name '%s' specified in the `map` argument for the `%s` constraint is too long for your chosen provider. The maximum allowed length is 63 bytes."
              .formatted(named.name, named.shown));
    }
  }

  private static List<Named> constraints(Block model) {
    List<Named> named = new ArrayList<>();
    for (Field field : model.fields()) {
      field
          .attribute("id")
          .ifPresent(one -> named.add(new Named(model, one, "@id", Names.key(model, one))));
      field
          .attribute("unique")
          .ifPresent(one ->
              named.add(
                  new Named(
                      model, one, "@unique", Names.index(model, one, List.of(field.column())))));
    }
    for (Attribute attribute : model.attributes()) {
      String shown = "@@" + attribute.name();
      if (attribute.name().equals("id")) {
        named.add(new Named(model, attribute, shown, Names.key(model, attribute)));
      } else if (List.of("unique", "index").contains(attribute.name())) {
        List<String> columns = Columns.columns(model, Columns.names(attribute));
        named.add(new Named(model, attribute, shown, Names.index(model, attribute, columns)));
      }
    }
    return named;
  }
}
