package dev.undercroft.identity;

import java.util.Optional;

/**
 * Somebody as an outside service knows them. Issuer and subject together are the identity; a mail
 * address never is, because services give addresses away again (OWASP ASVS 5, 6.8.1). Immutable.
 *
 * @param issuer which service, for example {@code https://accounts.google.com}
 * @param subject its lasting id of the person
 * @param email the address it tells
 * @param emailVerified whether it says that the address was proved
 */
public record ExternalAccount(
    String issuer, String subject, Optional<String> email, boolean emailVerified) {

  /** Refuses an identity without one of its halves. */
  public ExternalAccount {
    if (issuer.isBlank() || subject.isBlank()) {
      throw new IllegalArgumentException("an external account has an issuer and a subject");
    }
  }

  /**
   * What is known here of the address that an outside service tells.
   *
   * @param id the local account
   * @param emailVerified whether its owner has proved the address here
   */
  public record Local(String id, boolean emailVerified) {}

  /** What to do with somebody who came from outside for the first time. */
  public sealed interface Link {

    /** Make an account. */
    record Create() implements Link {}

    /** Add the outside identity to this account. */
    record Join(String id) implements Link {}

    /**
     * Add it, and first drop the password and all sessions of the account: whoever made it never
     * proved the address, and may be waiting for its owner.
     */
    record JoinAndClean(String id) implements Link {}

    /** Let the person sign in to the existing account and link it from there. */
    record AskOwner(String id) implements Link {}
  }

  /**
   * Decides.
   *
   * @param sameAddress the local account with the same address
   */
  public Link linkTo(Optional<Local> sameAddress) {
    if (sameAddress.isEmpty()) {
      return new Link.Create();
    }
    Local local = sameAddress.get();
    if (!emailVerified) {
      return new Link.AskOwner(local.id());
    }
    return local.emailVerified() ? new Link.Join(local.id()) : new Link.JoinAndClean(local.id());
  }
}
