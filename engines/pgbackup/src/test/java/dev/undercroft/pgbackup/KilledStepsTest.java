package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Verification;
import dev.undercroft.base.Progress;
import dev.undercroft.pgbackup.OtherProcess.Verb;
import dev.undercroft.safekeeping.BackupTaking.Method;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.FaultTable;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies before one of its steps, one step after the other. */
class KilledStepsTest {

  private static final String BACKUP = "backup: process halted before a step";
  private static final String RECEIPT = "log receipt: process halted before a step";
  private static final String PRUNE =
      "retention and garbage collection: process halted before a step";
  private static final String RESTORE = "restore: process halted before it reads a part";
  private static final String DIGEST =
      "select count(*) || ' ' || md5(string_agg(n || filler, ',' order by n)) from ledger";

  @TempDir private Path folder;
  private Random random = new Random();
  private Path store = Path.of("");

  @BeforeEach
  void prepare() {
    long seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("undercroft.seed=" + seed);
    random = new Random(seed);
    store = folder.resolve("repository");
  }

  @Test
  @Tag("long")
  void whatever_step_a_process_dies_before_the_next_one_goes_on() throws Exception {
    dieBeforeSteps(7);
  }

  @Test
  @Tag("long")
  void whichever_of_all_steps_a_process_dies_before_the_next_one_goes_on() throws Exception {
    dieBeforeSteps(1);
  }

  /** With a stride of 1 every step is taken, else one in so many. */
  private void dieBeforeSteps(int stride) throws Exception {
    FaultTable faults = announced();
    try (PostgresServer server =
        PostgresServer.start(PostgresVersion.V18, Rig.options(PostgresVersion.V18))) {
      Rig rig = new Rig(server.port());
      rig.execute("create table ledger (n bigint primary key, filler text)");
      write(rig, 1);
      rig.backUp(repository(), Method.FULL, Progress.NONE);
      backups(rig, faults, stride);
      receipts(rig, faults, stride);
      prunes(rig, faults, stride);
      String digest = rig.query(DIGEST);
      restores(faults, stride * 4);
      try (PostgresServer restored =
          Rig.restored(PostgresVersion.V18, repository(), RestoreWish.latest())) {
        assertThat(new Rig(restored.port()).query(DIGEST)).isEqualTo(digest);
      }
    }
    faults.complete();
  }

  private static FaultTable announced() {
    return new FaultTable("Processes that die, PostgreSQL 18")
        .expect(BACKUP, "nothing unsound is listed; the next backup succeeds")
        .expect(RECEIPT, "no gap; the next receiver goes on where the repository ends")
        .expect(PRUNE, "what is kept stays whole; the next run comes to the end")
        .expect(
            RESTORE, "no pg_control in the target, so nothing can start it; refused until emptied");
  }

  private Repository repository() throws IOException {
    return Rig.repository(store);
  }

  private static void write(Rig rig, int from) throws SQLException {
    rig.execute(
        "insert into ledger select g, md5(g::text) from generate_series(%d, %d) g"
            .formatted(from, from + 999));
  }

  private int next(int step, int stride) {
    return step + 1 + random.nextInt(stride);
  }

  private void backups(Rig rig, FaultTable faults, int stride) throws Exception {
    boolean dies = true;
    for (int step = random.nextInt(stride); dies; step = next(step, stride)) {
      int before = new BackupCatalog(repository()).list().size();
      try (OtherProcess backup = OtherProcess.halting(Verb.BACKUP, rig, store, step)) {
        OtherProcess.Ended ended = backup.ended();
        dies = ended.halted();
        assertThat(ended.exit()).as(ended.text()).isIn(0, 128 + 9);
      }
      if (dies) {
        assertSound(before);
        faults.fired(BACKUP);
      }
    }
    assertThat(rig.backUp(repository(), Method.AUTOMATIC, Progress.NONE).isRestorable()).isTrue();
  }

  /** One whose manifest was stored before the process died counts once its log is proven whole. */
  private void assertSound(int before) throws Exception {
    var all = new BackupCatalog(repository()).list();
    assertThat(all.size()).isBetween(before, before + 1);
    for (BackupSummary each : all) {
      if (each.isRestorable()) {
        assertThat(new Verification(repository()).verify(each.id(), Progress.NONE)).isEmpty();
      }
    }
  }

  private void receipts(Rig rig, FaultTable faults, int stride) throws Exception {
    for (int step = random.nextInt(stride);
        step < (stride == 1 ? 6 : 8);
        step = next(step, stride)) {
      try (OtherProcess receiver = OtherProcess.halting(Verb.RECEIVE, rig, store, step % 6)) {
        write(rig, 10_000 * (step + 1));
        rig.execute("select pg_switch_wal()");
        assertThat(receiver.ended().halted()).isTrue();
      }
      faults.fired(RECEIPT);
    }
    try (OtherProcess _ = OtherProcess.receiving(rig, store)) {
      String end = rig.query("select pg_current_wal_insert_lsn()");
      Await.until(
          "all is acknowledged",
          () ->
              "t"
                  .equals(
                      rig.query(
                          "select restart_lsn >= '%s' from pg_replication_slots".formatted(end))));
    }
  }

  private void prunes(Rig rig, FaultTable faults, int stride) throws Exception {
    rig.backUpVerified(repository());
    boolean dies = true;
    for (int step = random.nextInt(stride); dies; step = next(0, stride)) {
      try (OtherProcess prune = OtherProcess.halting(Verb.PRUNE, rig, store, step)) {
        OtherProcess.Ended ended = prune.ended();
        dies = ended.halted();
        assertThat(ended.exit()).as(ended.text()).isIn(0, 128 + 9);
      }
      if (dies) {
        faults.fired(PRUNE);
      }
      for (BackupSummary each : new BackupCatalog(repository()).list()) {
        assertThat(new Verification(repository()).verify(each.id(), Progress.NONE)).isEmpty();
      }
    }
    assertThat(new BackupCatalog(repository()).list()).hasSize(1);
  }

  private void restores(FaultTable faults, int stride) throws Exception {
    boolean dies = true;
    for (int step = random.nextInt(stride); dies; step = next(step, stride)) {
      Path target = folder.resolve("target-" + step);
      try (OtherProcess restore =
          OtherProcess.restoring(java.util.List.of(), store, step, target)) {
        OtherProcess.Ended ended = restore.ended();
        dies = ended.halted();
        assertThat(ended.exit()).as(ended.text()).isIn(0, 128 + 9);
      }
      boolean hasControl = Files.exists(target.resolve("global/pg_control"));
      if (dies && !hasControl) {
        faults.fired(RESTORE);
      }
      // The log is fetched after the files; a server told to recover does not start without it.
      assertThat(hasControl && dies && !Files.exists(target.resolve("backup_label"))).isFalse();
    }
    Optional<BackupSummary> left = new BackupCatalog(repository()).list().stream().findFirst();
    assertThat(left).isPresent();
  }
}
