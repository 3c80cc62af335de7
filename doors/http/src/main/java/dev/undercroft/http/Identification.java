package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Caller;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is asking, and whether the route is open to them. A bearer token that does not have
 * the form of an operator token is left to the application. Immutable.
 */
final class Identification {

  private static final String BEARER = "Bearer ";

  private final OperatorToken token;

  Identification(OperatorToken token) {
    this.token = token;
  }

  /**
   * Who is asking.
   *
   * @throws Refusal if an operator token is shown that is not the right one
   */
  Caller caller(Context context) {
    boolean operator = showsToken(context);
    if (!operator) {
      return Caller.ANONYMOUS;
    }
    return new Caller(
        true,
        Optional.ofNullable(context.header("Undercroft-Tenant")),
        Optional.ofNullable(context.header("Undercroft-Role")));
  }

  /**
   * Lets pass or refuses.
   *
   * @throws Refusal with status 401 if nobody is known, 403 if the caller is the wrong one
   */
  void admit(Caller caller, Audience audience) {
    switch (audience) {
      case EVERYONE -> {}
      case TENANT -> {
        if (caller.tenant().isEmpty()) {
          throw caller.operator() ? noTenant() : unauthenticated("this path needs a login");
        }
      }
      case OPERATOR -> {
        if (!caller.operator()) {
          throw unauthenticated("this path needs the operator token");
        }
      }
    }
  }

  private boolean showsToken(Context context) {
    String shown = bearer(context.header("Authorization"));
    if (shown == null) {
      return false;
    }
    boolean right = token.is(shown);
    if (!right && OperatorToken.looksLikeOne(shown)) {
      throw unauthenticated("the operator token is wrong");
    }
    return right;
  }

  private static @Nullable String bearer(@Nullable String header) {
    boolean given = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return given && header != null ? header.substring(BEARER.length()).strip() : null;
  }

  private static Refusal noTenant() {
    return new Refusal(
        403,
        Refusal.problem(
            "HTTP_TENANT_MISSING",
            ProblemKind.FORBIDDEN,
            "this path is about the rows of one tenant",
            "Name the tenant in the header Undercroft-Tenant."));
  }

  private static Refusal unauthenticated(String message) {
    Problem problem =
        Refusal.problem(
            "HTTP_UNAUTHENTICATED",
            ProblemKind.UNAUTHENTICATED,
            message,
            "Send the header 'Authorization: Bearer …' with the token from the file that the start"
                + " named.");
    return new Refusal(
        401, List.of(problem), Map.of("WWW-Authenticate", "Bearer realm=\"undercroft\""));
  }
}
