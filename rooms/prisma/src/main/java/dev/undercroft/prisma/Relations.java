package dev.undercroft.prisma;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.prisma.WrittenModel.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes foreign keys, and the tables that Prisma puts between two models. Used once. */
final class Relations {

  /** A foreign key that can be said. */
  private record Key(
      CatalogObject constraint, Clauses.Foreign foreign, WrittenModel from, WrittenModel to) {}

  /** A table between. */
  private record Between(ObjectId table, ObjectId first, ObjectId second) {}

  private final Catalog catalog;
  private final Said said;
  private final Map<ObjectId, WrittenModel> models;
  private final List<Between> between = new ArrayList<>();
  private final Map<String, Integer> pairs = new HashMap<>();

  Relations(Catalog catalog, Said said, Map<ObjectId, WrittenModel> models) {
    this.catalog = catalog;
    this.said = said;
    this.models = models;
  }

  /**
   * Whether a table is just what Prisma makes for two lists that face each other; then it is kept.
   *
   * @param names of the models
   */
  boolean isBetween(ObjectId table, Map<ObjectId, String> names) {
    List<CatalogObject> columns = catalog.children(table, Kind.COLUMN);
    boolean plain =
        table.name().startsWith("_")
            && columns.size() == 2
            && columns.getFirst().id().name().equals("A")
            && columns.getLast().id().name().equals("B")
            && columns.stream().allMatch(one -> one.has(Attribute.NOT_NULL))
            && catalog.children(table, Kind.CONSTRAINT).size() == 3
            && catalog.children(table, Kind.DEFAULT).isEmpty()
            && is(table, Names.limited(table.name(), "_AB_pkey"), "PRIMARY KEY (\"A\", \"B\")");
    ObjectId first = plain ? side(table, "A") : null;
    ObjectId second = plain ? side(table, "B") : null;
    ObjectId index =
        ObjectId.of(Kind.INDEX, table.schema(), Names.limited(table.name(), "_B_index"));
    CatalogObject found = catalog.get(index);
    if (first == null || second == null || found == null) {
      return false;
    }
    String one = names.get(first);
    String two = names.get(second);
    if (one == null
        || two == null
        || one.compareTo(two) > 0
        || !first.schema().equals(table.schema())
        || !found.get(Attribute.DEFINITION).endsWith(" USING btree (\"B\")")
        || indexes(table) != 1) {
      return false;
    }
    between.add(new Between(table, first, second));
    sayBetween(table, index);
    return true;
  }

  private long indexes(ObjectId table) {
    return catalog.ofKind(Kind.INDEX).stream()
        .filter(one -> one.is(Attribute.TABLE, table.place()))
        .count();
  }

  private void sayBetween(ObjectId table, ObjectId index) {
    said.say(table);
    said.say(index, Attribute.DEFINITION, Attribute.TABLE);
    catalog
        .children(table, Kind.COLUMN)
        .forEach(one -> said.say(one.id(), Attribute.TYPE, Attribute.NOT_NULL));
    catalog.children(table, Kind.CONSTRAINT).forEach(one -> sayConstraint(one.id()));
  }

  private void sayConstraint(ObjectId id) {
    said.say(id, Attribute.DEFINITION, Attribute.TABLE, Attribute.CONSTRAINT_TYPE);
  }

  private boolean is(ObjectId table, String name, String definition) {
    CatalogObject constraint =
        catalog.get(ObjectId.in(Kind.CONSTRAINT, table.schema(), table.name(), name));
    return constraint != null && constraint.is(Attribute.DEFINITION, definition);
  }

  /** The table that one of the two columns refers to by its only key column. */
  private @Nullable ObjectId side(ObjectId table, String column) {
    String name = Names.limited(table.name(), "_" + column + "_fkey");
    CatalogObject constraint =
        catalog.get(ObjectId.in(Kind.CONSTRAINT, table.schema(), table.name(), name));
    Optional<Clauses.Foreign> key =
        constraint == null
            ? Optional.empty()
            : Clauses.foreign(constraint.get(Attribute.DEFINITION));
    if (key.isEmpty()
        || !key.get().plain()
        || !key.get().onDelete().equals("Cascade")
        || !key.get().onUpdate().equals("Cascade")
        || !key.get().own().equals(List.of(column))) {
      return null;
    }
    ObjectId target = ObjectId.of(Kind.TABLE, key.get().schema(), key.get().table());
    String targetColumn = key.get().targets().getFirst();
    CatalogObject own = catalog.get(column(table, column));
    CatalogObject other = catalog.get(column(target, targetColumn));
    boolean isKey =
        catalog.children(target, Kind.CONSTRAINT).stream()
            .filter(one -> one.is(Attribute.CONSTRAINT_TYPE, "p"))
            .map(one -> Clauses.key(one.get(Attribute.DEFINITION)))
            .anyMatch(columns -> columns.equals(Optional.of(List.of(targetColumn))));
    return isKey
            && own != null
            && other != null
            && own.get(Attribute.TYPE).equals(other.get(Attribute.TYPE))
        ? target
        : null;
  }

  private static ObjectId column(ObjectId table, String name) {
    return ObjectId.in(Kind.COLUMN, table.schema(), table.name(), name);
  }

  /** Adds the fields to the models, which are complete but for them. */
  void write() {
    List<Key> keys = new ArrayList<>();
    for (WrittenModel model : List.copyOf(models.values())) {
      for (CatalogObject constraint : catalog.children(model.table, Kind.CONSTRAINT)) {
        if (constraint.is(Attribute.CONSTRAINT_TYPE, "f")) {
          key(model, constraint).ifPresent(keys::add);
        }
      }
    }
    keys.forEach(key -> pairs.merge(pair(key.from, key.to), 1, Integer::sum));
    between.forEach(one -> pairs.merge(pair(model(one.first), model(one.second)), 1, Integer::sum));
    keys.forEach(this::write);
    between.forEach(this::write);
  }

  private WrittenModel model(ObjectId table) {
    return Objects.requireNonNull(models.get(table));
  }

  private static String pair(WrittenModel one, WrittenModel two) {
    return one.name.compareTo(two.name) < 0 ? one.name + " " + two.name : two.name + " " + one.name;
  }

  private Optional<Key> key(WrittenModel from, CatalogObject constraint) {
    Optional<Clauses.Foreign> foreign = Clauses.foreign(constraint.get(Attribute.DEFINITION));
    if (foreign.isEmpty()) {
      return Optional.empty();
    }
    Clauses.Foreign key = foreign.get();
    WrittenModel to = models.get(ObjectId.of(Kind.TABLE, key.schema(), key.table()));
    if (to == null
        || !key.plain()
        || !from.has(key.own())
        || !to.has(key.targets())
        || !to.isUnique(key.targets())) {
      return Optional.empty();
    }
    for (int at = 0; at < key.own().size(); at++) {
      if (!base(from.line(key.own().get(at))).equals(base(to.line(key.targets().get(at))))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Key(constraint, key, from, to));
  }

  private static String base(Line line) {
    return line.type.replaceAll("[?]$|\\[\\]$", "");
  }

  private void write(Key key) {
    sayConstraint(key.constraint.id());
    Clauses.Foreign foreign = key.foreign;
    boolean self = key.from == key.to;
    boolean named = self || pairs.getOrDefault(pair(key.from, key.to), 0) > 1;
    String relation =
        "%s_%sTo%s"
            .formatted(key.from.table.name(), String.join("_", foreign.own()), key.to.table.name());
    boolean loose = foreign.own().stream().anyMatch(one -> !key.from.line(one).isRequired());
    boolean allLoose = foreign.own().stream().noneMatch(one -> key.from.line(one).isRequired());
    List<String> options = new ArrayList<>();
    if (named) {
      options.add(PrismaWords.text(relation));
    }
    options.add("fields: " + key.from.fields(foreign.own()));
    options.add("references: " + key.to.fields(foreign.targets()));
    if (!foreign.onDelete().equals(allLoose ? "SetNull" : "Restrict")) {
      options.add("onDelete: " + foreign.onDelete());
    }
    if (!foreign.onUpdate().equals("Cascade")) {
      options.add("onUpdate: " + foreign.onUpdate());
    }
    String name = key.constraint.id().name();
    if (!name.equals(Names.foreignKey(key.from.table.name(), foreign.own()))) {
      options.add("map: " + PrismaWords.text(name));
    }
    String suffix = named ? "_" + relation : "";
    field(key.from, key.to, key.to.name + suffix, loose ? "?" : "")
        .add("@relation(" + String.join(", ", options) + ")");
    String back = (self ? "other_" : "") + key.from.name + suffix;
    List<String> attributes =
        field(key.to, key.from, back, key.from.isUnique(foreign.own()) ? "?" : "[]");
    if (named) {
      attributes.add("@relation(" + PrismaWords.text(relation) + ")");
    }
  }

  private static List<String> field(
      WrittenModel model, WrittenModel other, String name, String arity) {
    Line line = new Line(model.words.word(name), other.name + arity);
    if (other.isIgnored() && !model.isIgnored()) {
      line.attributes.add("@ignore");
    }
    model.lines.add(line);
    return line.attributes;
  }

  private void write(Between one) {
    WrittenModel first = model(one.first);
    WrittenModel second = model(one.second);
    boolean usual =
        first != second
            && pairs.getOrDefault(pair(first, second), 0) == 1
            && one.table.name().equals("_" + first.name + "To" + second.name);
    String relation = one.table.name().substring(1);
    for (WrittenModel model : List.of(first, second)) {
      WrittenModel other = model == first ? second : first;
      List<String> attributes =
          field(model, other, other.name + (usual ? "" : "_" + relation), "[]");
      if (!usual) {
        attributes.add("@relation(" + PrismaWords.text(relation) + ")");
      }
    }
  }
}
