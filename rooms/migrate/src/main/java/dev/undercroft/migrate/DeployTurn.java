package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Lets one deployer at a time work on a database; the next waits, for a while. */
final class DeployTurn {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final MigrationDialect dialect;
  private final MigrationOptions options;
  private final Pause pause;

  DeployTurn(MigrationDialect dialect, MigrationOptions options, Pause pause) {
    this.dialect = dialect;
    this.options = options;
    this.pause = pause;
  }

  /** Does the work with the lock held, and gives the lock back whatever happens. */
  <T> T take(Progress progress, Function<DeployLock, T> work) {
    try (DeployLock lock = dialect.lock(who(options))) {
      acquire(lock, progress);
      return work.apply(lock);
    }
  }

  static String who(MigrationOptions options) {
    String named = options.appliedBy();
    return named.isEmpty() ? System.getProperty("user.name", "unknown") : named;
  }

  private void acquire(DeployLock lock, Progress progress) {
    long end = System.nanoTime() + options.deployerWait().toNanos();
    progress.report("taking the deploy lock", 0, 0);
    Optional<String> holder = lock.tryAcquire();
    while (holder.isPresent()) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        throw Problem.of(
                "MIGRATE_DEPLOYER_BUSY",
                ProblemKind.CONFLICT,
                "another deployer is at work on " + dialect.target())
            .withDetail("It is " + holder.get() + ".")
            .withRemedy(
                "Wait for it, or give it longer than the %d s that were waited."
                    .formatted(options.deployerWait().toSeconds()))
            .exception();
      }
      progress.report("waiting for " + holder.get(), 0, 0);
      pause.take(LOOK_AGAIN);
      holder = lock.tryAcquire();
    }
  }
}
