package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.Verification;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.safekeeping.BackupTaking.Method;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.FaultTable;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A medium that is full, and one that gives back other bytes than it was given. */
class StoreFaultsTest {

  private static final String FULL_BACKUP = "repository's disk full while a backup stores a blob";
  private static final String FULL_RECEIPT = "repository's disk full while the log is stored";
  private static final String FULL_TARGET = "target's disk full while a restore writes";
  private static final String NO_SPACE = "No space left on device";

  @TempDir private Path folder;
  private Random random = new Random();

  @BeforeEach
  void draw() {
    long seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("undercroft.seed=" + seed);
    random = new Random(seed);
  }

  /** The kernel's own refusal, from the device that is always full. */
  private static void fillUp() throws IOException {
    Files.write(Path.of("/dev/full"), new byte[1]);
  }

  @Test
  void a_full_disk_stops_what_writes_and_takes_nothing_that_was_stored() throws Exception {
    FaultTable faults =
        new FaultTable("A full disk, PostgreSQL 18")
            .expect(
                FULL_BACKUP,
                "the backup fails with the system's words and does not exist; the next one succeeds")
            .expect(
                FULL_RECEIPT,
                "told once per try; the server keeps its log; no gap once there is room")
            .expect(
                FULL_TARGET,
                "the restore fails; no pg_control in the target, so nothing can start it");
    try (PostgresServer server =
        PostgresServer.start(PostgresVersion.V18, Rig.options(PostgresVersion.V18))) {
      Rig rig = new Rig(server.port());
      rig.backUp(repository(), Method.FULL, Progress.NONE);
      fullWhileBackingUp(rig, faults);
      fullWhileReceiving(rig, faults);
      fullWhileRestoring(faults);
    }
    faults.complete();
  }

  private Repository repository() throws IOException {
    return Rig.repository(folder.resolve("repository"));
  }

  private Repository repository(FaultyStore.Gate gate) throws IOException {
    return Repository.open(
        new FaultyStore(new DiskBlobStore(folder.resolve("repository")), gate), Rig.keys());
  }

  /** The first put of each kind of blob that a backup stores by itself. */
  private void fullWhileBackingUp(Rig rig, FaultTable faults) throws Exception {
    for (String kind : List.of("keys/", "packs/", "backups/")) {
      AtomicBoolean full = new AtomicBoolean();
      Repository repository =
          repository((operation, name, number) -> {
            boolean isFirst =
                operation == FaultyStore.Operation.PUT
                    && name.text().startsWith(kind)
                    && !full.getAndSet(true);
            if (isFirst) {
              fillUp();
            }
          });
      int before = new BackupCatalog(repository).list().size();
      assertThatThrownBy(() -> rig.backUp(repository, Method.AUTOMATIC, Progress.NONE))
          .as(kind)
          .hasStackTraceContaining(NO_SPACE);
      assertThat(new BackupCatalog(repository).list()).hasSize(before);
      faults.fired(FULL_BACKUP);
      assertThat(rig.backUpVerified(repository).isProven()).isTrue();
    }
  }

  private void fullWhileReceiving(Rig rig, FaultTable faults) throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    AtomicInteger refused = new AtomicInteger();
    Queue<Problem> troubles = new ConcurrentLinkedQueue<>();
    Repository repository =
        repository((operation, name, number) -> {
          if (operation == FaultyStore.Operation.PUT && full.get()) {
            refused.incrementAndGet();
            fillUp();
          }
        });
    try (WalReceiver receiver = new WalReceiver(rig.log(), repository, troubles::add)) {
      receiver.start();
      rig.execute("create table more as select g from generate_series(1, 10000) g");
      rig.execute("select pg_switch_wal()");
      Await.until("the disk refuses twice", () -> refused.get() >= 2);
      assertThat(troubles).isNotEmpty();
      assertThat(troubles)
          .allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("BACKUP_WAL_NOT_STORED");
            assertThat(problem.message()).contains(NO_SPACE);
          });
      full.set(false);
      rig.execute("create table most as select g from generate_series(1, 10000) g");
      String end = rig.query("select pg_current_wal_flush_lsn()");
      Await.until(
          "all is stored",
          () ->
              receiver
                  .durable()
                  .filter(at -> !at.isBefore(dev.undercroft.backup.Lsn.parse(end)))
                  .isPresent());
    }
    try (PostgresServer restored =
        Rig.restored(PostgresVersion.V18, repository, RestoreWish.latest())) {
      assertThat(new Rig(restored.port()).query("select count(*) from most")).isEqualTo("10000");
    }
    faults.fired(FULL_RECEIPT);
  }

  /** In a mount namespace of its own, whose tmpfs is smaller than the backup. */
  private void fullWhileRestoring(FaultTable faults) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path copy = disk.resolve("copy");
    String listing = "find " + copy + " -name 'pg_control*'; du -s " + copy;
    List<String> before =
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=8m none \"$0\" && \"$@\"; echo status $?; " + listing,
            disk.toString());
    try (OtherProcess restore =
        OtherProcess.restoring(before, folder.resolve("repository"), Integer.MAX_VALUE, copy)) {
      OtherProcess.Ended ended = restore.ended();
      assertThat(ended.text()).contains(NO_SPACE, "status 1").doesNotContain("global/pg_control\n");
    }
    faults.fired(FULL_TARGET);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("CP-035")
  @Tag("CP-040")
  void a_flipped_bit_is_told_with_the_name_of_its_object_or_changes_nothing(boolean encrypted)
      throws Exception {
    String section = "One flipped bit, " + (encrypted ? "encrypted" : "not encrypted");
    FaultTable faults = new FaultTable(section);
    KeyRing keys = encrypted ? Rig.keys() : null;
    Path store = folder.resolve("repository");
    try (PostgresServer server =
        PostgresServer.start(PostgresVersion.V18, Rig.options(PostgresVersion.V18))) {
      Rig rig = new Rig(server.port());
      Repository repository = Repository.open(new DiskBlobStore(store), keys);
      rig.execute("create table item as select g, md5(g::text) from generate_series(1, 9000) g");
      rig.backUpVerified(repository);
      rig.execute("insert into item values (9001, 'log behind the backup')");
      rig.backUpVerified(repository);
    }
    String sound = restored(store, keys, "sound");
    for (var kind : kinds(store).entrySet()) {
      String fault = "a bit of " + kind.getKey();
      faults.expect(fault, "told with the object's name, or of no effect on what is restored");
      for (Path object : drawn(kind.getValue())) {
        flip(store, keys, object, sound);
        faults.fired(fault);
      }
    }
    faults.complete();
  }

  /** One of each kind is enough for every build; over time every one has its turn. */
  private List<Path> drawn(List<Path> all) {
    return List.of(all.get(random.nextInt(all.size())));
  }

  private static Map<String, List<Path>> kinds(Path store) throws IOException {
    Map<String, List<Path>> kinds = new TreeMap<>();
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = store.relativize(file).toString();
        String kind =
            name.replaceAll("^backups/[^/]+/", "a backup's ")
                .replaceAll("^keys/.*", "a wrapped key")
                .replaceAll("^packs/.*", "a pack")
                .replaceAll("^leases/.*", "a lease")
                .replaceAll("^wal/.*\\.seg$", "a log segment")
                .replaceAll("^wal/.*slices.*", "a log slice")
                .replaceAll("^wal/.*mark$", "the log's mark");
        kinds.computeIfAbsent(kind, k -> new java.util.ArrayList<>()).add(file);
      }
    }
    return kinds;
  }

  private void flip(Path store, KeyRing keys, Path object, String sound) throws Exception {
    byte[] before = Files.readAllBytes(object);
    byte[] changed = before.clone();
    int bit = random.nextInt(changed.length * 8);
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    Files.write(object, changed);
    String name = store.relativize(object).toString();
    String known = name.startsWith("keys/") ? name.substring(5, 41) : name;
    try {
      assertThat(restored(store, keys, "flipped")).as("bit %d of %s", bit, name).isEqualTo(sound);
    } catch (ProblemException told) {
      if (!name.equals("repository.json")) {
        assertThat(told.problems())
            .as("bit %d of %s", bit, name)
            .anySatisfy(problem -> assertThat(problem.toString()).contains(known));
      }
    }
    Files.write(object, before);
  }

  /** Restores the newest backup with its log, and gives a digest of all files. */
  private String restored(Path store, KeyRing keys, String name) throws Exception {
    Path target = Files.createTempDirectory(folder, name);
    Repository repository = Repository.open(new DiskBlobStore(store), keys);
    BackupCatalog.Contents contents = new BackupCatalog(repository).contents();
    if (!contents.damaged().isEmpty()) {
      throw new ProblemException(contents.damaged().stream().map(d -> d.problem()).toList());
    }
    for (BackupSummary each : contents.backups()) {
      List<Problem> findings = new Verification(repository).verify(each.id(), Progress.NONE);
      if (!findings.isEmpty()) {
        throw new ProblemException(findings);
      }
    }
    RestorePlan plan = new RestorePlanner(repository).plan(RestoreWish.latest());
    // One worker: the order of files in the manifest is then always the same.
    new Restorer(repository, 1).restore(plan.id(), target, Progress.NONE);
    new RestoredLog(plan).prepare(target);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(target.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    return plan.id() + HexFormat.of().formatHex(digest.digest());
  }
}
