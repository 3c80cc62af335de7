package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few slow hashes run at once and few wait: a flood of sign-ins is answered with "try again"
 * instead of taking every processor. One for all applications of a process. Thread-safe.
 */
public final class HashGate {

  private final Semaphore running;
  private final Semaphore present;
  private final Duration patience;

  /**
   * A gate.
   *
   * @param running how many hashes run at once, usually the number of processors
   * @param waiting how many more callers may wait
   * @param patience how long one waits
   */
  public HashGate(int running, int waiting, Duration patience) {
    this.running = new Semaphore(running, true);
    this.present = new Semaphore(running + waiting);
    this.patience = patience;
  }

  /** As many as there are processors, sixteen times as many waiting, at most 5 s. */
  public static HashGate usual() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new HashGate(processors, 16 * processors, Duration.ofSeconds(5));
  }

  /**
   * Runs work that hashes.
   *
   * @throws ProblemException {@code IDENTITY_BUSY} if too many are here already, or it took too
   *     long to get in
   */
  public <R> R pass(Supplier<R> work) {
    if (!present.tryAcquire()) {
      throw busy();
    }
    try {
      if (!running.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy();
      }
      try {
        return work.get();
      } finally {
        running.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      present.release();
    }
  }

  private static ProblemException busy() {
    return Problem.of(
            "IDENTITY_BUSY", ProblemKind.EXHAUSTED, "too many passwords are being checked at once")
        .withRemedy("Try again in a few seconds.")
        .exception();
  }
}
