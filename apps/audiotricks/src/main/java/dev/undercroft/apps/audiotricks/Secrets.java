package dev.undercroft.apps.audiotricks;

import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.Attempts;
import dev.undercroft.identity.Backoff;
import dev.undercroft.identity.BackoffAttempts;
import dev.undercroft.identity.FieldCipher;
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
 * @param tokens of sessions, for seven days
 * @param cipher for the keys that users bring along
 */
record Secrets(Passwords passwords, Attempts attempts, AccessTokens tokens, FieldCipher cipher) {

  static final Duration SESSION = Duration.ofDays(7);

  private static final String NAME = "audiotricks";
  private static final int REMEMBERED = 10_000;

  static Secrets of(Vault vault, InstantSource clock) {
    var pepper = vault.key("PASSWORD_PEPPER");
    return new Secrets(
        new Passwords(PasswordAlgorithm.BCRYPT_12, pepper, vault.hashing()),
        new BackoffAttempts(
            new MemoryTallies(REMEMBERED), Backoff.USUAL, pepper.derive("attempts"), clock),
        new AccessTokens(NAME, NAME, List.of(vault.key("JWT_SECRET")), SESSION, clock),
        FieldCipher.of(vault.key("ENCRYPTION_KEY")));
  }
}
