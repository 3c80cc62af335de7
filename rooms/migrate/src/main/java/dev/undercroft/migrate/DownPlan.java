package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import java.util.List;

/**
 * What {@code down} will undo, latest first. Immutable.
 *
 * @param target the database, for people
 * @param steps the migrations to undo, in order of undoing
 * @param blockers what forbids to begin, for example a missing {@code down.sql}
 */
public record DownPlan(String target, List<Step> steps, List<Problem> blockers) {

  /** Copies the lists. */
  public DownPlan {
    steps = List.copyOf(steps);
    blockers = List.copyOf(blockers);
  }

  /**
   * One migration to undo.
   *
   * @param migration its full name
   * @param statements the SQL of its {@code down.sql}, statement by statement
   */
  public record Step(String migration, List<String> statements) {

    /** Copies the list. */
    public Step {
      statements = List.copyOf(statements);
    }
  }
}
