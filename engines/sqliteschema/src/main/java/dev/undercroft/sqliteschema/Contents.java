package dev.undercroft.sqliteschema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.sql.Folded;
import dev.undercroft.sqliteschema.ColumnRule.Sort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A catalog from the statements that SQLite keeps. Ids have names folded and no schema; how a name
 * was written is an attribute. Used once.
 */
final class Contents {

  static final ServerVersion SQLITE = new ServerVersion("SQLite", 3);

  private final Map<String, TableText> tables = new LinkedHashMap<>();
  private final Map<ObjectId, CatalogObject> objects = new LinkedHashMap<>();
  private final List<Dependency> needs = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private Contents() {}

  /**
   * The catalog.
   *
   * @throws ProblemException with every definition that cannot be read
   */
  static Catalog of(Collection<Definition> definitions) {
    Contents contents = new Contents();
    definitions.stream().filter(one -> one.type().equals("table")).forEach(contents::parse);
    contents.tables.forEach(contents::table);
    definitions.forEach(contents::other);
    contents.mentions(definitions);
    if (!contents.problems.isEmpty()) {
      throw new ProblemException(contents.problems);
    }
    return new Catalog(SQLITE, contents.objects.values(), contents.needs, List.of());
  }

  private void parse(Definition definition) {
    guarded(
        definition,
        () -> {
          TableText text = TableText.read(definition.sql());
          String name = Folded.of(definition.name());
          tables.put(name, text);
          Map<Attribute, String> values = values(definition);
          put(values, Attribute.OPTIONS, String.join("\n", text.options()));
          put(values, Attribute.ACCESS_METHOD, text.module());
          put(values, Attribute.DEFINITION, text.arguments());
          objects.put(table(name), new CatalogObject(table(name), values));
        });
  }

  private void guarded(Definition definition, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalStateException e) {
      problems.add(
          Problem.of(
                  "SQLITESCHEMA_NOT_UNDERSTOOD",
                  ProblemKind.INPUT,
                  "the definition of %s %s is not understood: %s"
                      .formatted(definition.type(), definition.name(), e.getMessage()))
              .withDetail(definition.sql())
              .withRemedy("Write it in another way, or report this definition."));
    }
  }

  static ObjectId table(String folded) {
    return ObjectId.of(Kind.TABLE, "", folded);
  }

  private static Map<Attribute, String> values(Definition definition) {
    Map<Attribute, String> values = new EnumMap<>(Attribute.class);
    values.put(Attribute.WRITTEN, definition.sql());
    spelling(values, definition.name());
    return values;
  }

  private static void spelling(Map<Attribute, String> values, String name) {
    put(values, Attribute.SPELLING, name.equals(Folded.of(name)) ? "" : name);
  }

  private static void put(Map<Attribute, String> values, Attribute attribute, String value) {
    if (!value.isEmpty()) {
      values.put(attribute, value);
    }
  }

  private void table(String name, TableText text) {
    int position = 0;
    for (ColumnText column : text.columns()) {
      column(name, column, ++position);
    }
    Map<String, Integer> seen = new HashMap<>();
    for (ColumnRule rule : text.rules()) {
      rule(name, rule, seen);
    }
  }

  private void column(String table, ColumnText column, int position) {
    Map<Attribute, String> values = new EnumMap<>(Attribute.class);
    spelling(values, column.spelling);
    values.put(Attribute.POSITION, Integer.toString(position));
    values.put(Attribute.WRITTEN, column.written);
    put(values, Attribute.TYPE, column.type);
    put(values, Attribute.NOT_NULL, column.notNull);
    put(values, Attribute.NOT_NULL_NAME, column.notNullName);
    put(values, Attribute.COLLATION, column.collation);
    put(values, Attribute.GENERATED, column.generated);
    put(values, Attribute.EXPRESSION, column.expression);
    ObjectId id = ObjectId.in(Kind.COLUMN, "", table, column.name());
    objects.put(id, new CatalogObject(id, values));
    needs.add(new Dependency(id, table(table), true));
    if (column.defaultValue != null) {
      Map<Attribute, String> value = new EnumMap<>(Attribute.class);
      value.put(Attribute.EXPRESSION, column.defaultValue);
      put(value, Attribute.PROPERTIES, column.defaultIsConstant ? "" : "computed");
      objects.put(id.as(Kind.DEFAULT), new CatalogObject(id.as(Kind.DEFAULT), value));
      needs.add(new Dependency(id.as(Kind.DEFAULT), id, true));
    }
  }

  private void rule(String table, ColumnRule rule, Map<String, Integer> seen) {
    String meaning = meaning(rule);
    String name = rule.name().orElse(meaning);
    ObjectId id = ObjectId.in(Kind.CONSTRAINT, "", table, name);
    CatalogObject twin = objects.get(id);
    if (twin != null && twin.is(Attribute.DEFINITION, meaning)) {
      return;
    }
    if (twin != null) {
      id = id.named(name + " " + (seen.merge(name, 1, Integer::sum) + 1));
    }
    Map<Attribute, String> values = new EnumMap<>(Attribute.class);
    values.put(Attribute.CONSTRAINT_TYPE, rule.sort().letter());
    values.put(Attribute.DEFINITION, meaning);
    values.put(Attribute.WRITTEN, rule.written());
    if (rule.position() > 0) {
      values.put(Attribute.POSITION, Integer.toString(rule.position()));
    }
    objects.put(id, new CatalogObject(id, values));
    needs.add(new Dependency(id, table(table), true));
    if (rule.sort() == Sort.FOREIGN) {
      ObjectId parent = table(parent(rule));
      if (objects.containsKey(parent)) {
        needs.add(new Dependency(id, parent, false));
      }
    }
  }

  private static String parent(ColumnRule rule) {
    String rest = rule.meaning().substring(rule.meaning().indexOf(") REFERENCES ") + 13);
    return Tokens.of(rest).takeName();
  }

  /** A foreign key that names no columns means the primary key of the other table. */
  private String meaning(ColumnRule rule) {
    if (rule.sort() != Sort.FOREIGN) {
      return rule.meaning();
    }
    String parent = parent(rule);
    String plain = ") REFERENCES " + Meaning.name(parent);
    int end = rule.meaning().indexOf(plain) + plain.length();
    boolean named = rule.meaning().startsWith("(", end);
    TableText other = tables.get(parent);
    Optional<ColumnRule> key =
        other == null
            ? Optional.empty()
            : other.rules().stream().filter(one -> one.sort() == Sort.PRIMARY).findFirst();
    if (named || key.isEmpty()) {
      return rule.meaning();
    }
    String columns =
        key.get().columns().stream().map(Meaning::name).collect(Collectors.joining(", "));
    return rule.meaning().substring(0, end) + "(" + columns + ")" + rule.meaning().substring(end);
  }

  private void other(Definition definition) {
    switch (definition.type()) {
      case "index" -> guarded(definition, () -> index(definition));
      case "view" -> guarded(definition, () -> view(definition));
      case "trigger" -> guarded(definition, () -> trigger(definition));
      default -> {
        // Tables were first.
      }
    }
  }

  private void index(Definition definition) {
    String table = Folded.of(definition.table());
    TableText on = tables.get(table);
    Set<String> columns = new HashSet<>();
    if (on != null) {
      on.columns().forEach(column -> columns.add(column.name()));
    }
    IndexText text = IndexText.read(definition.sql(), columns);
    Map<Attribute, String> values = values(definition);
    values.put(Attribute.TABLE, table(table).place());
    values.put(Attribute.DEFINITION, text.meaning());
    put(values, Attribute.UNIQUE, text.unique() ? "true" : "");
    ObjectId id = ObjectId.of(Kind.INDEX, "", Folded.of(definition.name()));
    objects.put(id, new CatalogObject(id, values));
    needs.add(new Dependency(id, table(table), true));
  }

  private void view(Definition definition) {
    Map<Attribute, String> values = values(definition);
    values.put(Attribute.DEFINITION, StatementText.read(definition.sql()).meaning());
    ObjectId id = ObjectId.of(Kind.VIEW, "", Folded.of(definition.name()));
    objects.put(id, new CatalogObject(id, values));
  }

  private void trigger(Definition definition) {
    Map<Attribute, String> values = values(definition);
    values.put(Attribute.DEFINITION, StatementText.read(definition.sql()).meaning());
    ObjectId id = trigger(Folded.of(definition.table()), Folded.of(definition.name()));
    objects.put(id, new CatalogObject(id, values));
  }

  static ObjectId trigger(String table, String name) {
    return ObjectId.in(Kind.TRIGGER, "", table, name);
  }

  /** What views and triggers speak of, as far as it is there. */
  private void mentions(Collection<Definition> definitions) {
    for (Definition definition : definitions) {
      boolean view = definition.type().equals("view");
      if (!view && !definition.type().equals("trigger")) {
        continue;
      }
      String name = Folded.of(definition.name());
      ObjectId id =
          view ? ObjectId.of(Kind.VIEW, "", name) : trigger(Folded.of(definition.table()), name);
      if (!objects.containsKey(id)) {
        continue;
      }
      for (String mentioned : StatementText.read(definition.sql()).mentions()) {
        for (Kind kind : List.of(Kind.TABLE, Kind.VIEW)) {
          ObjectId to = ObjectId.of(kind, "", mentioned);
          if (objects.containsKey(to) && !to.equals(id)) {
            needs.add(new Dependency(id, to, false));
          }
        }
      }
    }
  }
}
