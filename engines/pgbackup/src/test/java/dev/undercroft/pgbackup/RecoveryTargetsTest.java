package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.ServerAccount;
import dev.undercroft.safekeeping.BackupTaking;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.safekeeping.ServerUnderBackup;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where recovery ends: exactly where it was asked to, or not at all. */
class RecoveryTargetsTest {

  private static final ServerOptions OPTIONS =
      ServerOptions.NONE
          .with("wal_level", "replica")
          .with("max_wal_senders", "5")
          .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");

  @TempDir Path folder;
  private final Queue<Problem> troubles = new ConcurrentLinkedQueue<>();

  /** A committed row, with the time after its commit and its transaction. */
  private record Written(int n, Instant after, long transaction) {}

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  @Tag("AT-086")
  @Tag("CP-148")
  void each_time_and_each_transaction_gives_exactly_the_rows_committed_by_then(
      PostgresVersion version) throws Exception {
    Repository repository = repository();
    List<Written> all = new ArrayList<>();
    try (PostgresServer server = PostgresServer.start(version, OPTIONS);
        WalReceiver receiver = receiver(server, repository)) {
      receiver.start();
      execute(server, "create table ledger (n int primary key)");
      backUp(server, repository);
      for (int n = 1; n <= 6; n++) {
        all.add(write(server, n));
      }
      Instant end = time(server);
      Await.until("the last moment is stored", () -> isStored(receiver, end));
    }
    for (Written each : List.of(all.get(1), all.get(4))) {
      assertThat(rows(version, repository, new RecoveryTarget.AtTime(each.after())))
          .isEqualTo(each.n());
      assertThat(rows(version, repository, new RecoveryTarget.AtTransaction(each.transaction())))
          .isEqualTo(each.n());
    }
    Instant last = all.getLast().after();
    assertThat(rows(version, repository, new RecoveryTarget.AtTime(last)))
        .as("no later commit is needed to reach a moment")
        .isEqualTo(6);
    refused(repository, new RecoveryTarget.AtTime(last.plusSeconds(3600)));
    refused(repository, new RecoveryTarget.AtTime(last.minusSeconds(3600)));
    refused(repository, new RecoveryTarget.AtTransaction(4_000_000_000L));
    refused(repository, new RecoveryTarget.AtName("nobody named this"));
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void a_dropped_table_is_found_in_the_log_and_comes_back_as_it_was_the_moment_before(
      PostgresVersion version) throws Exception {
    Repository repository = repository();
    long database;
    long relation;
    try (PostgresServer server = PostgresServer.start(version, OPTIONS);
        WalReceiver receiver = receiver(server, repository)) {
      receiver.start();
      execute(server, "create table ledger (n int primary key, wide text)");
      database =
          Long.parseLong(query(server, "select oid from pg_database where datname = 'postgres'"));
      relation = Long.parseLong(query(server, "select 'ledger'::regclass::oid"));
      backUp(server, repository);
      execute(
          server,
          "insert into ledger select g, repeat(g::text, 9000) from generate_series(1, 9) g");
      execute(server, "vacuum full ledger");
      execute(server, "truncate ledger");
      execute(server, "insert into ledger select generate_series(1, 5)");
      execute(server, "begin; drop table ledger; rollback; insert into ledger values (6)");
      execute(
          server,
          "do $$ begin for i in 1..200 loop begin execute 'create table t' || i || ' (n int)';"
              + " exception when others then null; end; end loop;"
              + " drop table ledger; end $$");
      execute(server, "create table ledger (n int)");
      Instant end = time(server);
      Await.until("the drop is stored", () -> isStored(receiver, end));
    }
    assertThat(rows(version, repository, new RecoveryTarget.BeforeDrop(database, relation, "it")))
        .isEqualTo(6);
    refused(repository, new RecoveryTarget.BeforeDrop(database, relation + 1, "another"));
    refused(repository, new RecoveryTarget.BeforeDrop(database + 1, relation, "of another"));
  }

  @Test
  void a_restored_server_goes_on_in_the_same_repository_on_a_timeline_of_its_own()
      throws Exception {
    Repository repository = repository();
    Instant before;
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, OPTIONS);
        WalReceiver receiver = receiver(server, repository)) {
      receiver.start();
      execute(server, "create table ledger (n int primary key)");
      backUp(server, repository);
      before = write(server, 1).after();
      Instant end = write(server, 2).after();
      Await.until("the first life is stored", () -> isStored(receiver, end));
    }
    RestoreWish wish = RestoreWish.of(new RecoveryTarget.AtTime(before));
    try (PostgresServer second = restored(PostgresVersion.V18, repository, wish);
        WalReceiver receiver = receiver(second, repository)) {
      receiver.start();
      assertThat(query(second, "select count(*) from ledger")).isEqualTo("1");
      execute(second, "insert into ledger values (20), (21), (22)");
      Instant end = time(second);
      Await.until("the second life is stored", () -> isStored(receiver, end));
    }
    assertThat(rows(PostgresVersion.V18, repository, new RecoveryTarget.Latest())).isEqualTo(4);
    RestoreWish old =
        new RestoreWish(Optional.empty(), new RecoveryTarget.Latest(), OptionalInt.of(1));
    try (PostgresServer first = restored(PostgresVersion.V18, repository, old)) {
      assertThat(query(first, "select count(*) from ledger")).isEqualTo("2");
      assertThat(query(first, "select timeline_id from pg_control_checkpoint()"))
          .as("a third life gets a timeline that nobody has")
          .isEqualTo("3");
    }
    assertThatThrownBy(() ->
            new RestorePlanner(repository)
                .plan(
                    new RestoreWish(
                        Optional.empty(), new RecoveryTarget.Latest(), OptionalInt.of(9))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo("BACKUP_TIMELINE_UNKNOWN"));
  }

  @ParameterizedTest
  @EnumSource(PostgresVersion.class)
  void tablespaces_are_restored_into_folders_of_their_own_and_the_old_ones_stay(
      PostgresVersion version) throws Exception {
    Repository repository = repository();
    Path old = null;
    Path fresh = null;
    try (PostgresServer server = PostgresServer.start(version, OPTIONS)) {
      old = ownedFolder(server.data());
      fresh = ownedFolder(server.data());
      execute(server, "create tablespace side location '" + old + "'");
      execute(server, "create table ledger (n int primary key) tablespace side");
      execute(server, "insert into ledger select generate_series(1, 1000)");
      backUp(server, repository);
      RestorePlan plan = new RestorePlanner(repository).plan(RestoreWish.latest());
      Path moved = fresh.resolve("moved");
      Tablespaces tablespaces = Tablespaces.moved(java.util.Map.of(old.toString(), moved));
      Path refused = folder.resolve("refused");
      assertThatThrownBy(
              () -> new Restorer(repository, 2).restore(plan.id(), refused, Progress.NONE))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.first().remedy()).contains("--tablespace"));
      try (PostgresServer restored =
          PostgresServer.startOn(
              version,
              data -> {
                new Restorer(repository, 2, tablespaces).restore(plan.id(), data, Progress.NONE);
                new RestoredLog(plan).prepare(data);
                ServerAccount.current().own(moved);
              })) {
        assertThat(query(restored, "select count(*) from ledger")).isEqualTo("1000");
        assertThat(
                query(
                    restored,
                    "select pg_tablespace_location(oid) from pg_tablespace where spcname = 'side'"))
            .isEqualTo(moved.toString());
      }
      assertThat(query(server, "select count(*) from ledger")).isEqualTo("1000");
    } finally {
      delete(old);
      delete(fresh);
    }
  }

  private static Path ownedFolder(Path beside) throws Exception {
    Path made = Files.createDirectory(beside.resolveSibling("tablespace-" + UUID.randomUUID()));
    ServerAccount.current().own(made);
    return made;
  }

  private static void delete(Path top) throws Exception {
    if (top != null) {
      try (var files = Files.walk(top)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void refused(Repository repository, RecoveryTarget target) {
    assertThatThrownBy(() -> new RestorePlanner(repository).plan(RestoreWish.of(target)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.first().code()).isEqualTo("BACKUP_TARGET_UNREACHABLE");
              assertThat(e.first().detail()).contains("Reachable is");
            });
  }

  private int rows(PostgresVersion version, Repository repository, RecoveryTarget target)
      throws Exception {
    try (PostgresServer restored = restored(version, repository, RestoreWish.of(target))) {
      return Integer.parseInt(query(restored, "select count(*) from ledger"));
    }
  }

  private static PostgresServer restored(
      PostgresVersion version, Repository repository, RestoreWish wish) {
    return PostgresServer.startOn(
        version,
        data -> {
          RestorePlan plan = new RestorePlanner(repository).plan(wish);
          new Restorer(repository, 2).restore(plan.id(), data, Progress.NONE);
          new RestoredLog(plan).prepare(data);
        });
  }

  private static boolean isStored(WalReceiver receiver, Instant moment) {
    return receiver.mark().filter(mark -> mark.at().isAfter(moment)).isPresent();
  }

  private static Written write(PostgresServer server, int n) throws SQLException {
    String xid =
        query(server, "insert into ledger values (" + n + ") returning pg_current_xact_id()::text");
    return new Written(n, time(server), Long.parseLong(xid));
  }

  private static Instant time(PostgresServer server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private void backUp(PostgresServer server, Repository repository) throws Exception {
    Connections connections = server::connect;
    PhysicalBackup.ChangeLog changes = new WalSummaries(connections);
    new BackupTaking(
            repository,
            new ServerUnderBackup(new SqlBackupSource(connections), changes, streaming(server)),
            InstantSource.system())
        .take(new BackupTaking.Wish(BackupTaking.Method.FULL, 2, true, true), Progress.NONE);
  }

  private WalReceiver receiver(PostgresServer server, Repository repository) {
    return new WalReceiver(streaming(server), repository, troubles::add);
  }

  private Repository repository() throws Exception {
    return Repository.open(new DiskBlobStore(folder.resolve("repository")), null);
  }

  private static WalStreaming streaming(PostgresServer server) {
    return new WalStreaming(() -> replication(server), server::connect, "undercroft_00000001");
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
