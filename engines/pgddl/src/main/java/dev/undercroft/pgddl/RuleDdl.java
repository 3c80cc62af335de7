package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Rewrite rules. Stateless. */
final class RuleDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject rule, List<CatalogObject> inline, Situation situation) {
    List<Step> steps = new ArrayList<>();
    steps.add(step(rule, rule.get(Attribute.DEFINITION)));
    if (rule.has(Attribute.ENABLED)) {
      steps.add(state(rule));
    }
    return steps;
  }

  private static Step step(CatalogObject rule, String sql) {
    return Step.of(rule.id(), sql).locking(Lock.ACCESS_EXCLUSIVE);
  }

  private static Step state(CatalogObject rule) {
    return step(
        rule,
        "ALTER TABLE %s %s RULE %s"
            .formatted(
                Names.parent(rule.id()), FiringState.words(rule), Names.quoted(rule.id().name())));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    List<Step> steps = new ArrayList<>();
    CatalogObject after = change.after();
    if (change.touches(Attribute.DEFINITION)) {
      steps.add(
          step(
              after,
              after
                  .get(Attribute.DEFINITION)
                  .replaceFirst("^CREATE RULE ", "CREATE OR REPLACE RULE ")));
    }
    if (change.touches(Attribute.ENABLED)) {
      steps.add(state(after));
    }
    return steps;
  }
}
