package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Retention;
import dev.undercroft.backup.Verification;
import dev.undercroft.base.Progress;
import dev.undercroft.safekeeping.BackupTaking;
import dev.undercroft.safekeeping.Pruning;
import dev.undercroft.safekeeping.ServerUnderBackup;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention that is interrupted before each of its deletions, one after the other. */
class InterruptedPruneTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .with("summarize_wal", "on")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");
  private static final Retention NEWEST = new Retention(0, 1, 0, 0, 0, 0);

  @TempDir Path folder;

  @Test
  @Tag("CP-039")
  @Tag("SF-140")
  void interrupted_at_any_deletion_it_leaves_what_is_kept_whole_and_later_comes_to_its_end()
      throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      backUp(server, BackupTaking.Method.FULL);
      backUp(server, BackupTaking.Method.FULL);
      backUp(server, BackupTaking.Method.INCREMENTAL);
    }
    int interruptions = 0;
    while (!isPruned(interruptions)) {
      interruptions++;
      Repository repository = Repository.open(disk(), null);
      List<BackupSummary> left = new BackupCatalog(repository).list();
      assertThat(left).isNotEmpty();
      for (BackupSummary backup : left) {
        assertThat(new Verification(repository).verify(backup.id(), Progress.NONE))
            .as("after " + interruptions + " interruptions")
            .isEmpty();
      }
    }
    assertThat(interruptions).isGreaterThan(5);
    try (Stream<Path> backups = Files.list(folder.resolve("backups"))) {
      assertThat(backups.filter(path -> path.toFile().list().length > 0)).hasSize(1);
    }
  }

  /** Each time one deletion more goes through; false when it was interrupted. */
  private boolean isPruned(int deletions) throws Exception {
    InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
    Repository repository = Repository.open(new Interrupted(disk(), deletions), null);
    try {
      Pruning.Outcome outcome = new Pruning(repository, later).prune(NEWEST);
      return outcome.verdicts().size() == 1;
    } catch (IOException interrupted) {
      assertThat(interrupted).hasMessage("interrupted");
      return false;
    }
  }

  private BlobStore disk() throws IOException {
    return new DiskBlobStore(folder);
  }

  /** A store that fails after so many deletions of what is no lease. */
  private static final class Interrupted implements BlobStore {
    private final BlobStore store;
    private int left;

    Interrupted(BlobStore store, int deletions) {
      this.store = store;
      this.left = deletions == 0 ? 0 : 1;
    }

    @Override
    public void put(BlobName name, BlobContent content, Overwrite overwrite) throws IOException {
      store.put(name, content, overwrite);
    }

    @Override
    public InputStream open(BlobName name, long offset, long length) throws IOException {
      return store.open(name, offset, length);
    }

    @Override
    public Optional<BlobStat> find(BlobName name) throws IOException {
      return store.find(name);
    }

    @Override
    public Stream<BlobStat> list(String prefix) throws IOException {
      return store.list(prefix);
    }

    @Override
    public void delete(BlobName name) throws IOException {
      if (!name.text().startsWith("leases/") && left-- <= 0) {
        throw new IOException("interrupted");
      }
      store.delete(name);
    }
  }

  private void backUp(PostgresServer server, BackupTaking.Method method) throws Exception {
    Connections connections = server::connect;
    ServerUnderBackup under =
        new ServerUnderBackup(
            new SqlBackupSource(connections),
            new WalSummaries(connections),
            new WalStreaming(() -> replication(server), connections, "undercroft_00000003"));
    new BackupTaking(Repository.open(disk(), null), under, InstantSource.system())
        .take(new BackupTaking.Wish(method, 2, true, true), Progress.NONE);
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
