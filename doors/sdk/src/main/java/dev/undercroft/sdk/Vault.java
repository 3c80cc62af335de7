package dev.undercroft.sdk;

import dev.undercroft.identity.CipherKey;
import dev.undercroft.identity.HashGate;

/** The keys of one application, and the gate that slow hashes pass. Thread-safe. */
public interface Vault {

  /**
   * The key that a setting holds, for example {@code JWT_SECRET}; the application declares it under
   * {@code [variables.JWT_SECRET]} in {@code undercroft.toml}. Outside production one that is not
   * set is made once and kept in a file that only its owner reads. Ask when routes are declared, so
   * that what is wrong is known at the start.
   *
   * @throws dev.undercroft.base.ProblemException {@code SDK_KEY_MISSING} in production, {@code
   *     IDENTITY_WEAK_KEY}
   */
  CipherKey key(String name);

  /** One gate for all applications of the process. */
  HashGate hashing();
}
