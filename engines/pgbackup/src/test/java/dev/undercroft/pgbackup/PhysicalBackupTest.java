package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.RestoredLog;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhysicalBackupTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  /** Text that does not compress: 320 characters of hash for each row. */
  private static final String NOISE =
      "(select string_agg(md5(g::text || i), '') from generate_series(1, 10) i)";

  private static final String DIGEST =
      "select count(*) || ' ' || md5(string_agg(n || filler, ',' order by n)) from ledger";

  @TempDir Path folder;
  private final Queue<Problem> troubles = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void a_backup_and_an_increment_under_writes_restore_to_the_last_commit(PostgresVersion version)
      throws Exception {
    Repository repository = repository();
    String ledger;
    try (PostgresServer server = PostgresServer.start(version, options(version))) {
      try (WalReceiver receiver = new WalReceiver(streaming(server), repository, troubles::add)) {
        receiver.start();
        execute(server, "create table ledger (n bigint primary key, filler text)");
        execute(
            server, "insert into ledger select g, " + NOISE + " from generate_series(1, 20000) g");
        execute(server, "vacuum ledger"); // Sets hint bits now; later they would change every page.
        BackupHeader full = backup(server, repository, "full", "");
        execute(server, "insert into ledger values (20001, 'after the full backup')");
        execute(server, "update ledger set filler = 'changed' where n % 5000 = 0");
        BackupHeader increment = backup(server, repository, "increment", "full");
        execute(server, "insert into ledger values (20002, 'after the increment')");
        assertThat(increment.storedBytes()).isLessThan(full.storedBytes() / 2);
        assertThat(full.corrupt()).isEmpty();
        awaitDurable(server, receiver);
      }
      assertThat(troubles).isEmpty();
      ledger = query(server, DIGEST);
    }
    try (PostgresServer restored = restore(version, repository, "increment")) {
      assertThat(query(restored, DIGEST)).isEqualTo(ledger).startsWith("20002 ");
    }
    try (PostgresServer restored = restore(version, repository, "full")) {
      assertThat(query(restored, DIGEST)).isEqualTo(ledger);
    }
  }

  private static ServerOptions options(PostgresVersion version) {
    return version == PostgresVersion.V18 ? OPTIONS.with("summarize_wal", "on") : OPTIONS;
  }

  private static void awaitDurable(PostgresServer server, WalReceiver receiver) throws Exception {
    Lsn last = Lsn.parse(query(server, "select pg_current_wal_insert_lsn()::text"));
    execute(server, "select pg_switch_wal()");
    Await.until(
        "the log is durable up to " + last,
        () -> receiver.durable().filter(reached -> !reached.isBefore(last)).isPresent());
  }

  private static PostgresServer restore(PostgresVersion version, Repository repository, String id) {
    return PostgresServer.startOn(
        version,
        folder -> {
          BackupHeader header = new Restorer(repository, 2).restore(id, folder, Progress.NONE);
          new RestoredLog(repository, header).prepare(folder, new RecoveryTarget.Latest());
        });
  }

  private static BackupHeader backup(
      PostgresServer server, Repository repository, String id, String basedOn) throws Exception {
    Connections connections = server::connect;
    PhysicalBackup.Options options = new PhysicalBackup.Options(id, basedOn, 2, "");
    return new PhysicalBackup(repository, new SqlBackupSource(connections), options)
        .take(new WalSummaries(connections), Progress.NONE);
  }

  private Repository repository() throws Exception {
    MasterKey key = MasterKey.parse(Secret.of("ab".repeat(31) + "01"), "the test");
    return Repository.open(
        new DiskBlobStore(folder.resolve("repository")), new KeyRing(List.of(key)));
  }

  private static WalStreaming streaming(PostgresServer server) {
    Connections replication = () -> replication(server);
    return new WalStreaming(replication, server::connect, "undercroft");
  }

  private static Connection replication(PostgresServer server) throws SQLException {
    java.util.Properties properties = new java.util.Properties();
    properties.setProperty("user", PostgresServer.USER);
    properties.setProperty("password", PostgresServer.PASSWORD);
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "15");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", properties);
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
