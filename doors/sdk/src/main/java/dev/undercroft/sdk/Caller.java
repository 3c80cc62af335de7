package dev.undercroft.sdk;

import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.Optional;

/**
 * Who is asking. Immutable.
 *
 * @param operator whether the operator token was shown
 * @param tenant whose rows the request is about; the row policies see it. An operator names it with
 *     the header {@code Undercroft-Tenant}
 * @param role the caller's role inside the application; an operator names it with the header {@code
 *     Undercroft-Role}
 */
public record Caller(boolean operator, Optional<String> tenant, Optional<String> role) {

  /** Nobody known. */
  public static final Caller ANONYMOUS = new Caller(false, Optional.empty(), Optional.empty());

  /**
   * For whom the database shall act.
   *
   * @throws dev.undercroft.base.ProblemException {@code SDK_NO_TENANT} if nobody known is asking
   */
  public TenantContext context() {
    if (tenant.isEmpty()) {
      throw Problem.of(
              "SDK_NO_TENANT",
              ProblemKind.UNAUTHENTICATED,
              "the request does not say for whom it is")
          .withRemedy("Sign in; an operator names a tenant with the header Undercroft-Tenant.")
          .exception();
    }
    return new TenantContext(tenant.get(), role.orElse(""));
  }
}
