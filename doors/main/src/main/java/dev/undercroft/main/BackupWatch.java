package dev.undercroft.main;

import dev.undercroft.base.ProblemException;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import dev.undercroft.sdk.DatabaseHealth.Backups;
import dev.undercroft.sdk.DatabaseHealth.Backups.Freshness;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows how backups are without making anybody wait: their repository may be far away. It is asked
 * when somebody wants to know, at most once a minute. Thread-safe.
 */
final class BackupWatch {

  private static final long FRESH = TimeUnit.MINUTES.toNanos(1);

  private final Supplier<Backups> asking;
  private final AtomicReference<@Nullable Backups> known = new AtomicReference<>();
  private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - FRESH);

  BackupWatch(Supplier<Backups> asking) {
    this.asking = asking;
  }

  /** Asks the verb that speaks of the health of backups. */
  static BackupWatch of(Platform platform, Scope scope) {
    Caller watch = new Caller.LocalOperator("health");
    return new BackupWatch(() -> backups(platform.run(watch, new BackupCommand.Health(scope))));
  }

  private static Backups backups(BackupAnswer.Health health) {
    Freshness freshness =
        switch (health.status()) {
          case HEALTHY -> Freshness.HEALTHY;
          case STALE -> Freshness.STALE;
          case NO_BACKUPS -> Freshness.NO_BACKUPS;
        };
    return new Backups(freshness, health.last().map(BackupAnswer.Line::stoppedAt), health.total());
  }

  /** What the last answer said, and asks again when that is old. */
  Optional<Backups> latest() {
    long before = askedAt.get();
    long now = System.nanoTime();
    if (now - before >= FRESH && askedAt.compareAndSet(before, now)) {
      Thread.ofVirtual().name("undercroft-backup-health").start(this::ask);
    }
    return Optional.ofNullable(known.get());
  }

  private void ask() {
    try {
      known.set(asking.get());
    } catch (ProblemException unknown) {
      known.set(null);
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.DEBUG, "the health of backups is not known", unknown);
    }
  }
}
