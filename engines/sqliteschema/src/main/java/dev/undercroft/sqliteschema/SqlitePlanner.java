package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans for SQLite, table by table: by ALTER TABLE where it reaches, else by making the table anew,
 * as SQLite's page of that statement says in its section 7. Stateless, thread-safe.
 */
public final class SqlitePlanner implements Planning {

  @Override
  public Plan plan(Catalog before, Catalog after, Renames wanted, PlanOptions options) {
    Renaming renaming = Renaming.of(wanted, before, after);
    Catalog now = renaming.catalog();
    List<Change> changes = Diff.between(now, after);
    if (changes.isEmpty() && renaming.isEmpty()) {
      return new Plan(List.of(), before.fingerprint(), before.fingerprint());
    }
    Work work = new Work(now, after, changes, renaming);
    List<Step> steps = new ArrayList<>();
    steps.addAll(work.clearing());
    steps.addAll(renaming.steps());
    steps.addAll(work.tables());
    steps.addAll(work.restoring());
    return new Plan(
        work.needsKeysOff() ? KeysOff.around(steps) : steps,
        before.fingerprint(),
        after.fingerprint());
  }

  @Override
  public List<Change> changes(Catalog before, Catalog after, Renames wanted) {
    Renaming renaming = Renaming.of(wanted, before, after);
    List<Change> changes = new ArrayList<>(renaming.changes());
    changes.addAll(Diff.between(renaming.catalog(), after));
    return changes;
  }
}
