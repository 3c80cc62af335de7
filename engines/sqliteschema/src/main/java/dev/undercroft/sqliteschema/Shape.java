package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A table with what is its own. Immutable.
 *
 * @param table the table
 * @param columns its columns in their order
 * @param rules its constraints
 * @param catalog where it stands
 */
record Shape(
    CatalogObject table, List<CatalogObject> columns, List<CatalogObject> rules, Catalog catalog) {

  private static final List<String> ROWID_NAMES = List.of("rowid", "_rowid_", "oid");

  static Optional<Shape> find(Catalog catalog, String name) {
    return catalog.find(Contents.table(name)).map(table -> of(catalog, table));
  }

  static Shape of(Catalog catalog, CatalogObject table) {
    List<CatalogObject> columns =
        catalog.children(table.id(), Kind.COLUMN).stream()
            .sorted(Comparator.comparingInt(Shape::position))
            .toList();
    return new Shape(table, columns, catalog.children(table.id(), Kind.CONSTRAINT), catalog);
  }

  private static int position(CatalogObject column) {
    return Integer.parseInt(column.get(Attribute.POSITION));
  }

  String name() {
    return table.id().name();
  }

  /** The name as it stands in statements. */
  String quoted() {
    return quoted(table);
  }

  static String quoted(CatalogObject object) {
    String name = object.find(Attribute.SPELLING).orElse(object.id().name());
    return Meaning.isPlain(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  List<String> names() {
    return columns.stream().map(column -> column.id().name()).toList();
  }

  Optional<CatalogObject> column(String name) {
    return columns.stream().filter(column -> column.id().name().equals(name)).findFirst();
  }

  boolean isVirtual() {
    return table.has(Attribute.ACCESS_METHOD);
  }

  boolean isStrict() {
    return table.lines(Attribute.OPTIONS).contains("STRICT");
  }

  boolean hasRowid() {
    return !isVirtual() && !table.lines(Attribute.OPTIONS).contains("WITHOUT ROWID");
  }

  boolean isAutoincrement() {
    return primary()
        .filter(key -> key.get(Attribute.DEFINITION).contains(" AUTOINCREMENT"))
        .isPresent();
  }

  Optional<CatalogObject> primary() {
    return rules.stream().filter(rule -> rule.is(Attribute.CONSTRAINT_TYPE, "p")).findFirst();
  }

  /** The column that is the rowid itself: the sole one of the primary key, of type INTEGER. */
  Optional<CatalogObject> alias() {
    if (!hasRowid() || primary().isEmpty()) {
      return Optional.empty();
    }
    CatalogObject key = primary().get();
    boolean oddly = key.has(Attribute.POSITION) && key.get(Attribute.DEFINITION).contains(" DESC)");
    List<String> names = Rules.columns(key);
    return oddly || names.size() != 1
        ? Optional.empty()
        : column(names.getFirst()).filter(column -> column.is(Attribute.TYPE, "INTEGER"));
  }

  /** A name under which the rowid can be asked for; empty where columns have taken them all. */
  Optional<String> rowid() {
    Predicate<String> taken = Set.copyOf(names())::contains;
    return hasRowid() ? ROWID_NAMES.stream().filter(taken.negate()).findFirst() : Optional.empty();
  }

  Optional<CatalogObject> defaultOf(CatalogObject column) {
    return catalog.find(column.id().as(Kind.DEFAULT));
  }

  /** The indexes on it that have a name of their own. */
  List<CatalogObject> indexes() {
    return catalog.ofKind(Kind.INDEX).stream()
        .filter(index -> index.is(Attribute.TABLE, table.id().place()))
        .toList();
  }
}
