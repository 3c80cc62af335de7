package dev.undercroft.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, with a deadline. */
public final class Await {

  /** Long enough for a loaded machine; reached only by a test that fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private Await() {}

  /**
   * Asks again and again, every few milliseconds, until the answer is true.
   *
   * @param what what is awaited, for the message of the failure
   * @throws AssertionError after {@link #PATIENCE}
   */
  public static void until(String what, Callable<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long pause = TimeUnit.MILLISECONDS.toNanos(2);
    while (!holds(what, condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static boolean holds(String what, Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError("while waiting: " + what, e);
    }
  }
}
