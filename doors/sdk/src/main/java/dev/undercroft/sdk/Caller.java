package dev.undercroft.sdk;

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
}
