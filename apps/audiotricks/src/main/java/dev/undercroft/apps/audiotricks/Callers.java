package dev.undercroft.apps.audiotricks;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import java.util.UUID;

/** Who is asking, in the words of this application. Pure. */
final class Callers {

  static final String ROLE = "user";

  private Callers() {}

  /**
   * The id of the user who is asking.
   *
   * @throws dev.undercroft.base.ProblemException if nobody known is asking
   */
  static UUID id(Caller caller) {
    String tenant = caller.context().tenant();
    try {
      return UUID.fromString(tenant);
    } catch (IllegalArgumentException noId) {
      throw Problem.of(
              "AUDIOTRICKS_CALLER_ID", ProblemKind.INPUT, "'" + tenant + "' is no id of a user")
          .withRemedy("Name the user by id.")
          .exception(noId);
    }
  }
}
