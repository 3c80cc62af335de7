package dev.undercroft.plan;

import java.time.Duration;

/**
 * How long a plan waits while it is carried out. A step that waits for a strong lock makes
 * everybody wait who comes after it, so it gives up soon, lets them pass, and tries again.
 * Immutable.
 *
 * @param lock how long a step waits for its lock before it gives way; zero means without end
 * @param statement how long any step may run; zero means without end
 * @param attempts how often a transaction is begun before it is given up, at least 1
 */
public record Patience(Duration lock, Duration statement, int attempts) {

  /** Waits without end: for copies that nobody else uses. */
  public static final Patience ENDLESS = new Patience(Duration.ZERO, Duration.ZERO, 1);

  /** Three seconds for a lock, ten times; statements may take what they take. */
  public static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ZERO, 10);

  /** How many times the patience for its lock a step may run that should take milliseconds. */
  private static final int BRIEF = 10;

  /** Checks the numbers. */
  public Patience {
    if (lock.isNegative() || statement.isNegative() || attempts < 1) {
      throw new IllegalArgumentException("patience " + lock + ", " + statement + ", " + attempts);
    }
  }

  /**
   * How long this step waits for its lock; zero means without end. What is built concurrently waits
   * for old transactions and stops nobody meanwhile.
   */
  public Duration lockFor(Step step) {
    return step.transaction() == Transaction.OUTSIDE ? Duration.ZERO : lock;
  }

  /**
   * How long this step may run; zero means without end. One that stops others and should only touch
   * the system tables is given up early: something about it is not as it was thought.
   */
  public Duration timeFor(Step step) {
    boolean brief = step.work() == Work.CATALOG && step.lock().compareTo(Lock.SHARE) >= 0;
    Duration most = lock.multipliedBy(BRIEF);
    boolean capped = brief && !most.isZero();
    return capped && (statement.isZero() || most.compareTo(statement) < 0) ? most : statement;
  }
}
