package dev.undercroft.apps.simplycaster;

import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Request;
import java.util.Optional;
import java.util.UUID;

/**
 * Who acts, and from where. Immutable.
 *
 * @param caller who is asking
 * @param address the address the request came from
 * @param agent the program that sent it, as it calls itself
 */
record Actor(Caller caller, Optional<String> address, Optional<String> agent) {

  private static final int LONGEST_AGENT = 500;

  /** Who sends this request. */
  static Actor of(Request request) {
    Optional<String> agent =
        request
            .header("User-Agent")
            .map(text -> text.substring(0, Math.min(text.length(), LONGEST_AGENT)));
    return new Actor(request.caller(), Optional.of(request.remoteAddress()), agent);
  }

  /** For the database. */
  TenantContext context() {
    return caller.context();
  }

  /** The user's or guest's id. */
  UUID id() {
    String tenant = context().tenant();
    try {
      return UUID.fromString(tenant);
    } catch (IllegalArgumentException noId) {
      throw Problem.of(
              "SIMPLYCASTER_CALLER_ID", ProblemKind.INPUT, "'" + tenant + "' is no id of a user")
          .withRemedy("Name the user by id.")
          .exception(noId);
    }
  }

  boolean isAdmin() {
    return is("admin");
  }

  boolean isGuest() {
    return is("guest");
  }

  private boolean is(String role) {
    return caller.role().filter(role::equals).isPresent();
  }

  /**
   * Demands an administrator.
   *
   * @throws ProblemException of kind forbidden
   */
  void demandAdmin() {
    context();
    if (!isAdmin()) {
      throw forbidden("this is for administrators", "Ask an administrator.");
    }
  }

  /**
   * Demands a host or an administrator.
   *
   * @throws ProblemException of kind forbidden
   */
  void demandHost() {
    context();
    if (!isAdmin() && !is("host")) {
      throw forbidden("this is for hosts", "Sign in as a host.");
    }
  }

  private static ProblemException forbidden(String message, String remedy) {
    return Problem.of("SIMPLYCASTER_FORBIDDEN", ProblemKind.FORBIDDEN, message)
        .withRemedy(remedy)
        .exception();
  }
}
