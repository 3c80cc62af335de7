package dev.undercroft.identity;

import java.util.Optional;

/**
 * The accounts of an application, as {@link SignIn} needs them. Thread-safe.
 *
 * @param <A> the application's own word for an account
 */
public interface Accounts<A> {

  /**
   * An account and what decides whether it may enter.
   *
   * @param account the application's own value
   * @param id its id, to which a sealed hash is bound
   * @param passwordHash as stored; empty if it has no password
   * @param mayEnter false for one that is switched off or deleted
   * @param <A> the application's own word for an account
   */
  record Found<A>(A account, String id, Optional<String> passwordHash, boolean mayEnter) {}

  /** Finds an account by what a person typed. Deleted ones need not be found. */
  Optional<Found<A>> find(String identifier);

  /** Stores a new hash of the same password, because the rules for hashes have changed. */
  void rehashed(A account, String hash);
}
