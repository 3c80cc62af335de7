package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Value.Argument;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Prisma demands of the fields of models and views and of the values of enums. */
final class FieldChecks {

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.of(
          "id", Set.of("map", "length", "sort", "clustered"),
          "unique", Set.of("map", "length", "sort", "clustered", "where"),
          "default", Set.of("value", "map"),
          "updatedAt", Set.of(),
          "relation", Set.of("name", "fields", "references", "onDelete", "onUpdate", "map"),
          "map", Set.of("name"),
          "ignore", Set.of());

  private final PrismaSchema schema;

  FieldChecks(PrismaSchema schema) {
    this.schema = schema;
  }

  void enumeration(Block block) {
    if (block.fields().isEmpty()) {
      schema.note(block.place(), "Error validating: An enum must have at least one value.");
    }
    Set<String> seen = new HashSet<>();
    for (Field value : block.fields()) {
      if (!seen.add(value.name())) {
        schema.note(
            value.place(),
            "Value \"%s\" is already defined on enum \"%s\"."
                .formatted(value.name(), block.name()));
      }
      for (Attribute attribute : value.attributes()) {
        if (!List.of("map", "ignore").contains(attribute.name())) {
          schema.note(attribute.place(), "Attribute not known: \"@" + attribute.name() + "\".");
        }
        arguments(attribute);
      }
    }
  }

  void check(Field field) {
    Set<String> seen = new HashSet<>();
    for (Attribute attribute : field.attributes()) {
      if (!seen.add(attribute.name())) {
        schema.note(
            attribute.place(), "Attribute \"@" + attribute.name() + "\" can only be defined once.");
      }
      if (!attribute.name().contains(".")) {
        arguments(attribute);
      } else if (Columns.isScalar(field.type())) {
        NativeTypes.wrong(field, attribute, schema.datasourceName())
            .ifPresent(message -> schema.note(attribute.place(), message));
      } else {
        schema.note(attribute.place(), "Attribute not known: \"@" + attribute.name() + "\".");
      }
    }
    if (!schema.isKnown(field)) {
      schema.note(field.place(), unknown(field.type()));
    } else if (schema.isRelation(field)) {
      relation(field);
    } else {
      column(field);
    }
  }

  private static String unknown(String type) {
    return "Type \"%s\" is neither a built-in type, nor refers to another model, composite type, or enum."
            .formatted(type)
        + Columns.SCALARS.keySet().stream()
            .filter(type::equalsIgnoreCase)
            .findFirst()
            .map(near -> " Did you mean \"" + near + "\"?")
            .orElse("");
  }

  /** Arguments that the attribute does not know, and those that it cannot do without. */
  private void arguments(Attribute attribute) {
    Set<String> known = ATTRIBUTES.get(attribute.name());
    if (known == null) {
      schema.note(attribute.place(), "Attribute not known: \"@" + attribute.name() + "\".");
      return;
    }
    for (Argument argument : attribute.arguments()) {
      boolean fits = argument.name().map(known::contains).orElse(!known.isEmpty());
      if (!fits) {
        schema.note(attribute.place(), "No such argument.");
      }
    }
    String needed =
        attribute.name().equals("map") ? "name" : attribute.name().equals("default") ? "value" : "";
    if (!needed.isEmpty() && attribute.first(needed).isEmpty()) {
      schema.note(attribute.place(), "Argument \"" + needed + "\" is missing.");
    }
    if (attribute.named("clustered").isPresent()) {
      schema.note(
          attribute.place(),
          "Error parsing attribute \"@%s\": Defining clustering is not supported in the current connector."
              .formatted(attribute.name()));
    }
  }

  private void relation(Field field) {
    field
        .attribute("default")
        .ifPresent(one ->
            schema.note(
                one.place(),
                "Error parsing attribute \"@default\": Cannot set a default value on a relation field."));
    field
        .attribute("unique")
        .ifPresent(one ->
            schema.note(
                one.place(),
                "Error parsing attribute \"@unique\": The field `%s` is a relation field and cannot be marked with `unique`. Only scalar fields can be made unique."
                    .formatted(field.name())));
    field
        .attribute("id")
        .ifPresent(one ->
            schema.note(
                one.place(),
                "Error parsing attribute \"@id\": The field `%s` is a relation field and cannot be marked with `@id`. Only scalar fields can be declared as id."
                    .formatted(field.name())));
  }

  private void column(Field field) {
    field
        .attribute("relation")
        .ifPresent(one ->
            schema.note(
                one.place(),
                "Error parsing attribute \"@relation\": Invalid field type, not a relation."));
    if (field.arity() != Arity.REQUIRED) {
      field
          .attribute("id")
          .ifPresent(one ->
              schema.note(
                  one.place(),
                  "Error parsing attribute \"@id\": Fields that are marked as id must be required."));
    }
    if (!field.type().equals("DateTime") || field.arity() == Arity.LIST) {
      field
          .attribute("updatedAt")
          .ifPresent(one ->
              schema.note(
                  one.place(),
                  "Error parsing attribute \"@updatedAt\": Fields that are marked with @updatedAt must be of type DateTime."));
    }
    field.attribute("default").ifPresent(one -> initial(field, one));
  }

  private void initial(Field field, Attribute attribute) {
    if (attribute.named("map").isPresent()) {
      schema.note(
          attribute.place(),
          "Error parsing attribute \"@default\": You defined a database name for the default value of a field on the model. This is not supported by the provider.");
    }
    attribute
        .first("value")
        .flatMap(value -> Literals.wrong(value, field, schema.enumeration(field.type())))
        .ifPresent(message -> schema.note(attribute.place(), message));
  }
}
