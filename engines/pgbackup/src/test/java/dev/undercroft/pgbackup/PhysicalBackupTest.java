package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.BackupState;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.GarbageCollection;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.Verification;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

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
        assertThat(increment.storedBytes()).isLessThan(full.storedBytes() * 7 / 10);
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

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void removing_a_backup_leaves_the_increments_that_name_its_pages_restorable(
      PostgresVersion version) throws Exception {
    Repository repository = repository();
    BackupCatalog catalog = new BackupCatalog(repository);
    String ledger;
    try (PostgresServer server = PostgresServer.start(version, options(version));
        WalReceiver receiver = new WalReceiver(streaming(server), repository, troubles::add)) {
      receiver.start();
      execute(server, "create table ledger (n bigint primary key, filler text)");
      execute(server, "insert into ledger select g, " + NOISE + " from generate_series(1, 5000) g");
      backup(server, repository, "full", "");
      execute(server, "insert into ledger values (5001, 'later')");
      backup(server, repository, "increment", "full");
      awaitDurable(server, receiver);
      ledger = query(server, DIGEST);
    }
    assertThat(troubles).isEmpty();
    assertThat(catalog.completeIfLogIsStored("increment", Instant.now())).isTrue();
    catalog.remove("full");
    GarbageCollection garbage = new GarbageCollection(repository);
    garbage.carryOut(garbage.plan(Instant.now().plusSeconds(60), Duration.ZERO));
    assertThat(catalog.list()).extracting(BackupSummary::id).containsExactly("increment");
    assertThat(catalog.require("incr").state()).isEqualTo(BackupState.COMPLETE);
    assertThat(new Verification(repository).verify("increment", Progress.NONE)).isEmpty();
    try (PostgresServer restored = restore(version, repository, "increment")) {
      assertThat(query(restored, DIGEST)).isEqualTo(ledger);
    }
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void recovery_stops_at_the_transaction_before_a_table_was_dropped(PostgresVersion version)
      throws Exception {
    Repository repository = repository();
    Lsn before;
    try (PostgresServer server = PostgresServer.start(version, options(version));
        WalReceiver receiver = new WalReceiver(streaming(server), repository, troubles::add)) {
      receiver.start();
      execute(server, "create table ledger (n bigint primary key, filler text)");
      backup(server, repository, "full", "");
      execute(server, "insert into ledger values (1, 'precious')");
      before = Lsn.parse(query(server, "select pg_create_restore_point('before the drop')::text"));
      execute(server, "drop table ledger");
      awaitDurable(server, receiver);
    }
    for (RecoveryTarget target :
        List.of(new RecoveryTarget.AtLsn(before), new RecoveryTarget.AtName("before the drop"))) {
      try (PostgresServer restored = restore(version, repository, "full", target)) {
        assertThat(query(restored, DIGEST)).startsWith("1 ");
      }
    }
  }

  @Test
  void the_log_stays_whole_when_connections_break_and_receivers_come_and_go() throws Exception {
    Repository repository = repository();
    String ledger;
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      execute(server, "create table ledger (n bigint primary key, filler text)");
      WalReceiver first = new WalReceiver(streaming(server), repository, troubles::add);
      first.start();
      backup(server, repository, "full", "");
      execute(server, "insert into ledger select g, " + NOISE + " from generate_series(1, 3000) g");
      awaitDurable(server, first);
      execute(server, "select pg_terminate_backend(active_pid) from pg_replication_slots");
      execute(server, "insert into ledger values (3001, 'after the connection was cut')");
      awaitDurable(server, first);
      first.close();
      execute(
          server,
          "insert into ledger select g, 'nobody listens' from generate_series(3002, 6000) g");
      execute(server, "select pg_switch_wal()");
      try (WalReceiver second = new WalReceiver(streaming(server), repository, troubles::add)) {
        second.start();
        execute(server, "insert into ledger values (6001, 'the next receiver')");
        awaitDurable(server, second);
      }
      ledger = query(server, DIGEST);
    }
    assertThat(troubles).extracting(Problem::code).containsOnly("BACKUP_SERVER_REFUSED");
    try (PostgresServer restored = restore(PostgresVersion.V18, repository, "full")) {
      assertThat(query(restored, DIGEST)).isEqualTo(ledger).startsWith("6001 ");
    }
  }

  @Test
  void a_flipped_bit_in_any_pack_is_found_and_never_restored() throws Exception {
    Repository repository = repository();
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      backup(server, repository, "full", "");
    }
    List<Path> packs;
    try (Stream<Path> files = Files.list(folder.resolve("repository/packs"))) {
      packs = files.toList();
    }
    assertThat(packs).isNotEmpty();
    for (Path pack : packs) {
      byte[] sound = Files.readAllBytes(pack);
      byte[] changed = sound.clone();
      changed[changed.length / 2] = (byte) (changed[changed.length / 2] ^ 4);
      Files.write(pack, changed);
      assertThat(new Verification(repository).verify("full", Progress.NONE))
          .anySatisfy(problem -> assertThat(problem.code()).isEqualTo("STORAGE_DAMAGED"));
      Path target = Files.createTempDirectory(folder, "restored");
      assertThatThrownBy(() -> new Restorer(repository, 2).restore("full", target, Progress.NONE))
          .isInstanceOf(ProblemException.class);
      assertThat(target.resolve("global/pg_control")).doesNotExist();
      Files.write(pack, sound);
    }
  }

  @Test
  void a_corrupt_page_on_the_server_is_named_and_the_backup_goes_on() throws Exception {
    Repository repository = repository();
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      execute(server, "create table victim as select g from generate_series(1, 5000) g");
      execute(server, "checkpoint");
      Path file = server.data().resolve(query(server, "select pg_relation_filepath('victim')"));
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.seek(3 * 8192 + 5000);
        bytes.write(0x55);
        bytes.write(0x5a);
      }
      BackupHeader header = backup(server, repository, "full", "");
      assertThat(header.corrupt()).hasSize(1).allMatch(name -> name.endsWith(":3"));
    }
  }

  @Test
  void a_backup_that_breaks_off_does_not_exist_and_its_packs_are_garbage() throws Exception {
    Repository repository = repository();
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS)) {
      Connections dying =
          () -> {
            Connection connection = server.connect();
            int pid = connection.unwrap(PGConnection.class).getBackendPID();
            execute(server, "create table if not exists opened (pid int)");
            execute(server, "insert into opened values (" + pid + ")");
            if (query(server, "select count(*) from opened").equals("3")) {
              execute(server, "select pg_terminate_backend((select min(pid) from opened))");
            }
            return connection;
          };
      PhysicalBackup.Options options = new PhysicalBackup.Options("lost", "", 2, "");
      PhysicalBackup backup = new PhysicalBackup(repository, new SqlBackupSource(dying), options);
      assertThatThrownBy(() -> backup.take((since, until) -> Optional.empty(), Progress.NONE))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.first().code()).isEqualTo("BACKUP_SERVER_REFUSED"));
    }
    assertThat(new BackupCatalog(repository).list()).isEmpty();
    GarbageCollection garbage = new GarbageCollection(repository);
    GarbageCollection.Plan plan = garbage.plan(Instant.now().plusSeconds(60), Duration.ZERO);
    garbage.carryOut(plan);
    assertThat(garbage.plan(Instant.now().plusSeconds(60), Duration.ZERO).blobs()).isEmpty();
  }

  private static ServerOptions options(PostgresVersion version) {
    return version == PostgresVersion.V18 ? OPTIONS.with("summarize_wal", "on") : OPTIONS;
  }

  private static void awaitDurable(PostgresServer server, WalReceiver receiver) throws Exception {
    Lsn last = Lsn.parse(query(server, "select pg_current_wal_insert_lsn()::text"));
    // A commit that waits for its log, so that nothing is left to the server's sleeping log writer.
    execute(server, "set synchronous_commit = on; select pg_current_xact_id()");
    Await.until(
        "the log is durable up to " + last,
        () -> receiver.durable().filter(reached -> !reached.isBefore(last)).isPresent());
  }

  private static PostgresServer restore(PostgresVersion version, Repository repository, String id) {
    return restore(version, repository, id, new RecoveryTarget.Latest());
  }

  private static PostgresServer restore(
      PostgresVersion version, Repository repository, String id, RecoveryTarget target) {
    return PostgresServer.startOn(
        version,
        folder -> {
          RestorePlan plan =
              new RestorePlanner(repository)
                  .plan(new RestoreWish(Optional.of(id), target, OptionalInt.empty()));
          new Restorer(repository, 2).restore(id, folder, Progress.NONE);
          new RestoredLog(plan).prepare(folder);
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
