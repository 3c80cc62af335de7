package dev.undercroft.migrate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Waits a while. */
@FunctionalInterface
interface Pause {

  /** Waits by the clock of this machine; an interrupted thread stays interrupted and returns. */
  Pause REAL =
      time -> {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos();
            left > 0 && !Thread.currentThread().isInterrupted();
            left = end - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
      };

  /** Waits about so long. */
  void take(Duration time);

  /**
   * How long to wait before trying again: doubles from 200 ms to 10 s, and is drawn from the upper
   * half of that, so that two who wait do not meet again.
   */
  static Duration backOff(int attempt, RandomGenerator random) {
    long most = Math.min(10_000, 200L << Math.min(attempt - 1, 10));
    return Duration.ofMillis(random.nextLong(most / 2, most + 1));
  }
}
