package dev.undercroft.apps.codepal;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;

/** How much of a thing there may be. Pure; the caller holds a turn while it counts. */
final class Quotas {

  private Quotas() {}

  /**
   * Refuses one more than there may be.
   *
   * @param what the thing, for people
   * @throws dev.undercroft.base.ProblemException of kind forbidden
   */
  static void demand(String what, long had, long most, String remedy) {
    if (had >= most) {
      throw Problem.of(
              "CODEPAL_QUOTA",
              ProblemKind.FORBIDDEN,
              "%d of %d %s are used".formatted(had, most, what))
          .withRemedy(remedy)
          .with("limit", most)
          .exception();
    }
  }
}
