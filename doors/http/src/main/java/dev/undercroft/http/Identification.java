package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Route;
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

  private static final Problem LOGIN =
      Refusal.problem(
          "HTTP_UNAUTHENTICATED",
          ProblemKind.UNAUTHENTICATED,
          "this path needs a login",
          "Sign in and send the header 'Authorization: Bearer …'; an operator shows the operator"
              + " token and names a tenant in the header Undercroft-Tenant.");
  private static final Problem TOKEN = ofOperators("this path needs the operator token");
  private static final Problem WRONG = ofOperators("the operator token is wrong");

  private final OperatorToken token;

  Identification(OperatorToken token) {
    this.token = token;
  }

  /**
   * Who is asking.
   *
   * @param route may know how its application tells callers apart
   * @throws Refusal if an operator token is shown that is not the right one
   */
  Caller caller(Context context, Route route) {
    String shown = bearer(context.header("Authorization"));
    boolean operator = shown != null && isOperators(shown);
    if (!operator) {
      return shown == null
          ? Caller.ANONYMOUS
          : route
              .identifier()
              .flatMap(identifier -> identifier.identify(Secret.of(shown)))
              .orElse(Caller.ANONYMOUS);
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
          throw caller.operator() ? noTenant() : unauthenticated(LOGIN);
        }
      }
      case OPERATOR -> {
        if (!caller.operator()) {
          throw unauthenticated(TOKEN);
        }
      }
    }
  }

  private boolean isOperators(String shown) {
    boolean right = token.is(shown);
    if (!right && OperatorToken.looksLikeOne(shown)) {
      throw unauthenticated(WRONG);
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

  private static Problem ofOperators(String message) {
    return Refusal.problem(
        "HTTP_UNAUTHENTICATED",
        ProblemKind.UNAUTHENTICATED,
        message,
        "Send the header 'Authorization: Bearer …' with the token from the file that the start"
            + " named.");
  }

  private static Refusal unauthenticated(Problem problem) {
    return new Refusal(
        401, List.of(problem), Map.of("WWW-Authenticate", "Bearer realm=\"undercroft\""));
  }
}
