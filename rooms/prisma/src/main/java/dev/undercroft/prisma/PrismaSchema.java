package dev.undercroft.prisma;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Ast.Place;
import dev.undercroft.sql.SqlSource;
import java.util.ArrayList;
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

  private static final Set<String> POSTGRES = Set.of("postgresql", "postgres", "cockroachdb");

  private final List<SqlSource> sources;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Block> models = new LinkedHashMap<>();
  private final Map<String, Block> enums = new LinkedHashMap<>();
  private final Map<String, Block> views = new LinkedHashMap<>();
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
        case "view" -> define(views, block);
        case "datasource" -> datasource(block);
        case "type" ->
            note(block.place(), "Error validating: Composite types are not supported on Postgres.");
        default -> {}
      }
    }
    check();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private void check() {
    FieldChecks fields = new FieldChecks(this);
    ModelChecks checks = new ModelChecks(this);
    RelationChecks relations = new RelationChecks(this);
    enums.values().forEach(fields::enumeration);
    views.values().forEach(view -> view.fields().forEach(fields::check));
    models.values().forEach(model -> model.fields().forEach(fields::check));
    models.values().forEach(checks::check);
    models.values().forEach(relations::check);
    checks.together(models());
  }

  private void define(Map<String, Block> into, Block block) {
    Block twin =
        models.getOrDefault(
            block.name(), enums.getOrDefault(block.name(), views.get(block.name())));
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
    if (datasource != null) {
      note(
          block.place(),
          "Error validating datasource `%s`: You defined more than one datasource. This is not allowed yet because support for multiple databases has not been implemented yet."
              .formatted(block.name()));
      return;
    }
    datasource = block;
    String provider = setting("provider").map(PrismaSchema::text).orElse("");
    if (!POSTGRES.contains(provider)) {
      note(
          block.place(),
          provider.isEmpty()
              ? "Argument \"provider\" is missing in data source block \"%s\"."
                  .formatted(block.name())
              : "The provider \"" + provider + "\" is not PostgreSQL.");
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

  /** The name of the datasource, which native types begin with. */
  String datasourceName() {
    return datasource == null ? "db" : datasource.name();
  }

  /** The database schemas that the datasource names. */
  List<String> schemas() {
    return setting("schemas").orElse(null) instanceof Value.Items items
        ? items.values().stream().map(PrismaSchema::text).toList()
        : List.of();
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

  /** Whether a field leads to a model or a view, and is no column. */
  boolean isRelation(Field field) {
    return models.containsKey(field.type()) || views.containsKey(field.type());
  }

  boolean isKnown(Field field) {
    return field.unsupported().isPresent()
        || Columns.isScalar(field.type())
        || enums.containsKey(field.type())
        || isRelation(field);
  }

  /** The fields of a model of which one row only may have the same values: keys first. */
  static List<List<String>> criteria(Block model) {
    List<List<String>> criteria = new ArrayList<>();
    for (String attribute : List.of("id", "unique")) {
      model.fields().stream()
          .filter(field -> field.has(attribute))
          .forEach(field -> criteria.add(List.of(field.name())));
      model.attributes().stream()
          .filter(one -> one.name().equals(attribute))
          .forEach(one -> criteria.add(Columns.names(one)));
    }
    return criteria;
  }

  /** The field of the other model that is the other end of a relation. */
  Optional<Field> opposite(Field field, Block model) {
    Block other = models.get(field.type());
    return other == null
        ? Optional.empty()
        : other.fields().stream()
            .filter(one -> one.type().equals(model.name()))
            .filter(one -> !(other.equals(model) && one.equals(field)))
            .filter(one -> name(one).equals(name(field)))
            .findFirst();
  }

  /** The name of a relation; empty when it has none. */
  static String name(Field field) {
    return field.attribute("relation").flatMap(one -> one.text("name")).orElse("");
  }

  /** Whether rows on both sides may have several on the other, and no table stands between yet. */
  boolean isManyToMany(Field field, Block model) {
    return field.arity() == Arity.LIST
        && opposite(field, model).filter(one -> one.arity() == Arity.LIST).isPresent();
  }

  void note(Place place, String message) {
    problems.add(PrismaParser.problem(sources.get(place.file()), place.offset(), message));
  }
}
