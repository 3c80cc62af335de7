package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Sign-in by password. Every attempt is counted before it is made and costs exactly one slow hash,
 * whatever is wrong with it; the caller learns "wrong" and never what was wrong. Thread-safe.
 *
 * @param <A> the application's own word for an account
 */
public final class SignIn<A> {

  private final Passwords passwords;
  private final Attempts attempts;
  private final Accounts<A> accounts;

  /** Sign-in over these. */
  public SignIn(Passwords passwords, Attempts attempts, Accounts<A> accounts) {
    this.passwords = passwords;
    this.attempts = attempts;
    this.accounts = accounts;
  }

  /**
   * Somebody who wants in.
   *
   * @param identifier what was typed as name or address
   * @param password what was typed as password
   * @param remoteAddress where the request came from
   * @param knownDevice the mark of a device that has signed in to this account before; the
   *     application has checked that
   */
  public record Request(
      String identifier, Secret password, String remoteAddress, Optional<String> knownDevice) {}

  /**
   * What came of it.
   *
   * @param <A> the application's own word for an account
   */
  public sealed interface Outcome<A> {

    /** The password is right and the account may enter. */
    record Entered<A>(A account) implements Outcome<A> {}

    /** Unknown, wrong, or locked: to be told apart in logs, never to the caller. */
    record Refused<A>(Reason reason, Optional<Instant> until) implements Outcome<A> {}

    /**
     * The password is right, and the account is switched off: may be told, because only the owner
     * gets here.
     */
    record SwitchedOff<A>(A account) implements Outcome<A> {}
  }

  /** Why an attempt was refused, for logs and alarms. */
  public enum Reason {
    /** No such account, or it has no password. */
    UNKNOWN,
    /** Not its password. */
    WRONG,
    /** Too many attempts. */
    LOCKED
  }

  /**
   * Makes an attempt.
   *
   * @throws dev.undercroft.base.ProblemException {@code IDENTITY_BUSY} if too many are at it
   */
  public Outcome<A> attempt(Request request) {
    Optional<Instant> refusedUntil = attempts.reserve(request);
    Optional<Accounts.Found<A>> found = accounts.find(request.identifier());
    Optional<String> hash =
        refusedUntil.isPresent() ? Optional.empty() : found.flatMap(Accounts.Found::passwordHash);
    String owner = found.map(Accounts.Found::id).orElse("");
    Passwords.Verdict verdict = passwords.check(request.password(), hash, owner);
    if (refusedUntil.isPresent()) {
      return new Outcome.Refused<>(Reason.LOCKED, refusedUntil);
    }
    if (found.isEmpty() || !verdict.matches()) {
      Reason reason = hash.isEmpty() ? Reason.UNKNOWN : Reason.WRONG;
      return new Outcome.Refused<>(reason, Optional.empty());
    }
    attempts.succeeded(request);
    A account = found.get().account();
    if (verdict.outdated()) {
      accounts.rehashed(account, passwords.hash(request.password(), owner));
    }
    return found.get().mayEnter()
        ? new Outcome.Entered<>(account)
        : new Outcome.SwitchedOff<>(account);
  }

  /** The one answer to every refusal. */
  public static Problem refusal() {
    return Problem.of(
            "IDENTITY_REFUSED", ProblemKind.UNAUTHENTICATED, "name or password is not right")
        .withRemedy("Check both; after several attempts wait a while, or ask for a new password.");
  }
}
