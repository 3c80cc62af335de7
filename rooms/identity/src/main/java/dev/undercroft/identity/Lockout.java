package dev.undercroft.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A fixed rule of lockout: after so many failures in a row, nobody signs in for a while, the owner
 * with the right password neither. Immutable. Where no document demands this rule, {@link Backoff}
 * is better: with a fixed lockout, whoever knows an address can lock its owner out.
 *
 * <p>The application counts in its own table, before the password is checked and in one statement,
 * so that guesses at the same time cannot exceed the limit:
 *
 * <pre>{@code
 * update users set
 *   failed_login_attempts = case when locked_until <= now() then 1 else failed_login_attempts + 1 end,
 *   locked_until = case when … >= 5 then now() + interval '15 minutes' end
 * where id = ? and (locked_until is null or locked_until <= now())
 * }</pre>
 *
 * <p>This class is that rule as a function.
 *
 * @param failures how many failures in a row lock
 * @param lasting how long the lock lasts
 */
public record Lockout(int failures, Duration lasting) {

  /** Five failures, 15 minutes. */
  public static final Lockout FIVE_IN_A_ROW = new Lockout(5, Duration.ofMinutes(15));

  /**
   * What is stored of an account.
   *
   * @param failures how many in a row so far
   * @param lockedUntil the end of the lock, past or to come
   */
  public record State(int failures, Optional<Instant> lockedUntil) {

    /** Nothing happened yet, or the last sign-in succeeded. */
    public static final State CLEAN = new State(0, Optional.empty());

    /** Whether nobody signs in at this time. */
    public boolean isLocked(Instant now) {
      return lockedUntil.isPresent() && lockedUntil.get().isAfter(now);
    }
  }

  /**
   * The state after one more attempt has been counted as failed; an attempt that then succeeds sets
   * it to {@link State#CLEAN}. A lock that has run out forgives what was before.
   */
  public State counted(State state, Instant now) {
    if (state.isLocked(now)) {
      return state;
    }
    int count = state.lockedUntil().isPresent() ? 1 : state.failures() + 1;
    return new State(count, count >= failures ? Optional.of(now.plus(lasting)) : Optional.empty());
  }
}
