package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Retention;
import dev.undercroft.backup.WalArchive;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.safekeeping.BackupTaking.Method;
import dev.undercroft.safekeeping.Pruning;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.FaultTable;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writers commit numbered rows while backups are taken, the log is received, old backups are
 * removed, and processes and connections die. Whatever moment is restored afterwards has exactly
 * the rows that were committed by then.
 */
class LedgerTest {

  private static final String LOG_CONNECTION = "connection of the log receiver cut";
  private static final String RECEIVER = "process of the log receiver killed";
  private static final String SERVER = "all processes of the server killed";
  private static final String BACKUP_CONNECTION = "connection of a backup cut while it copies";
  private static final String BACKUP = "process of a backup killed while it copies";
  private static final String SERVER_IN_BACKUP = "server killed while a backup copies";

  @TempDir private Path folder;
  private long seed;

  @BeforeEach
  void draw() {
    seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("undercroft.seed=" + seed);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  @Tag("AT-086")
  @Tag("CP-148")
  void moments_between_faults_come_back_with_exactly_their_rows(PostgresVersion version)
      throws Exception {
    play(version, 1, 4);
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  @Tag("long")
  void a_hundred_moments_between_faults_come_back_with_exactly_their_rows(PostgresVersion version)
      throws Exception {
    play(version, 6, 100);
  }

  private void play(PostgresVersion version, int rounds, int targets) throws Exception {
    FaultTable faults = announced(version);
    List<Ledger.Moment> moments;
    try (PostgresServer server = PostgresServer.start(version, Rig.options(version))) {
      moments = new Run(server, faults, folder, new Random(seed)).through(rounds);
    }
    check(version, moments, targets);
    faults.complete();
  }

  private static FaultTable announced(PostgresVersion version) {
    return new FaultTable("Ledger, PostgreSQL " + version.major())
        .expect(LOG_CONNECTION, "received again where the repository ends; nothing missing")
        .expect(RECEIVER, "the next one goes on where the repository ends; nothing missing")
        .expect(SERVER, "received again after its recovery; nothing missing")
        .expect(BACKUP_CONNECTION, "the backup fails and does not exist; the next one succeeds")
        .expect(BACKUP, "the backup does not exist; the next one succeeds")
        .expect(SERVER_IN_BACKUP, "the backup fails and does not exist; the next one succeeds");
  }

  /** One life of a server under faults. */
  private static final class Run {
    private final Rig rig;
    private final PostgresServer server;
    private final FaultTable faults;
    private final Path folder;
    private final Random random;
    private final Repository repository;
    private OtherProcess receiver;

    Run(PostgresServer server, FaultTable faults, Path folder, Random random) throws Exception {
      this.rig = new Rig(server.port());
      this.server = server;
      this.faults = faults;
      this.folder = folder;
      this.random = random;
      this.repository = Rig.repository(folder);
      this.receiver = OtherProcess.receiving(rig, folder);
    }

    List<Ledger.Moment> through(int rounds) throws Exception {
      try (Ledger ledger = new Ledger(rig, random.nextLong())) {
        rig.backUp(repository, Method.FULL, Progress.NONE);
        for (int round = 0; round < rounds; round++) {
          for (String fault : faults.faults()) {
            progress(ledger);
            fire(fault);
            faults.fired(fault);
            progress(ledger);
            if (random.nextInt(2) == 0) {
              rig.backUp(repository, Method.AUTOMATIC, Progress.NONE);
            }
          }
          prune();
        }
        Ledger.Moment last = ledger.mark();
        Await.until("the end is stored", () -> isStored(last));
        return ledger.moments();
      } finally {
        receiver.close();
      }
    }

    /** Some more commits, with moments among them. */
    private static void progress(Ledger ledger) {
      for (int i = 0; i < 2; i++) {
        Ledger.Moment before = ledger.mark();
        Await.until("more rows", () -> sum(ledger.mark()) > sum(before) + 10);
      }
    }

    private static long sum(Ledger.Moment moment) {
      return moment.counts().stream().mapToLong(Long::longValue).sum();
    }

    private boolean isStored(Ledger.Moment moment) throws IOException, SQLException {
      WalArchive archive =
          WalArchive.of(repository, new BackupCatalog(repository).list().getFirst().start());
      return archive.mark().filter(mark -> mark.at().isAfter(moment.at())).isPresent();
    }

    private void fire(String fault) throws Exception {
      switch (fault) {
        case LOG_CONNECTION -> cut("select active_pid from pg_replication_slots");
        case RECEIVER -> {
          assertThat(receiver.kill()).isTrue();
          receiver = OtherProcess.receiving(rig, folder);
        }
        case SERVER -> crash();
        case BACKUP_CONNECTION ->
            failing(() -> cut("select pid from pg_stat_activity where query ~ 'recursive tree'"));
        case SERVER_IN_BACKUP -> failing(this::crash);
        default -> {
          int before = new BackupCatalog(repository).list().size();
          try (OtherProcess backup = OtherProcess.backingUp(rig, folder)) {
            assertThat(backup.reaches("copying")).isTrue();
            assertThat(backup.kill()).isTrue();
          }
          assertThat(new BackupCatalog(repository).list()).hasSize(before);
        }
      }
    }

    private void crash() throws SQLException {
      String started = rig.query("select pg_postmaster_start_time()");
      server.crash();
      Await.until("the server has recovered", this::answers);
      assertThat(rig.query("select pg_postmaster_start_time()")).isNotEqualTo(started);
    }

    private boolean answers() {
      try {
        return rig.query("select 1").equals("1");
      } catch (SQLException notYet) {
        return false;
      }
    }

    private void cut(String pids) {
      Await.until(
          "the connection is cut",
          () -> {
            String cut =
                rig.query(
                    "select bool_or(pg_terminate_backend(pid)) from (%s) as one(pid) where pid <> pg_backend_pid()"
                        .formatted(pids));
            return "t".equals(cut);
          });
    }

    /** What happens in the middle of a backup. */
    private interface Event {
      void happen() throws Exception;
    }

    private void failing(Event event) throws Exception {
      int before = new BackupCatalog(repository).list().size();
      AtomicBoolean happened = new AtomicBoolean();
      Progress hook =
          (step, done, total) -> {
            if (step.equals("copying") && happened.compareAndSet(false, true)) {
              try {
                event.happen();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          };
      String code = "none";
      try {
        rig.backUp(repository, Method.AUTOMATIC, hook);
      } catch (ProblemException refused) {
        code = refused.first().code();
      }
      assertThat(happened).isTrue();
      assertThat(code).isEqualTo("BACKUP_SERVER_REFUSED");
      assertThat(new BackupCatalog(repository).list()).hasSize(before);
    }

    /** As if an hour had passed, so that what broken backups left behind goes too. */
    private void prune() throws IOException {
      InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
      rig.backUpVerified(repository);
      new Pruning(repository, later).prune(new Retention(0, 3, 0, 0, 0, 0));
    }
  }

  private void check(PostgresVersion version, List<Ledger.Moment> moments, int targets)
      throws Exception {
    Repository repository = Rig.repository(folder);
    List<BackupSummary> backups = new BackupCatalog(repository).list();
    Instant first = backups.getLast().stoppedAt();
    Lsn start = backups.getLast().stoppedPosition();
    List<Ledger.Moment> reachable =
        moments.stream()
            .filter(moment -> moment.at().isAfter(first) && !moment.lsn().isBefore(start))
            .toList();
    assertThat(reachable).hasSizeGreaterThan(5);
    Random random = new Random(seed);
    for (int i = 0; i < targets; i++) {
      int drawn = random.nextInt(reachable.size() - 1);
      Ledger.Moment moment = reachable.get(drawn);
      RecoveryTarget target = target(moment, i % 4, reachable.get(drawn + 1), random);
      Optional<String> backup = drawn(backups, moment, random);
      try (PostgresServer restored =
          Rig.restored(version, repository, new RestoreWish(backup, target, OptionalInt.empty()))) {
        List<Long> rows = Ledger.read(new Rig(restored.port()));
        if (i % 4 == 3) {
          assertBetween(rows, moment, reachable.get(drawn + 1));
        } else {
          assertThat(rows).as("%s from %s", target, backup).isEqualTo(moment.counts());
        }
      }
    }
  }

  private static RecoveryTarget target(
      Ledger.Moment moment, int kind, Ledger.Moment next, Random random) {
    return switch (kind) {
      case 0 -> new RecoveryTarget.AtTime(moment.at());
      case 1 -> new RecoveryTarget.AtLsn(moment.lsn());
      case 2 -> new RecoveryTarget.AtName(moment.name());
      default -> {
        long micros = Duration.between(moment.at(), next.at()).toNanos() / 1000;
        yield new RecoveryTarget.AtTime(moment.at().plusNanos(random.nextLong(micros + 1) * 1000));
      }
    };
  }

  /** Any backup that ends before the moment will do; sometimes the planner chooses. */
  private static Optional<String> drawn(
      List<BackupSummary> backups, Ledger.Moment moment, Random random) {
    List<String> fitting = new ArrayList<>();
    for (BackupSummary backup : backups) {
      if (backup.isRestorable()
          && backup.stoppedAt().isBefore(moment.at())
          && !moment.lsn().isBefore(backup.stoppedPosition())) {
        fitting.add(backup.id());
      }
    }
    int drawn = random.nextInt(fitting.size() + 1);
    return drawn == fitting.size() ? Optional.empty() : Optional.of(fitting.get(drawn));
  }

  private static void assertBetween(List<Long> rows, Ledger.Moment moment, Ledger.Moment next) {
    for (int writer = 0; writer < Ledger.WRITERS; writer++) {
      assertThat(rows.get(writer))
          .isBetween(moment.counts().get(writer), next.counts().get(writer));
    }
  }
}
