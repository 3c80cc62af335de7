package dev.undercroft.prisma;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.prisma.WrittenModel.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the columns, keys and indexes of one table. Used once. */
final class ModelWriter {

  private static final Set<String> METHODS =
      Set.of("btree", "hash", "gin", "gist", "spgist", "brin");
  private static final Map<String, String> LARGEST =
      Map.of(
          "smallint", "32767",
          "integer", "2147483647",
          "bigint", "9223372036854775807");

  private final Catalog catalog;
  private final Said said;
  private final CatalogWriter whole;
  private final WrittenModel model;
  private final ObjectId table;

  ModelWriter(Catalog catalog, Said said, CatalogWriter whole, WrittenModel model) {
    this.catalog = catalog;
    this.said = said;
    this.whole = whole;
    this.model = model;
    this.table = model.table;
  }

  void write() {
    said.say(table);
    List<CatalogObject> columns = new ArrayList<>(catalog.children(table, Kind.COLUMN));
    columns.sort(Comparator.comparingInt(one -> Integer.parseInt(one.get(Attribute.POSITION))));
    columns.forEach(this::column);
    for (CatalogObject constraint : catalog.children(table, Kind.CONSTRAINT)) {
      switch (constraint.get(Attribute.CONSTRAINT_TYPE)) {
        case "p" -> key(constraint);
        case "u" -> unique(constraint);
        default -> {}
      }
    }
    catalog.ofKind(Kind.INDEX).stream()
        .filter(index -> index.is(Attribute.TABLE, table.place()))
        .forEach(this::index);
  }

  private void column(CatalogObject column) {
    String sql = column.get(Attribute.TYPE);
    if (whole.isUnsayable(sql)) {
      return;
    }
    ColumnType type = whole.type(sql);
    boolean required = column.has(Attribute.NOT_NULL);
    Line line =
        new Line(
            model.words.word(column.id().name()),
            type.word() + (type.list() ? "[]" : required ? "" : "?"));
    said.say(column.id(), Attribute.TYPE);
    if (!type.list()) {
      said.say(column.id(), Attribute.NOT_NULL);
    }
    if (whole.isDomain(sql)) {
      said.change(column.id());
    }
    initial(column, type, line);
    if (!line.name.equals(column.id().name())) {
      line.attributes.add("@map(" + PrismaWords.text(column.id().name()) + ")");
    }
    type.nativeType().ifPresent(one -> line.attributes.add("@db." + one));
    model.lines.add(line);
    model.columns.put(column.id().name(), line);
  }

  private void initial(CatalogObject column, ColumnType type, Line line) {
    CatalogObject initial = catalog.get(column.id().as(Kind.DEFAULT));
    if (column.has(Attribute.IDENTITY) && LARGEST.containsKey(column.get(Attribute.TYPE))) {
      line.attributes.add("@default(autoincrement())");
    } else if (column.has(Attribute.GENERATED)) {
      line.attributes.add("@default(dbgenerated())");
    } else if (initial != null && counts(column, initial)) {
      said.say(initial.id(), Attribute.EXPRESSION);
      line.attributes.add("@default(autoincrement())");
    } else if (initial != null && !said.needsMore(initial.id())) {
      said.say(initial.id(), Attribute.EXPRESSION);
      line.attributes.add(
          "@default(%s)"
              .formatted(
                  DefaultWords.of(initial.get(Attribute.EXPRESSION), type, whole.labels(type))));
    }
  }

  /** Whether the default is what {@code SERIAL} gives, the sequence included. */
  private boolean counts(CatalogObject column, CatalogObject initial) {
    ObjectId sequence =
        ObjectId.of(
            Kind.SEQUENCE, table.schema(), table.name() + "_" + column.id().name() + "_seq");
    CatalogObject found = catalog.get(sequence);
    CatalogObject owner = catalog.get(sequence.as(Kind.SEQUENCE_OWNERSHIP));
    String type = column.get(Attribute.TYPE);
    boolean usual =
        found != null
            && owner != null
            && LARGEST.containsKey(type)
            && column.has(Attribute.NOT_NULL)
            && owner.is(Attribute.OWNED_BY, table.place() + "\t" + column.id().name())
            && found.is(Attribute.TYPE, type)
            && found.is(Attribute.START, "1")
            && found.is(Attribute.INCREMENT, "1")
            && found.is(Attribute.MINIMUM, "1")
            && found.is(Attribute.MAXIMUM, LARGEST.get(type))
            && found.is(Attribute.CACHE, "1")
            && initial
                .get(Attribute.EXPRESSION)
                .replace("\"", "")
                .equals("nextval('%s.%s'::regclass)".formatted(table.schema(), sequence.name()));
    if (usual) {
      said.say(
          sequence,
          Attribute.TYPE,
          Attribute.START,
          Attribute.INCREMENT,
          Attribute.MINIMUM,
          Attribute.MAXIMUM,
          Attribute.CACHE);
      said.say(sequence.as(Kind.SEQUENCE_OWNERSHIP), Attribute.OWNED_BY);
    }
    return usual;
  }

  private void sayConstraint(ObjectId id) {
    said.say(id, Attribute.DEFINITION, Attribute.TABLE, Attribute.CONSTRAINT_TYPE);
  }

  private void key(CatalogObject constraint) {
    Optional<List<String>> columns = Clauses.key(constraint.get(Attribute.DEFINITION));
    if (columns.isEmpty()
        || !model.has(columns.get())
        || columns.get().stream().anyMatch(one -> model.line(one).type.endsWith("[]"))) {
      return;
    }
    sayConstraint(constraint.id());
    model.criteria.add(columns.get());
    String name = constraint.id().name();
    boolean usual = name.equals(Names.key(table.name()));
    if (columns.get().size() == 1) {
      model.key = Optional.of(columns.get().getFirst());
      Line line = model.line(columns.get().getFirst());
      line.attributes.addFirst(usual ? "@id" : "@id(map: " + PrismaWords.text(name) + ")");
    } else {
      String map = usual ? "" : ", map: " + PrismaWords.text(name);
      model.attributes.addFirst("@@id(" + model.fields(columns.get()) + map + ")");
    }
  }

  /** A unique constraint is said as what Prisma makes: a unique index. */
  private void unique(CatalogObject constraint) {
    Optional<List<String>> columns = Clauses.key(constraint.get(Attribute.DEFINITION));
    if (columns.isPresent() && model.has(columns.get())) {
      sayConstraint(constraint.id());
      said.change(constraint.id());
      List<Clauses.Element> elements =
          columns.get().stream()
              .map(one -> new Clauses.Element(one, Optional.empty(), false))
              .toList();
      write(constraint.id().name(), new Clauses.Index("btree", elements, ""), true);
    }
  }

  private void index(CatalogObject object) {
    Optional<Clauses.Index> index = Clauses.index(object.get(Attribute.DEFINITION));
    boolean unique = object.has(Attribute.UNIQUE);
    if (index.isEmpty()
        || !model.has(index.get().columns())
        || !METHODS.contains(index.get().method())
        || new HashSet<>(index.get().columns()).size() < index.get().columns().size()
        || said.needsMore(object.id())) {
      return;
    }
    said.say(object.id(), Attribute.DEFINITION, Attribute.TABLE, Attribute.UNIQUE);
    write(object.id().name(), index.get(), unique);
  }

  private void write(String name, Clauses.Index index, boolean unique) {
    List<String> columns = index.columns();
    if (unique && index.condition().isEmpty()) {
      model.criteria.add(columns);
    }
    List<String> options = new ArrayList<>();
    String usual =
        unique ? Names.unique(table.name(), columns) : Names.index(table.name(), columns);
    if (!name.equals(usual)) {
      options.add("map: " + PrismaWords.text(name));
    }
    if (!index.method().equals("btree")) {
      options.add("type: " + PrismaWords.method(index.method()));
    }
    if (!index.condition().isEmpty()) {
      options.add("where: raw(" + PrismaWords.text(index.condition()) + ")");
    }
    Line line = model.line(columns.getFirst());
    boolean onField =
        unique
            && columns.size() == 1
            && index.elements().getFirst().operators().isEmpty()
            && line.attributes.stream().noneMatch(one -> one.startsWith("@unique"));
    if (onField) {
      if (index.elements().getFirst().descending()) {
        options.add("sort: Desc");
      }
      line.attributes.add(
          options.isEmpty() ? "@unique" : "@unique(" + String.join(", ", options) + ")");
    } else {
      options.addFirst(fields(index));
      model.attributes.add((unique ? "@@unique(" : "@@index(") + String.join(", ", options) + ")");
    }
  }

  private String fields(Clauses.Index index) {
    List<String> fields = new ArrayList<>();
    for (Clauses.Element element : index.elements()) {
      List<String> options = new ArrayList<>();
      element.operators().ifPresent(one -> options.add("ops: raw(" + PrismaWords.text(one) + ")"));
      if (element.descending()) {
        options.add("sort: Desc");
      }
      String name = model.line(element.column()).name;
      fields.add(options.isEmpty() ? name : name + "(" + String.join(", ", options) + ")");
    }
    return "[" + String.join(", ", fields) + "]";
  }
}
