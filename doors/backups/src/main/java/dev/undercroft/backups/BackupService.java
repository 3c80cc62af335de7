package dev.undercroft.backups;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Service;
import dev.undercroft.pgbackup.WalStreaming;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safekeeping.BackupSchedule;
import dev.undercroft.safekeeping.Lease;
import dev.undercroft.safekeeping.ServerUnderBackup;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.settings.DumpSettings;
import dev.undercroft.settings.Setting;
import dev.undercroft.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What goes on about backups while an instance runs: the log is received all the time, backups are
 * taken when the schedule says so, and what the settings no longer keep is removed. Thread-safe.
 */
public final class BackupService implements Service {

  private static final System.Logger LOG = System.getLogger("undercroft.backups");
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final Clusters clusters;
  private final Scope scope;
  private final Platform platform;
  private final InstantSource clock;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          3, Thread.ofPlatform().daemon().name("backups-", 0).factory());
  private @Nullable Receiving receiving;
  private @Nullable Instant next;
  private volatile boolean closed;

  /** What is open while the log is received. */
  private record Receiving(BackupPlace place, Cluster cluster, Lease lease, WalReceiver receiver) {
    void close() {
      receiver.close();
      lease.close();
      cluster.close();
      place.close();
    }
  }

  /**
   * A service that does nothing yet.
   *
   * @param clusters finds servers and settings
   * @param scope what the instance serves
   * @param platform carries out what is due, so that it is audited like everything else
   * @param clock says when
   */
  public BackupService(Clusters clusters, Scope scope, Platform platform, InstantSource clock) {
    this.clusters = clusters;
    this.scope = scope;
    this.platform = platform;
    this.clock = clock;
  }

  /** Begins; failures are told in the log and tried again. */
  @Override
  public void start() {
    Settings settings = clusters.site(scope).settings();
    Optional<String> schedule = settings.find(BackupSettings.SCHEDULE);
    if (isContinuous(settings)) {
      var _ = threads.scheduleWithFixedDelay(this::receive, 0, RETRY.toSeconds(), TimeUnit.SECONDS);
    } else {
      threads.execute(this::letGo);
    }
    if (schedule.isPresent()) {
      BackupSchedule times =
          new BackupSchedule(schedule.get(), ZoneId.of(settings.get(BackupSettings.TIME_ZONE)));
      var _ =
          threads.scheduleWithFixedDelay(
              () -> tick(times, settings), TICK.toSeconds(), TICK.toSeconds(), TimeUnit.SECONDS);
    }
    regularly(settings, BackupSettings.DRILL_SCHEDULE, "the scheduled drill", this::drill);
    regularly(settings, DumpSettings.SCHEDULE, "the scheduled dump", this::dump);
    regularly(settings, BackupSettings.VERIFY_SCHEDULE, "the scheduled check", this::verify);
  }

  /** What was missed is not made up for: the next time comes soon enough. */
  private void regularly(Settings settings, Setting<String> schedule, String what, Runnable work) {
    Optional<String> fields = settings.find(schedule);
    if (fields.isPresent()) {
      BackupSchedule times =
          new BackupSchedule(fields.get(), ZoneId.of(settings.get(BackupSettings.TIME_ZONE)));
      AtomicReference<@Nullable Instant> next = new AtomicReference<>();
      var _ =
          threads.scheduleWithFixedDelay(
              () -> safely(what, () -> tick(times, next, work)),
              TICK.toSeconds(),
              TICK.toSeconds(),
              TimeUnit.SECONDS);
    }
  }

  private void tick(BackupSchedule times, AtomicReference<@Nullable Instant> next, Runnable work) {
    Instant now = clock.instant();
    Instant due = next.get();
    if (due == null) {
      next.set(times.next(now).orElse(null));
    } else if (!now.isBefore(due)) {
      next.set(times.next(now).orElse(null));
      work.run();
    }
  }

  /** Whether the log is received all the time. */
  static boolean isContinuous(Settings settings) {
    return settings
        .find(BackupSettings.CONTINUOUS)
        .orElse(settings.find(BackupSettings.SCHEDULE).isPresent());
  }

  /** Receives, unless it does so already. */
  private synchronized void receive() {
    if (receiving != null || closed) {
      return;
    }
    BackupPlace place = null;
    Cluster cluster = null;
    Lease lease = null;
    try {
      place = BackupPlace.of(clusters.site(scope).settings());
      cluster = clusters.open(scope);
      ServerUnderBackup server = BackupServer.of(cluster, place.repository());
      lease =
          Lease.take(place.repository(), "log-" + server.log().current().systemIdentifier(), clock);
      WalReceiver receiver = new WalReceiver(server.log(), place.repository(), this::tell);
      receiver.start();
      receiving = new Receiving(place, cluster, lease, receiver);
    } catch (IOException | RuntimeException later) {
      if (later instanceof ProblemException problem) {
        tell(problem.first());
      } else {
        LOG.log(System.Logger.Level.ERROR, "the log is not received yet", later);
      }
      closeAll(lease, cluster, place);
    }
  }

  private static void closeAll(
      @Nullable Lease lease, @Nullable Cluster cluster, @Nullable BackupPlace place) {
    if (lease != null) {
      lease.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (place != null) {
      place.close();
    }
  }

  private void tell(Problem problem) {
    if (!closed) {
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", problem.code(), problem.message());
    }
  }

  /** Nobody receives any more: the server need not keep its log. */
  private void letGo() {
    safely(
        "looking for unused slots",
        () -> {
          if (clusters.remote(scope).isEmpty()) {
            letGoOfSlots();
          }
        });
  }

  private void letGoOfSlots() {
    try (Cluster cluster = clusters.open(scope)) {
      PostgresConnections connections =
          new PostgresConnections(cluster.administrator(), "undercroft backup");
      WalStreaming.releaseAll(connections::open);
    }
  }

  private void tick(BackupSchedule times, Settings settings) {
    safely(
        "the scheduled backup",
        () -> {
          Instant due = due(times, settings);
          if (due != null && !clock.instant().isBefore(due)) {
            next = times.next(clock.instant()).orElse(null);
            backUp();
          }
        });
  }

  private void drill() {
    BackupAnswer.Drilled drilled =
        platform.run(new Caller.LocalOperator("schedule"), new BackupCommand.Drill(scope));
    LOG.log(
        drilled.passed() ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
        "the drill of {0} {1}: a restore takes {2}",
        drilled.backup(),
        drilled.passed() ? "passed" : "failed",
        drilled.duration());
  }

  private void dump() {
    BackupAnswer.Dumped dumped =
        platform.run(new Caller.LocalOperator("schedule"), new BackupCommand.Dump(scope));
    dumped
        .dumps()
        .forEach(each -> LOG.log(System.Logger.Level.INFO, "{0} is written", each.file()));
  }

  private void verify() {
    BackupAnswer.Checked checked =
        platform.run(
            new Caller.LocalOperator("schedule"),
            new BackupCommand.Verify(scope, Optional.empty()));
    LOG.log(System.Logger.Level.INFO, "{0} backups were read back", checked.checked().size());
    checked.damage().forEach(this::tell);
  }

  private static void safely(String what, Runnable work) {
    try {
      work.run();
    } catch (ProblemException problem) {
      problem
          .problems()
          .forEach(each ->
              LOG.log(
                  System.Logger.Level.ERROR,
                  "{0} failed: {1}: {2}",
                  what,
                  each.code(),
                  each.message()));
    } catch (RuntimeException defect) {
      LOG.log(System.Logger.Level.ERROR, what + " failed", defect);
    }
  }

  /** The first time is now when one was missed. */
  private @Nullable Instant due(BackupSchedule times, Settings settings) {
    if (next == null) {
      Optional<Instant> last = lastBackup(settings);
      next =
          times.isOverdue(last, clock.instant())
              ? clock.instant()
              : times.next(clock.instant()).orElse(null);
    }
    return next;
  }

  private static Optional<Instant> lastBackup(Settings settings) {
    return BackupPlace.find(settings).flatMap(BackupService::lastBackup);
  }

  private static Optional<Instant> lastBackup(BackupPlace opened) {
    try (BackupPlace place = opened) {
      return new BackupCatalog(place.repository())
          .list().stream()
              .filter(BackupSummary::isRestorable)
              .map(BackupSummary::stoppedAt)
              .findFirst();
    } catch (IOException unknown) {
      LOG.log(System.Logger.Level.WARNING, "the last backup is not known", unknown);
      return Optional.empty();
    }
  }

  private void backUp() {
    Caller schedule = new Caller.LocalOperator("schedule");
    var made =
        platform.run(
            schedule,
            new BackupCommand.Create(
                scope, BackupCommand.Method.AUTOMATIC, BackupCommand.ReadBack.YES));
    LOG.log(System.Logger.Level.INFO, "scheduled backup {0} is done", made.backup().id());
    var removed = platform.run(schedule, new BackupCommand.Prune(scope, BackupCommand.Action.RUN));
    LOG.log(System.Logger.Level.INFO, "{0} objects were removed by retention", removed.objects());
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    synchronized (this) {
      if (receiving != null) {
        receiving.close();
        receiving = null;
      }
    }
    threads.shutdownNow();
  }
}
