package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Swaps a type for a new one of the same name where ALTER TYPE does not reach: the old one is
 * renamed, the new one made, every column carried over, the old one dropped. Stateless.
 */
final class TypeSwap {

  private TypeSwap() {}

  /** Columns of standing tables that are of the type before and still of it afterwards. */
  static List<ObjectId> columns(ObjectId type, Situation situation) {
    return situation.before().neededBy(type).stream()
        .map(Dependency::from)
        .filter(id -> id.kind() == Kind.COLUMN && !situation.dropped().contains(id))
        .filter(id -> situation.isStanding(id.relation(Kind.TABLE)))
        .filter(id -> !situation.isReleased(id, type) || isCrossing(id, type, situation))
        .toList();
  }

  /**
   * Whether a column goes from this type to another that is swapped too: it could wait neither for
   * the one nor for the other, so its values leave as text.
   */
  private static boolean isCrossing(ObjectId column, ObjectId type, Situation situation) {
    return situation.after().needs(column).stream()
        .map(Dependency::to)
        .map(situation.altered()::get)
        .anyMatch(change ->
            change != null
                && change.id().kind() == Kind.ENUM
                && !change.id().equals(type)
                && change.touches(Attribute.LABELS));
  }

  /** Counts values that a new enum lacks. */
  private static String outside(Change.Altered change, ObjectId column) {
    return change.id().kind() == Kind.ENUM && change.after().has(Attribute.LABELS)
        ? "SELECT count(*) FROM %s WHERE %s::text NOT IN (%s)"
            .formatted(
                Names.parent(column),
                Names.quoted(column.name()),
                String.join(", ", change.after().lines(Attribute.LABELS)))
        : "";
  }

  /** Whether something that needs the type, or a column of it, must step aside. */
  static boolean disturbs(ObjectId type, CatalogObject dependent, Situation situation) {
    return switch (dependent.id().kind()) {
      case COLUMN -> dependent.has(Attribute.GENERATED);
      case INDEX ->
          situation.before().needs(dependent.id()).stream().anyMatch(n -> n.to().equals(type));
      case CONSTRAINT -> !"pu".contains(dependent.get(Attribute.CONSTRAINT_TYPE));
      case TABLE, PARTITION, SEQUENCE, SEQUENCE_OWNERSHIP, STATISTICS -> false;
      default -> true;
    };
  }

  /**
   * The statements.
   *
   * @param create makes the new type
   * @param through the type by which values are carried over
   */
  static List<Step> steps(
      Change.Altered change, String create, String through, Situation situation) {
    ObjectId type = change.id();
    String old = "undercroft_" + Integer.toHexString(type.hashCode()) + "_old";
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of(type, "ALTER %s RENAME TO %s".formatted(Phrases.of(change.before()), old)));
    steps.add(Step.of(type, create));
    for (ObjectId column : columns(type, situation)) {
      CatalogObject object = situation.before().get(column);
      if (object == null || PostgresDialect.isInherited(object)) {
        continue;
      }
      PartitionKeys.refuseNewType(column, situation);
      boolean crossing = situation.isReleased(column, type);
      String to = crossing ? "text" : object.get(Attribute.TYPE);
      if (crossing && object.get(Attribute.TYPE).endsWith("[]")) {
        to = "text[]";
      }
      String by = to.endsWith("[]") ? through + "[]" : through;
      String name = Names.quoted(column.name());
      steps.add(
          ColumnDdl.alterTable(
                  object,
                  "ALTER COLUMN %s TYPE %s USING %s::%s::%s".formatted(name, to, name, by, to))
              .working(Work.REWRITE)
              .warning(
                  Hazard.TABLE_REWRITE,
                  "%s is written anew because %s changes.".formatted(Names.parent(column), type))
              .warning(
                  new Warning(
                      Hazard.MAY_FAIL,
                      "This fails if a value of %s is not in the new %s.".formatted(column, type),
                      to.endsWith("[]") ? "" : outside(change, column))));
    }
    String drop = change.before().id().kind() == Kind.DOMAIN ? "DROP DOMAIN " : "DROP TYPE ";
    steps.add(Step.of(type, drop + Names.quoted(type.schema()) + '.' + old));
    steps.addAll(Extras.created(change.after(), situation));
    return steps;
  }
}
