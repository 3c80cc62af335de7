package dev.undercroft.prisma;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Ast.Place;
import dev.undercroft.sql.SqlSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema in Prisma's language, in one file or several, checked as a whole. Immutable once read.
 * Source: the Prisma schema reference.
 */
public final class PrismaSchema {

  private static final Set<String> ON_FIELD =
      Set.of("id", "unique", "default", "updatedAt", "relation", "map", "ignore");
  private static final Set<String> ON_MODEL =
      Set.of("id", "unique", "index", "map", "schema", "ignore", "fulltext");
  private static final Set<String> POSTGRES = Set.of("postgresql", "postgres", "cockroachdb");

  private final List<SqlSource> sources;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Block> models = new LinkedHashMap<>();
  private final Map<String, Block> enums = new LinkedHashMap<>();
  private final List<Block> views = new ArrayList<>();
  private @Nullable Block datasource;

  private PrismaSchema(List<SqlSource> sources) {
    this.sources = sources;
  }

  /**
   * Says in SQL what a schema means: the statements that Prisma's own migrations would run in an
   * empty database, names of constraints and indexes included.
   *
   * @throws ProblemException with everything that is wrong, each with its place
   */
  public static SqlSource toSql(String name, List<SqlSource> files) {
    PrismaSchema schema = new PrismaSchema(List.copyOf(files));
    schema.read();
    String sql = new PrismaSql(schema).text();
    if (!schema.problems.isEmpty()) {
      throw new ProblemException(schema.problems);
    }
    return new SqlSource(name, sql);
  }

  private void read() {
    List<Block> blocks = new ArrayList<>();
    for (int file = 0; file < sources.size(); file++) {
      blocks.addAll(new PrismaParser(sources.get(file), file, problems).blocks());
    }
    for (Block block : blocks) {
      switch (block.word()) {
        case "model" -> define(models, block);
        case "enum" -> define(enums, block);
        case "view" -> views.add(block);
        case "datasource" -> datasource(block);
        case "type" -> note(block.place(), "Composite types are not supported on PostgreSQL.");
        default -> {}
      }
    }
    models.values().forEach(this::check);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private void define(Map<String, Block> into, Block block) {
    Block twin =
        models.containsKey(block.name()) ? models.get(block.name()) : enums.get(block.name());
    if (twin != null) {
      note(
          block.place(),
          "The %s \"%s\" cannot be defined because a %s with that name already exists."
              .formatted(block.word(), block.name(), twin.word()));
      return;
    }
    into.put(block.name(), block);
  }

  private void datasource(Block block) {
    datasource = block;
    String provider = setting("provider").map(PrismaSchema::text).orElse("");
    if (!POSTGRES.contains(provider)) {
      note(block.place(), "The provider \"" + provider + "\" is not PostgreSQL.");
    }
  }

  /** A setting of the datasource. */
  Optional<Value> setting(String name) {
    Block block = datasource;
    return block == null ? Optional.empty() : block.field(name).flatMap(Field::setting);
  }

  private static String text(Value value) {
    return value instanceof Value.Text text ? text.text() : "";
  }

  /** Whether foreign keys stand in the database, and not only in the client. */
  boolean hasForeignKeys() {
    return !setting("relationMode").map(PrismaSchema::text).orElse("").equals("prisma");
  }

  List<Block> models() {
    return List.copyOf(models.values());
  }

  List<Block> enums() {
    return List.copyOf(enums.values());
  }

  @Nullable Block model(String name) {
    return models.get(name);
  }

  @Nullable Block enumeration(String name) {
    return enums.get(name);
  }

  private boolean isView(String name) {
    return views.stream().anyMatch(view -> view.name().equals(name));
  }

  private void check(Block model) {
    Map<String, Field> seen = new HashMap<>();
    for (Field field : model.fields()) {
      if (seen.put(field.name(), field) != null) {
        note(
            field.place(),
            "Field \"%s\" is already defined on model \"%s\"."
                .formatted(field.name(), model.name()));
      }
      check(field, model);
    }
    for (Attribute attribute : model.attributes()) {
      if (!ON_MODEL.contains(attribute.name())) {
        note(attribute.place(), "Attribute not known: \"@@" + attribute.name() + "\".");
      }
      for (String name : Columns.names(attribute)) {
        if (!seen.containsKey(name)) {
          note(
              attribute.place(),
              "The @@%s definition refers to the unknown field `%s`."
                  .formatted(attribute.name(), name));
        }
      }
    }
    boolean unique =
        model.fields().stream().anyMatch(field -> field.has("id") || field.has("unique"))
            || model.attribute("id").isPresent()
            || model.attribute("unique").isPresent();
    if (!unique && model.attribute("ignore").isEmpty()) {
      note(
          model.place(),
          "Error validating model \"%s\": Each model must have at least one unique criteria that has only required fields."
              .formatted(model.name()));
    }
  }

  private void check(Field field, Block model) {
    for (Attribute attribute : field.attributes()) {
      if (!ON_FIELD.contains(attribute.name()) && !attribute.name().contains(".")) {
        note(attribute.place(), "Attribute not known: \"@" + attribute.name() + "\".");
      }
    }
    if (field.setting().isPresent() || isView(field.type())) {
      return;
    }
    boolean known =
        field.unsupported().isPresent()
            || Columns.isScalar(field.type())
            || enums.containsKey(field.type())
            || models.containsKey(field.type());
    if (!known) {
      note(
          field.place(),
          "Type \"%s\" is neither a built-in type, nor refers to another model, composite type, or enum."
              .formatted(field.type()));
    } else if (models.containsKey(field.type())) {
      checkRelation(field, model);
    }
  }

  private void checkRelation(Field field, Block model) {
    Block other = java.util.Objects.requireNonNull(models.get(field.type()));
    List<Field> back =
        other.fields().stream()
            .filter(one -> one.type().equals(model.name()))
            .filter(one -> !(other.equals(model) && one.equals(field)))
            .filter(one -> name(one).equals(name(field)))
            .toList();
    if (back.isEmpty()) {
      note(
          field.place(),
          "Error validating field `%s` in model `%s`: The relation field `%s` on model `%s` is missing an opposite relation field on the model `%s`."
              .formatted(field.name(), model.name(), field.name(), model.name(), other.name()));
    }
    for (String own : Columns.relationFields(field, "fields")) {
      if (model.field(own).isEmpty()) {
        note(
            field.place(),
            "Error validating: The argument fields must refer only to existing fields. The following fields do not exist in this model: "
                + own);
      }
    }
    for (String target : Columns.relationFields(field, "references")) {
      if (other.field(target).isEmpty()) {
        note(
            field.place(),
            "Error validating: The argument `references` must refer only to existing fields in the related model `%s`. The following fields do not exist in the related model: %s"
                .formatted(other.name(), target));
      }
    }
  }

  /** The name of a relation; empty when it has none. */
  static String name(Field field) {
    return field.attribute("relation").flatMap(one -> one.text("name")).orElse("");
  }

  /** Whether rows on both sides may have several on the other, and no table stands between yet. */
  boolean isManyToMany(Field field, Block model) {
    Block other = models.get(field.type());
    return field.arity() == Arity.LIST
        && other != null
        && other.fields().stream()
            .anyMatch(one ->
                one.type().equals(model.name())
                    && one.arity() == Arity.LIST
                    && name(one).equals(name(field))
                    && !(other.equals(model) && one.equals(field)));
  }

  void note(Place place, String message) {
    problems.add(PrismaParser.problem(sources.get(place.file()), place.offset(), message));
  }
}
