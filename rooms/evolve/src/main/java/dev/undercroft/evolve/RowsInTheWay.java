package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Kind;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import java.util.ArrayList;
import java.util.List;

/** Steps of which it is known beforehand that rows would make them fail. Stateless. */
final class RowsInTheWay {

  private RowsInTheWay() {}

  /**
   * Refuses a plan that would stop in the middle.
   *
   * @throws ProblemException with a problem for each rule that rows break
   */
  static void refuse(Source.Live target, Comparison comparison) {
    boolean renamed =
        comparison.changes().stream()
            .filter(Change.Renamed.class::isInstance)
            .anyMatch(one -> one.id().kind() == Kind.TABLE || one.id().kind() == Kind.COLUMN);
    if (renamed) {
      // What was counted may belong to something that had the name before.
      return;
    }
    List<Problem> problems = new ArrayList<>();
    for (Step step : comparison.plan().steps()) {
      step.warnings().stream()
          .filter(warning -> warning.hazard() == Hazard.MAY_FAIL)
          .filter(warning -> warning.rows().orElse(0L) > 0)
          .forEach(warning -> problems.add(problem(target, step, warning)));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems.stream().distinct().toList());
    }
  }

  private static Problem problem(Source.Live target, Step step, Warning warning) {
    long rows = warning.rows().orElse(0L);
    return Problem.of(
            "EVOLVE_ROWS_IN_THE_WAY",
            ProblemKind.CONFLICT,
            "%s: %d %s of %s %s in the way; nothing was touched"
                .formatted(
                    step.subject(),
                    rows,
                    rows == 1 ? "row" : "rows",
                    target.shown(),
                    rows == 1 ? "is" : "are"))
        .withDetail(warning.sentence() + "\nCounted by: " + warning.probe())
        .withRemedy("Correct or remove these rows, or change the wanted schema, and apply again.")
        .exception()
        .first();
  }
}
