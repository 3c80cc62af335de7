package dev.undercroft.apps.seda;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import java.util.UUID;

/** Who is asking, in the words of this application. Pure. */
final class Callers {

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
      throw Problem.of("SEDA_CALLER_ID", ProblemKind.INPUT, "'" + tenant + "' is no id of a user")
          .withRemedy("Name the user by id.")
          .exception(noId);
    }
  }

  /** Whether the caller reviews and moderates everywhere. */
  static boolean isAdmin(Caller caller) {
    return caller
        .role()
        .filter(role -> role.equals("ADMIN") || role.equals("SUPER_ADMIN"))
        .isPresent();
  }

  /**
   * Demands an administrator.
   *
   * @throws dev.undercroft.base.ProblemException of kind forbidden
   */
  static UUID demandAdmin(Caller caller) {
    UUID id = id(caller);
    if (!isAdmin(caller)) {
      throw Problem.of("SEDA_ADMIN_ONLY", ProblemKind.FORBIDDEN, "this is for administrators")
          .withRemedy("Ask an administrator.")
          .exception();
    }
    return id;
  }
}
