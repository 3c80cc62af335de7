package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.ServerAccount;
import dev.undercroft.safekeeping.BackupTaking.Method;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.FaultTable;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups while relations and databases are made, rewritten, moved and dropped all the time. */
class StormTest {

  @TempDir private Path folder;
  private final Queue<Problem> troubles = new ConcurrentLinkedQueue<>();

  /** What the storm does, by the name of the fault. */
  private static Map<String, List<String>> statements() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put(
        "create and drop database, WAL log",
        List.of("create database storm strategy wal_log", "drop database storm"));
    all.put(
        "create and drop database, file copy",
        List.of("create database storm strategy file_copy", "drop database storm"));
    all.put(
        "truncate",
        List.of(
            "truncate storm",
            "insert into storm select g, md5(g::text) from generate_series(1, 500) g"));
    all.put("vacuum full", List.of("delete from storm where n % 3 = 0", "vacuum full storm"));
    all.put(
        "table moved to a tablespace and back",
        List.of(
            "alter table storm set tablespace side",
            "alter table storm set tablespace pg_default"));
    all.put(
        "table made unlogged and logged",
        List.of(
            "alter table storm set unlogged",
            "update storm set t = t || 'x' where n < 200",
            "alter table storm set logged"));
    all.put(
        "table dropped and made anew",
        List.of("drop table storm", "create table storm (n int primary key, t text)"));
    return all;
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  @Tag("long")
  void backups_in_a_storm_of_ddl_restore_to_what_was_committed(PostgresVersion version)
      throws Exception {
    Path side = null;
    Path moved = null;
    FaultTable faults =
        new FaultTable("DDL while backups are taken, PostgreSQL " + version.major());
    try {
      statements().keySet().forEach(each -> faults.expect(each, OUTCOME));
      End end;
      Repository repository = Rig.repository(folder);
      try (PostgresServer server = PostgresServer.start(version, Rig.options(version))) {
        Rig rig = new Rig(server.port());
        side = ownedFolder(server.data());
        moved = ownedFolder(server.data());
        rig.execute("create tablespace side location '" + side + "'");
        rig.execute("create table storm (n int primary key, t text)");
        try (WalReceiver receiver = new WalReceiver(rig.log(), repository, troubles::add);
            Ledger ledger = new Ledger(rig, 1)) {
          receiver.start();
          underStorm(rig, repository, faults);
          Ledger.Moment last = ledger.mark();
          awaitStored(receiver, last);
          end = new End(last, rig.query(DIGEST));
        }
      }
      assertThat(troubles).isEmpty();
      for (BackupSummary backup : new BackupCatalog(repository).list()) {
        check(version, repository, backup, moved, end);
      }
      faults.complete();
    } finally {
      delete(side);
      delete(moved);
    }
  }

  private static final String OUTCOME =
      "every backup restores to exactly the rows and tables of its moment";

  /** A storm writes more log than a busy machine stores in the usual patience. */
  private static void awaitStored(WalReceiver receiver, Ledger.Moment end) {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
    while (receiver.mark().filter(mark -> mark.at().isAfter(end.at())).isEmpty()) {
      assertThat(Instant.now()).as("the end is stored").isBefore(deadline);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static final String DIGEST =
      "select count(*) || md5(string_agg(n || t, ',' order by n)) from storm";

  private static void underStorm(Rig rig, Repository repository, FaultTable faults)
      throws Exception {
    Storm storm = new Storm(rig, faults);
    Thread blowing = Thread.ofPlatform().start(storm);
    try {
      rig.backUp(repository, Method.FULL, storm.hook());
      for (int i = 0; i < 2; i++) {
        rig.backUp(repository, Method.AUTOMATIC, storm.hook());
      }
    } finally {
      storm.closing = true;
      blowing.join();
    }
    assertThat(storm.failure).isNull();
  }

  /** What every backup must lead to: the last moment, and the relation in the storm as it was. */
  private record End(Ledger.Moment last, String storm) {}

  private static void check(
      PostgresVersion version, Repository repository, BackupSummary backup, Path moved, End end)
      throws Exception {
    RestoreWish wish =
        new RestoreWish(
            Optional.of(backup.id()),
            new RecoveryTarget.AtName(end.last().name()),
            OptionalInt.empty());
    Tablespaces tablespaces = Tablespaces.below(moved.resolve(backup.id()));
    try (PostgresServer restored =
        PostgresServer.startOn(
            version,
            data -> {
              RestorePlan plan = new RestorePlanner(repository).plan(wish);
              BackupHeader header =
                  new Restorer(repository, 2, tablespaces).restore(plan.id(), data, Progress.NONE);
              assertThat(header.corrupt()).isEmpty();
              new RestoredLog(plan).prepare(data);
              ServerAccount.current().own(moved.resolve(backup.id()));
            })) {
      Rig rig = new Rig(restored.port());
      assertThat(Ledger.read(rig)).isEqualTo(end.last().counts());
      assertThat(rig.query(DIGEST)).isEqualTo(end.storm());
      assertThat(rig.query("select count(*) from pg_database where datname = 'storm'"))
          .isEqualTo("0");
      if (version == PostgresVersion.V15) {
        assertThat(Tools.amcheck(version, restored)).isEmpty();
      }
    }
  }

  /** Runs all statements over and over, and lets no backup end before each ran during one. */
  private static final class Storm implements Runnable {
    private final Rig rig;
    private final FaultTable faults;
    private volatile boolean closing;
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile Exception failure;

    Storm(Rig rig, FaultTable faults) {
      this.rig = rig;
      this.faults = faults;
    }

    /** Lets a copy wait at its beginning, after the list of files was made, for a whole round. */
    Progress hook() {
      int[] begun = {-1};
      return (step, done, total) -> {
        if (step.equals("copying") && begun[0] < 0) {
          begun[0] = rounds.get();
          Await.until(
              "the storm goes round", () -> rounds.get() >= begun[0] + 1 || failure != null);
        }
      };
    }

    @Override
    public void run() {
      try (Connection connection = rig.connect();
          Statement statement = connection.createStatement()) {
        while (!closing) {
          for (var each : statements().entrySet()) {
            for (String sql : each.getValue()) {
              statement.execute(sql);
            }
            faults.fired(each.getKey());
          }
          rounds.incrementAndGet();
        }
      } catch (SQLException e) {
        failure = e;
      }
    }
  }

  private static Path ownedFolder(Path beside) throws Exception {
    Path made = Files.createDirectory(beside.resolveSibling("tablespace-" + UUID.randomUUID()));
    ServerAccount.current().own(made);
    return made;
  }

  private static void delete(Path top) throws Exception {
    if (top != null) {
      try (Stream<Path> files = Files.walk(top)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
