package dev.undercroft.evolve;

import dev.undercroft.catalog.Kind;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import dev.undercroft.plan.Warning;
import java.util.List;

/** A plan as the text of a migration file. Stateless. */
public final class MigrationScript {

  private MigrationScript() {}

  /** The text for PostgreSQL. */
  public static String of(Plan plan) {
    boolean alone = mustStandAlone(plan.steps());
    boolean routines =
        plan.steps().stream().anyMatch(step -> step.subject().kind() == Kind.FUNCTION);
    StringBuilder text = new StringBuilder();
    if (alone) {
      text.append("-- undercroft:no-transaction\n");
    }
    if (routines) {
      text.append(alone ? "SET" : "SET LOCAL").append(" check_function_bodies = off;\n\n");
    }
    for (Step step : plan.steps()) {
      for (Warning warning : step.warnings()) {
        text.append("-- ").append(warning.hazard().word()).append(": ");
        text.append(warning.told()).append('\n');
      }
      text.append(step.sql()).append(";\n\n");
    }
    return text.toString().stripTrailing() + "\n";
  }

  /** A step that must be committed before the next one, or that no transaction takes. */
  private static boolean mustStandAlone(List<Step> steps) {
    for (int at = 0; at < steps.size(); at++) {
      Transaction mode = steps.get(at).transaction();
      boolean last = at == steps.size() - 1;
      if (mode == Transaction.OUTSIDE || (mode == Transaction.COMMIT_AFTER && !last)) {
        return true;
      }
    }
    return false;
  }
}
