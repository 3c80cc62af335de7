package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is asking, in the words of this application. Pure. */
final class Callers {

  private Callers() {}

  /**
   * The id of the user who is asking.
   *
   * @throws ProblemException if nobody known is asking
   */
  static String id(Caller caller) {
    return caller.context().tenant();
  }

  /** The role; USER for one that is unknown. */
  static UserRole role(Caller caller) {
    @Nullable UserRole role = caller.role().map(UserRole::lookupLiteral).orElse(null);
    return role == null ? UserRole.USER : role;
  }

  /** A caller with this id and role. */
  static Caller of(String user, UserRole role) {
    return new Caller(false, Optional.of(user), Optional.of(role.getLiteral()));
  }

  /**
   * Demands an administrator.
   *
   * @throws ProblemException of kind forbidden
   */
  static void demandAdmin(Caller caller) {
    if (role(caller) != UserRole.ADMIN) {
      throw forbidden("this is for administrators", "Ask an administrator.");
    }
  }

  /**
   * Demands PREMIUM or ADMIN.
   *
   * @throws ProblemException of kind forbidden
   */
  static void demandPremium(Caller caller) {
    if (role(caller) == UserRole.USER) {
      throw forbidden(
          "own keys are for PREMIUM users", "Upgrade the account, or do without own keys.");
    }
  }

  private static ProblemException forbidden(String message, String remedy) {
    return Problem.of("EPIC_ROLE", ProblemKind.FORBIDDEN, message).withRemedy(remedy).exception();
  }
}
