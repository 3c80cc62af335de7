package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Triggers of tables and views. Stateless. */
final class TriggerDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject trigger, List<CatalogObject> inline, Situation situation) {
    if (trigger.has(Attribute.INHERITED)) {
      return List.of(state(trigger));
    }
    List<Step> steps = new ArrayList<>();
    steps.add(step(trigger, trigger.get(Attribute.DEFINITION)));
    if (trigger.has(Attribute.ENABLED)) {
      steps.add(state(trigger));
    }
    return steps;
  }

  private static Step step(CatalogObject trigger, String sql) {
    return Step.of(trigger.id(), sql).locking(Lock.SHARE_ROW_EXCLUSIVE);
  }

  private static Step state(CatalogObject trigger) {
    return step(
        trigger,
        "ALTER TABLE %s %s TRIGGER %s"
            .formatted(
                Names.parent(trigger.id()),
                FiringState.words(trigger),
                Names.quoted(trigger.id().name())));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return change.touches(Attribute.CONSTRAINT_TYPE)
        || (change.touches(Attribute.DEFINITION) && change.after().has(Attribute.CONSTRAINT_TYPE));
  }

  /** Of a partition's copy only the state is its own; it returns to that of the whole's trigger. */
  @Override
  public List<Step> drop(CatalogObject trigger, Situation situation) {
    if (!trigger.has(Attribute.INHERITED)) {
      return Ddl.super.drop(trigger, situation);
    }
    return situation.isStanding(trigger.id().relation(Kind.PARTITION))
        ? List.of(state(whole(trigger, situation)))
        : List.of();
  }

  /** The state of a whole's trigger becomes that of its copies; some have one of their own. */
  private static void copies(CatalogObject trigger, Situation situation, List<Step> steps) {
    String whole = trigger.id().schema() + '\t' + trigger.id().parent();
    for (Dependency need : situation.after().neededBy(trigger.id().relation(Kind.TABLE))) {
      CatalogObject tie = situation.after().get(need.from());
      if (tie == null
          || !tie.is(Attribute.PARTITION_OF, whole)
          || !situation.isStanding(tie.id())) {
        continue;
      }
      ObjectId part = tie.id();
      ObjectId id = ObjectId.in(Kind.TRIGGER, part.schema(), part.name(), trigger.id().name());
      CatalogObject copy = situation.after().get(id);
      if (copy != null && copy.has(Attribute.INHERITED)) {
        steps.add(state(copy));
      }
      copies(new CatalogObject(id, Map.of()), situation, steps);
    }
  }

  private static CatalogObject whole(CatalogObject trigger, Situation situation) {
    ObjectId id = trigger.id();
    String state =
        situation
            .after()
            .find(id.relation(Kind.PARTITION))
            .map(tie -> ObjectId.at(Kind.TABLE, tie.get(Attribute.PARTITION_OF)))
            .map(table -> ObjectId.in(Kind.TRIGGER, table.schema(), table.name(), id.name()))
            .flatMap(situation.after()::find)
            .map(above -> above.get(Attribute.ENABLED))
            .orElse("");
    return new CatalogObject(id, Map.of(Attribute.ENABLED, state));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    boolean again = change.touches(Attribute.DEFINITION);
    if (again) {
      steps.add(
          step(
              after,
              after
                  .get(Attribute.DEFINITION)
                  .replaceFirst("^CREATE TRIGGER ", "CREATE OR REPLACE TRIGGER ")));
    }
    if (change.touches(Attribute.ENABLED) || (again && after.has(Attribute.ENABLED))) {
      steps.add(state(after));
    }
    if (!steps.isEmpty()) {
      copies(after, situation, steps);
    }
    return steps;
  }
}
