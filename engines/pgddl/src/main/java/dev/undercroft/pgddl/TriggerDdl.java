package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Triggers of tables and views. Stateless. */
final class TriggerDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject trigger, List<CatalogObject> inline, Situation situation) {
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
    return steps;
  }
}
