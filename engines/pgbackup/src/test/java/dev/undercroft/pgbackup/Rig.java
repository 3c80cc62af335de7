package dev.undercroft.pgbackup;

import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.safekeeping.BackupTaking;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.safekeeping.ServerUnderBackup;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;

/**
 * A server of the testkit as backups see it.
 *
 * @param port its port
 */
record Rig(int port) {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          // What a writer was told is committed must be there after a crash.
          .with("synchronous_commit", "on")
          .with("full_page_writes", "on")
          .with("max_wal_senders", "5")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  /** How a server is started that can be backed up; with summaries where the version has them. */
  static ServerOptions options(PostgresVersion version) {
    return version == PostgresVersion.V18 ? OPTIONS.with("summarize_wal", "on") : OPTIONS;
  }

  static KeyRing keys() {
    return new KeyRing(List.of(MasterKey.parse(Secret.of("ab".repeat(31) + "01"), "the test")));
  }

  /** An encrypted repository in a folder. */
  static Repository repository(Path folder) throws IOException {
    return Repository.open(new DiskBlobStore(folder), keys());
  }

  Connection connect() throws SQLException {
    return connect(new Properties());
  }

  private Connection replication() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "15");
    return connect(properties);
  }

  private Connection connect(Properties properties) throws SQLException {
    properties.setProperty("user", PostgresServer.USER);
    properties.setProperty("password", PostgresServer.PASSWORD);
    return DriverManager.getConnection(
        "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/postgres", properties);
  }

  WalStreaming log() {
    return new WalStreaming(this::replication, this::connect, "undercroft_00000004");
  }

  ServerUnderBackup server() {
    return new ServerUnderBackup(
        new SqlBackupSource(this::connect), new WalSummaries(this::connect), log());
  }

  /** Takes a backup whose log is kept for the next receiver; does not read it back. */
  BackupSummary backUp(Repository repository, BackupTaking.Method method, Progress progress)
      throws IOException {
    return new BackupTaking(repository, server(), InstantSource.system())
        .take(new BackupTaking.Wish(method, 2, false, true), progress);
  }

  /** Takes a backup and reads it back. */
  BackupSummary backUpVerified(Repository repository) throws IOException {
    return new BackupTaking(repository, server(), InstantSource.system())
        .take(new BackupTaking.Wish(BackupTaking.Method.AUTOMATIC, 2, true, true), Progress.NONE);
  }

  /** Restores into a server of its own, which is writable when this returns. */
  static PostgresServer restored(PostgresVersion version, Repository repository, RestoreWish wish) {
    return PostgresServer.startOn(
        version,
        data -> {
          RestorePlan plan = new RestorePlanner(repository).plan(wish);
          new Restorer(repository, 2).restore(plan.id(), data, Progress.NONE);
          new RestoredLog(plan).prepare(data);
        });
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row. */
  String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
