package dev.undercroft.apps.codepal;

import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.ApiKeys;
import dev.undercroft.identity.Attempts;
import dev.undercroft.identity.Backoff;
import dev.undercroft.identity.BackoffAttempts;
import dev.undercroft.identity.MemoryTallies;
import dev.undercroft.identity.PasswordAlgorithm;
import dev.undercroft.identity.Passwords;
import dev.undercroft.sdk.Vault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What works with the application's keys.
 *
 * @param passwords bcrypt with cost 12
 * @param attempts slows guessing down
 * @param tokens of sessions, for fifteen minutes
 * @param keys of programs
 */
record Secrets(Passwords passwords, Attempts attempts, AccessTokens tokens, ApiKeys keys) {

  /** How long an access token lasts. */
  static final Duration ACCESS = Duration.ofMinutes(15);

  /** How long a refresh token lasts unless it is used. */
  static final Duration REFRESH = Duration.ofDays(7);

  private static final String NAME = "codepal";
  private static final int REMEMBERED = 10_000;

  static Secrets of(Vault vault, InstantSource clock) {
    var pepper = vault.key("PASSWORD_PEPPER");
    return new Secrets(
        new Passwords(PasswordAlgorithm.BCRYPT_12, pepper, vault.hashing()),
        new BackoffAttempts(
            new MemoryTallies(REMEMBERED), Backoff.USUAL, pepper.derive("attempts"), clock),
        new AccessTokens(NAME, NAME, List.of(vault.key("JWT_SECRET")), ACCESS, clock),
        new ApiKeys(NAME, true, pepper.derive("keys of programs")));
  }
}
