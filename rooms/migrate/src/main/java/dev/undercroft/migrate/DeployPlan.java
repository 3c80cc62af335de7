package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import java.util.List;

/**
 * What a deploy will do, computed from files, history and options alone. Immutable.
 *
 * @param target the database, for people
 * @param steps the migrations to apply, in order
 * @param blockers what forbids to begin; the deploy throws these together
 * @param warnings what a person should know, without stopping
 * @param alreadyApplied how many migrations are applied before it
 */
public record DeployPlan(
    String target,
    List<Step> steps,
    List<Problem> blockers,
    List<Problem> warnings,
    int alreadyApplied) {

  /** Copies the lists. */
  public DeployPlan {
    steps = List.copyOf(steps);
    blockers = List.copyOf(blockers);
    warnings = List.copyOf(warnings);
  }

  /** Whether nothing is to be done and nothing stands in the way. */
  public boolean nothingToDo() {
    return steps.isEmpty() && blockers.isEmpty();
  }

  /** How a migration is carried out. */
  public enum Mode {
    /** One transaction with its history row. */
    TRANSACTION,
    /** Statement by statement, each journalled. */
    JOURNAL
  }

  /**
   * One migration to apply.
   *
   * @param migration its full name
   * @param mode how it is carried out
   * @param reason why this mode, for people; empty text for a plain transaction
   * @param statements its SQL, statement by statement, without those that are done already
   * @param skipped how many statements are done already, from an earlier attempt
   * @param late whether a later version is applied already
   */
  public record Step(
      String migration,
      Mode mode,
      String reason,
      List<String> statements,
      int skipped,
      boolean late) {

    /** Copies the list. */
    public Step {
      statements = List.copyOf(statements);
    }
  }
}
