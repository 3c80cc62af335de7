package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;

/** The one answer to being interrupted while waiting for a process. */
final class Interruptions {

  private Interruptions() {}

  static ProblemException problem(InterruptedException cause) {
    return Problem.of(
            "EMBEDDED_INTERRUPTED", ProblemKind.EXTERNAL, "interrupted while waiting for a process")
        .withRemedy("Run the command again; it continues where it was.")
        .exception(cause);
  }
}
