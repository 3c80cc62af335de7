package dev.undercroft.apps.epic;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;

/** What is not there, or somebody else's: nobody is told which. Pure. */
final class Unknown {

  private Unknown() {}

  static ProblemException row(String kind, String id) {
    return Problem.of("EPIC_NOT_FOUND", ProblemKind.NOT_FOUND, "there is no " + kind + " " + id)
        .withRemedy("Reload the list.")
        .with("kind", kind)
        .exception();
  }
}
