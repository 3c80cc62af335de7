package dev.undercroft.sdk;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells in the application's words what its database refuses: the rule stands in the database once,
 * and here only its wording. Immutable, thread-safe.
 */
public final class Refusals {

  private final Map<String, Problem> problems;

  /**
   * These wordings.
   *
   * @param problems by the name of the constraint that a statement breaks
   */
  public Refusals(Map<String, Problem> problems) {
    this.problems = Map.copyOf(problems);
  }

  /**
   * Runs work of the database.
   *
   * @throws ProblemException the application's problem where a known constraint was broken, and
   *     otherwise the one that the work threw
   */
  public <R> R telling(Supplier<R> work) {
    try {
      return work.get();
    } catch (ProblemException failure) {
      String constraint = failure.first().context().get("constraint");
      Problem told = constraint == null ? null : problems.get(constraint);
      if (told == null) {
        throw failure;
      }
      throw told.exception(failure);
    }
  }
}
