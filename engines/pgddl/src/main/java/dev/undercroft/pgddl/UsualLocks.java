package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;

/** The locks that come with statements about other things than tables. Stateless. */
final class UsualLocks {

  private UsualLocks() {}

  /** The steps, with the lock on a standing table where none was told. */
  static List<Step> told(List<Step> steps, Situation situation) {
    return steps.stream().map(step -> told(step, situation)).toList();
  }

  private static Step told(Step step, Situation situation) {
    ObjectId id = step.subject();
    if (step.lock() != Lock.NONE) {
      return step;
    }
    boolean drops = step.sql().startsWith("DROP ");
    return switch (id.kind()) {
      case TRIGGER -> on(step, situation, drops ? Lock.ACCESS_EXCLUSIVE : Lock.SHARE_ROW_EXCLUSIVE);
      case TABLE, FOREIGN_TABLE ->
          situation.isStanding(id) && step.sql().contains(" OWNER TO ")
              ? step.locking(Lock.ACCESS_EXCLUSIVE)
              : step;
      case POLICY, RULE -> on(step, situation, Lock.ACCESS_EXCLUSIVE);
      case MATERIALIZED_VIEW ->
          situation.isStanding(id) || drops ? step.locking(Lock.ACCESS_EXCLUSIVE) : step;
      default -> step;
    };
  }

  private static Step on(Step step, Situation situation, Lock lock) {
    return situation.isStanding(step.subject().relation(Kind.TABLE)) ? step.locking(lock) : step;
  }

  /** A new table that refers to one that stands locks that one. */
  static Lock ofNew(List<CatalogObject> parts, Situation situation) {
    boolean refers =
        parts.stream()
            .filter(part -> part.is(Attribute.CONSTRAINT_TYPE, "f"))
            .flatMap(part -> situation.after().needs(part.id()).stream())
            .map(Dependency::to)
            .anyMatch(
                id -> situation.isStanding(id.relation(Kind.TABLE)) || situation.isStanding(id));
    return refers ? Lock.SHARE_ROW_EXCLUSIVE : Lock.NONE;
  }
}
