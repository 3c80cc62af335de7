package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Composite types. Stateless. */
final class CompositeDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject type, List<CatalogObject> inline, Situation situation) {
    String fields =
        inline.stream()
            .filter(part -> part.id().kind() == Kind.COLUMN)
            .sorted(
                Comparator.comparingInt(column -> Integer.parseInt(column.get(Attribute.POSITION))))
            .map(field -> ColumnText.definition(field, "", situation.after().server()))
            .collect(Collectors.joining(", "));
    return List.of(
        Step.of(type.id(), "CREATE TYPE %s AS (%s)".formatted(Names.of(type.id()), fields)));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return List.of();
  }

  static boolean isRetyped(Change.Altered field) {
    return field.touches(Attribute.TYPE) || field.touches(Attribute.COLLATION);
  }

  /** A field gets another type; the server only allows it while no column is of the composite. */
  static Step alterField(Change.Altered change, Situation situation) {
    CatalogObject field = change.after();
    String collation = field.find(Attribute.COLLATION).map(name -> " COLLATE " + name).orElse("");
    return alterType(
        field.id(),
        "ALTER ATTRIBUTE %s TYPE %s%s"
            .formatted(Names.quoted(field.id().name()), field.get(Attribute.TYPE), collation),
        situation);
  }

  /** A step that changes fields; tables that were made of the type follow it. */
  static Step alterType(ObjectId field, String clause, Situation situation) {
    ObjectId type = field.relation(Kind.COMPOSITE);
    String sql = "ALTER TYPE %s %s".formatted(Names.of(type), clause);
    return TypeUse.isRowOfTable(type, situation)
        ? Step.of(field, sql + " CASCADE").locking(Lock.ACCESS_EXCLUSIVE)
        : Step.of(field, sql);
  }

  /** Whether the column comes and goes with a field of the type that its standing table is of. */
  static boolean isRowOfStandingTable(ObjectId column, Situation situation) {
    ObjectId table = column.relation(Kind.TABLE);
    return situation.isStanding(table)
        && Stream.of(situation.before(), situation.after())
            .allMatch(
                catalog -> catalog.find(table).map(t -> t.has(Attribute.OF_TYPE)).orElse(false));
  }

  /** The change of a column without what the type of its table brings about. */
  static Change.Altered ownPart(Change.Altered change, Situation situation) {
    if (!isRowOfStandingTable(change.id(), situation)) {
      return change;
    }
    Set<Attribute> own = new TreeSet<>(change.attributes());
    own.remove(Attribute.TYPE);
    own.remove(Attribute.COLLATION);
    return new Change.Altered(change.before(), change.after(), own);
  }
}
