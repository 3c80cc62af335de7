package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a child table's column has from its parents, and so need not be said again. Stateless. */
final class Inheritance {

  private static final Set<Attribute> FOLLOWS =
      Set.of(
          Attribute.TYPE,
          Attribute.COLLATION,
          Attribute.NOT_NULL,
          Attribute.NOT_NULL_NAME,
          Attribute.NOT_NULL_UNCHECKED,
          Attribute.GENERATED,
          Attribute.EXPRESSION,
          Attribute.IDENTITY,
          Attribute.IDENTITY_OPTIONS,
          Attribute.IDENTITY_NAME,
          Attribute.STORAGE,
          Attribute.COMPRESSION);

  private Inheritance() {}

  /** The change without what the parent's own change brings about. */
  static Change.Altered ownPart(Change.Altered change, Situation situation) {
    boolean alone = situation.dropped().contains(change.id().relation(Kind.PARTITION));
    if (alone || !change.after().has(Attribute.INHERITED)) {
      return change;
    }
    Set<Attribute> own = new TreeSet<>(change.attributes());
    for (ObjectId parent : parents(change.id(), situation.after())) {
      Change.Altered above = situation.altered().get(parent);
      if (above != null) {
        own.removeIf(attribute ->
            FOLLOWS.contains(attribute)
                && above.touches(attribute)
                && above.after().find(attribute).equals(change.after().find(attribute)));
      }
    }
    return new Change.Altered(change.before(), change.after(), own);
  }

  /**
   * Whether a table below a column that goes keeps it as a column of its own. The drop must then
   * not reach the tables below.
   */
  static boolean isKeptBelow(ObjectId column, Situation situation) {
    return situation.before().neededBy(column.relation(Kind.TABLE)).stream()
        .map(Dependency::from)
        .filter(id -> id.kind() == Kind.TABLE)
        .map(table -> ObjectId.in(Kind.COLUMN, table.schema(), table.name(), column.name()))
        .filter(situation::isStanding)
        .anyMatch(child ->
            parents(child, situation.before()).stream()
                .filter(situation.before()::has)
                .allMatch(column::equals));
  }

  /**
   * Whether the table of this column or constraint stood before and only now gets a parent: it must
   * have the part itself by then.
   */
  static boolean isTiedNow(ObjectId part, Situation situation) {
    ObjectId foreign = part.relation(Kind.FOREIGN_TABLE);
    ObjectId table = situation.before().has(foreign) ? foreign : part.relation(Kind.TABLE);
    Change.Altered change = situation.altered().get(table);
    return situation.isStanding(table)
        && (situation.created().contains(table.as(Kind.PARTITION))
            || (change != null && change.touches(Attribute.INHERITS)));
  }

  /** The columns of the same name in the parents of the column's table. */
  static List<ObjectId> parents(ObjectId column, Catalog catalog) {
    List<String> tables = new ArrayList<>();
    for (Kind kind : List.of(Kind.TABLE, Kind.FOREIGN_TABLE)) {
      catalog
          .find(column.relation(kind))
          .ifPresent(table -> tables.addAll(table.lines(Attribute.INHERITS)));
    }
    catalog
        .find(column.relation(Kind.PARTITION))
        .ifPresent(tie -> tables.add(tie.get(Attribute.PARTITION_OF)));
    return tables.stream()
        .map(place -> ObjectId.at(Kind.TABLE, place))
        .map(table -> ObjectId.in(Kind.COLUMN, table.schema(), table.name(), column.name()))
        .toList();
  }
}
