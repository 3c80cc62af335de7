package dev.undercroft.apps.codepal;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Request;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Who is asking and about what, in the words of this application. Pure. */
final class Callers {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Callers() {}

  /**
   * The id of the user who is asking.
   *
   * @throws dev.undercroft.base.ProblemException if nobody known is asking
   */
  static String id(Caller caller) {
    String tenant = caller.context().tenant();
    if (!ID.matcher(tenant).matches()) {
      throw Problem.of("CODEPAL_CALLER_ID", ProblemKind.INPUT, "this is no id of a user")
          .withRemedy("Name the user by id.")
          .exception();
    }
    return tenant;
  }

  /**
   * An id from the path: what cannot be one is as unknown as one that nobody has.
   *
   * @param unknown the problem
   */
  static String idIn(Request request, String name, Supplier<Problem> unknown) {
    String id = request.path(name, String.class);
    if (!ID.matcher(id).matches()) {
      throw unknown.get().exception();
    }
    return id;
  }

  /**
   * Demands an administrator.
   *
   * @throws dev.undercroft.base.ProblemException of kind forbidden
   */
  static void demandAdmin(Caller caller) {
    if (!caller.role().equals(Optional.of(Role.ADMIN.word()))) {
      throw Problem.of("CODEPAL_ADMIN_ONLY", ProblemKind.FORBIDDEN, "this is for administrators")
          .withRemedy("Ask an administrator.")
          .exception();
    }
  }

  /** What somebody is in the whole application. */
  enum Role {
    /** Works on projects. */
    USER("user"),
    /** Looks after accounts, too. */
    ADMIN("admin");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    /**
     * The role of this word.
     *
     * @throws dev.undercroft.base.ProblemException if there is none
     */
    static Role of(String word) {
      return Arrays.stream(values())
          .filter(role -> role.word.equals(word))
          .findFirst()
          .orElseThrow(() ->
              Problem.of("CODEPAL_ROLE", ProblemKind.INPUT, "there is no such role")
                  .withRemedy("It is user or admin.")
                  .with("pointer", "/role")
                  .exception());
    }

    /** As it is stored. */
    String word() {
      return word;
    }
  }
}
