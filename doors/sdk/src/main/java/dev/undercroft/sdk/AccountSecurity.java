package dev.undercroft.sdk;

import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.Attempts;
import dev.undercroft.identity.Backoff;
import dev.undercroft.identity.BackoffAttempts;
import dev.undercroft.identity.CipherKey;
import dev.undercroft.identity.MemoryTallies;
import dev.undercroft.identity.PasswordAlgorithm;
import dev.undercroft.identity.Passwords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What an application with accounts of its own lets people in with, in the usual strength; one that
 * wants another takes the parts from {@code dev.undercroft.identity}. Thread-safe.
 *
 * @param passwords bcrypt with cost 12, a salt per password and a pepper outside of the database
 * @param attempts slows guessing down, by account and by address, without locking the owner out;
 *     this process alone remembers
 * @param tokens of sessions, signed with HMAC-SHA-256
 */
public record AccountSecurity(Passwords passwords, Attempts attempts, AccessTokens tokens) {

  /** So many accounts and addresses are remembered; the oldest are forgotten first. */
  private static final int REMEMBERED = 10_000;

  private static final String PEPPER = "PASSWORD_PEPPER";
  private static final String SIGNING = "JWT_SECRET";

  /**
   * Made with the keys {@code PASSWORD_PEPPER} and {@code JWT_SECRET}.
   *
   * @param application the application's name; tokens of another one are refused
   * @param vault where its keys are
   * @param lifetime how long a token lasts
   * @param clock says when
   * @throws dev.undercroft.base.ProblemException if a key is missing or weak, see {@link Vault#key}
   */
  public static AccountSecurity of(
      String application, Vault vault, Duration lifetime, InstantSource clock) {
    CipherKey pepper = vault.key(PEPPER);
    return new AccountSecurity(
        new Passwords(PasswordAlgorithm.BCRYPT_12, pepper, vault.hashing()),
        new BackoffAttempts(
            new MemoryTallies(REMEMBERED), Backoff.USUAL, pepper.derive("attempts"), clock),
        new AccessTokens(application, application, List.of(vault.key(SIGNING)), lifetime, clock));
  }
}
