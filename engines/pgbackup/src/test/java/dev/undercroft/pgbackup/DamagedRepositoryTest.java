package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.StartPoint;
import dev.undercroft.backup.Verification;
import dev.undercroft.backup.WalSegment;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.safekeeping.BackupTaking;
import dev.undercroft.safekeeping.ServerUnderBackup;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flipped bit in each kind of object: found, and named. */
class DamagedRepositoryTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  @TempDir Path folder;

  @Test
  @Tag("CP-040")
  void one_flipped_bit_in_any_kind_of_object_is_found_and_the_object_named() throws Exception {
    String id;
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      id = backUp(server);
    }
    assertThat(findings(id)).as("sound before").isEmpty();
    StartPoint start = new BackupCatalog(repository()).header(id).start();
    String needed =
        WalSegment.at(start.timeline(), start.position(), start.walSegmentSize()).name();
    for (String kind : List.of("packs/", "backups/", "wal/", "keys/")) {
      for (Path object : objects(kind, needed)) {
        byte[] sound = Files.readAllBytes(object);
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 4;
        Files.write(object, damaged);
        assertThat(findings(id)).as("damaged: " + object).isNotEmpty();
        Files.write(object, sound);
      }
    }
    assertThat(findings(id)).as("sound again").isEmpty();
  }

  @Test
  @Tag("CP-040")
  void every_bit_of_every_wrapped_key_is_told_with_its_name_and_hides_no_backup() throws Exception {
    String id;
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      id = backUp(server);
    }
    BackupCatalog.Contents sound = new BackupCatalog(repository()).contents();
    assertThat(sound.problems()).isEmpty();
    List<Path> keys;
    try (Stream<Path> files = Files.walk(folder.resolve("repository/keys"))) {
      keys = files.filter(Files::isRegularFile).toList();
    }
    assertThat(keys).as("of the backup, of its notes, of the log").hasSizeGreaterThan(2);
    for (Path key : keys) {
      byte[] bytes = Files.readAllBytes(key);
      String name = key.getParent().getFileName().toString();
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(key, changed);
        toldOrHarmless(new Flipped(name, bit), id, sound);
      }
      Files.write(key, bytes);
    }
    assertThat(new BackupCatalog(repository()).contents()).isEqualTo(sound);
  }

  private record Flipped(String key, int bit) {}

  private void toldOrHarmless(Flipped flipped, String id, BackupCatalog.Contents sound)
      throws Exception {
    BackupCatalog.Contents contents;
    try {
      contents = new BackupCatalog(repository()).contents();
    } catch (ProblemException told) {
      assertThat(told.problems().toString()).as(flipped.toString()).contains(flipped.key());
      return;
    }
    if (contents.problems().isEmpty()) {
      assertThat(contents).as(flipped.toString()).isEqualTo(sound);
      return;
    }
    assertThat(contents.problems())
        .as(flipped.toString())
        .allSatisfy(problem -> assertThat(problem.message()).contains(flipped.key()))
        .allSatisfy(problem -> assertThat(problem.remedy()).isNotEmpty());
    // A note that is lost takes nothing from what can be restored.
    boolean isListed = contents.backups().stream().anyMatch(one -> one.id().equals(id));
    assertThat(isListed).as(flipped.toString()).isEqualTo(contents.damaged().isEmpty());
    assertThat(contents.backups()).allSatisfy(one -> assertThat(one.isRestorable()).isTrue());
  }

  /** Without what was proven of the backup, which is no part of it, and what others need. */
  private List<Path> objects(String kind, String needed) throws Exception {
    Path repository = folder.resolve("repository");
    try (Stream<Path> files = Files.walk(repository.resolve(kind))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !kind.equals("backups/") || file.endsWith("manifest"))
          .filter(file -> !kind.equals("wal/") || file.toString().contains(needed + ".s"))
          .filter(file -> !kind.equals("keys/") || isNeeded(file))
          .limit(3)
          .toList();
    }
  }

  /** The key of the packs: the one without which the manifest cannot be opened. */
  private boolean isNeeded(Path key) {
    try {
      byte[] sound = Files.readAllBytes(key);
      Files.delete(key);
      boolean missed = !findingsNow().isEmpty();
      Files.write(key, sound);
      return missed;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Problem> findingsNow() throws Exception {
    try (Stream<Path> backups = Files.list(folder.resolve("repository/backups"))) {
      return findings(backups.findFirst().orElseThrow().getFileName().toString());
    }
  }

  private List<Problem> findings(String id) throws Exception {
    try {
      return new Verification(repository()).verify(id, Progress.NONE);
    } catch (ProblemException e) {
      return e.problems();
    }
  }

  private String backUp(PostgresServer server) throws Exception {
    Connections connections = server::connect;
    ServerUnderBackup under =
        new ServerUnderBackup(
            new SqlBackupSource(connections),
            new WalSummaries(connections),
            new WalStreaming(() -> replication(server), connections, "undercroft_00000002"));
    return new BackupTaking(repository(), under, InstantSource.system())
        .take(new BackupTaking.Wish(BackupTaking.Method.FULL, 2, true, false), Progress.NONE)
        .id();
  }

  private Repository repository() throws Exception {
    MasterKey key = MasterKey.parse(Secret.of("ab".repeat(31) + "01"), "the test");
    return Repository.open(
        new DiskBlobStore(folder.resolve("repository")), new KeyRing(List.of(key)));
  }

  private static Connection replication(PostgresServer server) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", PostgresServer.USER);
    properties.setProperty("password", PostgresServer.PASSWORD);
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "15");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", properties);
  }
}
