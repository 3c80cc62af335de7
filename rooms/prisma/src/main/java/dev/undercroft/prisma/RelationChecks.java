package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What Prisma demands of relations, whose two fields must say the same. */
final class RelationChecks {

  private static final Set<String> ACTIONS =
      Set.of("Cascade", "Restrict", "NoAction", "SetNull", "SetDefault");
  private static final String ATTRIBUTE = "Error parsing attribute \"@relation\": ";

  private final PrismaSchema schema;

  RelationChecks(PrismaSchema schema) {
    this.schema = schema;
  }

  void check(Block model) {
    for (Field field : model.fields()) {
      Block other = schema.model(field.type());
      if (other != null) {
        field.attribute("relation").ifPresent(this::attribute);
        if (!isAmbiguous(model, field)) {
          pair(model, field, other);
        }
      }
    }
  }

  private void wrong(Field field, String message) {
    schema.note(field.attribute("relation").map(Attribute::place).orElse(field.place()), message);
  }

  private void attribute(Attribute relation) {
    for (String argument : List.of("onDelete", "onUpdate")) {
      relation
          .word(argument)
          .filter(word -> !ACTIONS.contains(word))
          .ifPresent(word ->
              schema.note(
                  relation.place(), ATTRIBUTE + "Invalid referential action: `" + word + "`"));
    }
    if (relation.text("name").filter(String::isEmpty).isPresent()) {
      schema.note(relation.place(), ATTRIBUTE + "A relation cannot have an empty name.");
    }
  }

  /** Several fields between the same models need names; told once, at the first. */
  private boolean isAmbiguous(Block model, Field field) {
    List<Field> alike =
        model.fields().stream()
            .filter(one -> one.type().equals(field.type()))
            .filter(one -> PrismaSchema.name(one).equals(PrismaSchema.name(field)))
            .toList();
    boolean self = field.type().equals(model.name());
    boolean named = !PrismaSchema.name(field).isEmpty();
    if (alike.size() <= (self && named ? 2 : 1)) {
      return false;
    }
    if (alike.getFirst().equals(field)) {
      String message =
          self && !named
              ? "Ambiguous self relation detected. The fields `%s` and `%s` in model `%s` both refer to `%s`. If they are part of the same relation add the same relation name for them with `@relation(<name>)`."
              : "Ambiguous relation detected. The fields `%s` and `%s` in model `%s` both refer to `%s`. Please provide different relation names for them by adding `@relation(<name>).";
      wrong(
          field,
          "Error validating model \"%s\": ".formatted(model.name())
              + message.formatted(field.name(), alike.get(1).name(), model.name(), field.type()));
    }
    return true;
  }

  private void pair(Block model, Field field, Block other) {
    Optional<Field> back = schema.opposite(field, model);
    if (back.isEmpty()) {
      wrong(
          field,
          "Error validating field `%s` in model `%s`: The relation field `%s` on model `%s` is missing an opposite relation field on the model `%s`. Either run `prisma format` or add it manually."
              .formatted(field.name(), model.name(), field.name(), model.name(), other.name()));
      return;
    }
    boolean list = field.arity() == Arity.LIST;
    boolean backList = back.get().arity() == Arity.LIST;
    if (list && backList) {
      manyToMany(model, field, other);
    } else if (list) {
      notHere(model, field, other, back.get());
    } else if (backList || says(field) || (!says(back.get()) && field.arity() == Arity.REQUIRED)) {
      defining(model, field, other, !backList);
    } else if (!says(back.get())) {
      nowhere(model, field, other, back.get());
    } else if (field.arity() == Arity.REQUIRED) {
      wrong(
          field,
          ATTRIBUTE
              + "The relation field `%s` on Model `%s` is required. This is not valid because it's not possible to enforce this constraint on the database level. Please change the field type from `%s` to `%s?` to fix this."
                  .formatted(field.name(), model.name(), other.name(), other.name()));
    }
  }

  private static boolean says(Field field) {
    Optional<Attribute> relation = field.attribute("relation");
    return relation.flatMap(one -> one.named("fields")).isPresent()
        || relation.flatMap(one -> one.named("references")).isPresent();
  }

  private void manyToMany(Block model, Field field, Block other) {
    Optional<Attribute> relation = field.attribute("relation");
    if (says(field)) {
      wrong(
          field,
          "Error validating: Embedded many-to-many relations are not supported on Postgres. Please use the syntax defined in https://pris.ly/d/relational-database-many-to-many");
    } else if (relation
        .filter(one -> one.named("onDelete").isPresent() || one.named("onUpdate").isPresent())
        .isPresent()) {
      wrong(
          field,
          "Error validating: Referential actions on implicit many-to-many relations are not supported");
    }
    if (other.fields().stream().noneMatch(one -> one.has("id"))) {
      wrong(
          field,
          "Error validating field `%s` in model `%s`: The relation field `%s` on model `%s` references `%s` which does not have an `@id` field. Models without `@id` cannot be part of a many to many relation. Use an explicit intermediate Model to represent this relationship."
              .formatted(field.name(), model.name(), field.name(), model.name(), other.name()));
    }
  }

  private void notHere(Block model, Field field, Block other, Field back) {
    if (says(field)) {
      wrong(
          field,
          ATTRIBUTE
              + "The relation field `%s` on Model `%s` must not specify the `fields` or `references` argument in the @relation attribute. You must only specify it on the opposite field `%s` on model `%s`."
                  .formatted(field.name(), model.name(), back.name(), other.name()));
    }
  }

  private void nowhere(Block model, Field field, Block other, Field back) {
    for (String argument : List.of("fields", "references")) {
      wrong(
          field,
          ATTRIBUTE
              + "The relation fields `%s` on Model `%s` and `%s` on Model `%s` do not provide the `%s` argument in the @relation attribute. You have to provide it on one of the two fields."
                  .formatted(field.name(), model.name(), back.name(), other.name(), argument));
    }
  }

  private void defining(Block model, Field field, Block other, boolean single) {
    List<String> own = Columns.relationFields(field, "fields");
    List<String> targets = Columns.relationFields(field, "references");
    for (String argument : List.of("fields", "references")) {
      if (Columns.relationFields(field, argument).isEmpty()) {
        wrong(
            field,
            ATTRIBUTE
                + "The relation field `%s` on Model `%s` must specify the `%s` argument in the @relation attribute.%s"
                    .formatted(
                        field.name(),
                        model.name(),
                        argument,
                        argument.equals("fields")
                            ? " You can run `prisma format` to fix this automatically."
                            : ""));
      }
    }
    if (!own.isEmpty() && !targets.isEmpty() && exist(model, field, other)) {
      scalars(model, field, own);
      matching(model, field, other);
      if (single) {
        unique(model, field, own);
      }
    }
  }

  private boolean exist(Block model, Field field, Block other) {
    List<String> missing = missing(model, Columns.relationFields(field, "fields"));
    List<String> unknown = missing(other, Columns.relationFields(field, "references"));
    if (!missing.isEmpty()) {
      wrong(
          field,
          "Error validating: The argument fields must refer only to existing fields. The following fields do not exist in this model: "
              + String.join(", ", missing));
    }
    if (!unknown.isEmpty()) {
      wrong(
          field,
          "Error validating: The argument `references` must refer only to existing fields in the related model `%s`. The following fields do not exist in the related model: %s"
              .formatted(other.name(), String.join(", ", unknown)));
    }
    return missing.isEmpty() && unknown.isEmpty();
  }

  private static List<String> missing(Block model, List<String> names) {
    return names.stream().filter(name -> model.field(name).isEmpty()).toList();
  }

  private void scalars(Block model, Field field, List<String> own) {
    List<String> relations =
        own.stream().filter(name -> schema.isRelation(model.field(name).orElseThrow())).toList();
    if (!relations.isEmpty()) {
      wrong(
          field,
          "Error validating: The argument fields must refer only to scalar fields. But it is referencing the following relation fields: "
              + String.join(", ", relations));
    }
    boolean loose =
        own.stream().anyMatch(name -> model.field(name).orElseThrow().arity() == Arity.OPTIONAL);
    if (loose && field.arity() == Arity.REQUIRED) {
      wrong(
          field,
          "Error validating: The relation field `%s` uses the scalar fields %s. At least one of those fields is optional. Hence the relation field must be optional as well."
              .formatted(field.name(), String.join(", ", own)));
    }
  }

  private void matching(Block model, Field field, Block other) {
    List<String> own = Columns.relationFields(field, "fields");
    List<String> targets = Columns.relationFields(field, "references");
    boolean unique =
        PrismaSchema.criteria(other).stream()
            .anyMatch(one -> Set.copyOf(one).equals(Set.copyOf(targets)));
    if (!unique) {
      wrong(
          field,
          ATTRIBUTE
              + "The argument `references` must refer to a unique criterion in the related model. Consider adding an "
              + (targets.size() == 1
                      ? "`@unique` attribute to the field `%s` in the model `%s`."
                      : "`@@unique([%s])` attribute to the model `%s`.")
                  .formatted(String.join(", ", targets), other.name()));
    }
    if (own.size() != targets.size()) {
      wrong(
          field,
          "Error validating: You must specify the same number of fields in `fields` and `references`.");
      return;
    }
    for (int at = 0; at < own.size(); at++) {
      Field mine = model.field(own.get(at)).orElseThrow();
      Field theirs = other.field(targets.get(at)).orElseThrow();
      if (!Objects.equals(mine.type(), theirs.type())) {
        wrong(
            field,
            ATTRIBUTE
                + "The type of the field `%s` in the model `%s` is not matching the type of the referenced field `%s` in model `%s`."
                    .formatted(mine.name(), model.name(), theirs.name(), other.name()));
      }
    }
  }

  private void unique(Block model, Field field, List<String> own) {
    boolean single =
        PrismaSchema.criteria(model).stream()
            .anyMatch(one -> Set.copyOf(one).equals(Set.copyOf(own)));
    if (!single) {
      wrong(
          field,
          ATTRIBUTE
              + "A one-to-one relation must use unique fields on the defining side. Either add an `@unique` attribute to the field `%s`, or change the relation to one-to-many."
                  .formatted(String.join(", ", own)));
    }
  }
}
