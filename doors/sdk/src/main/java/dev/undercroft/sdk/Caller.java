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
 * @param session the session that made the caller known, for work that must not outlast it; empty
 *     for an operator, and where the application's {@link Identifier} tells none
 */
public record Caller(
    boolean operator, Optional<String> tenant, Optional<String> role, Optional<String> session) {

  /** Nobody known. */
  public static final Caller ANONYMOUS = new Caller(false, Optional.empty(), Optional.empty());

  /** A caller whom no session made known. */
  public Caller(boolean operator, Optional<String> tenant, Optional<String> role) {
    this(operator, tenant, role, Optional.empty());
  }

  /** The same caller, made known by this session. */
  public Caller in(String knownBy) {
    return new Caller(operator, tenant, role, Optional.of(knownBy));
  }

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
