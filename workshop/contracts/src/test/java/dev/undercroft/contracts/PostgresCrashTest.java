package dev.undercroft.contracts;

import static dev.undercroft.contracts.Deploying.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server that crashes and recovers while, and right after, migrations are deployed to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresCrashTest {

  private static final int MIGRATIONS = 12;

  /** The write-ahead log writer sleeps long, so that what is not made safe is really lost. */
  private static final ServerOptions SLOW_WRITER =
      ServerOptions.NONE.with("wal_writer_delay", "10s").with("wal_writer_flush_after", "100MB");

  private PostgresServer server;
  private Migrations migrations;
  private ProjectFiles files;

  @BeforeAll
  void start() {
    server = PostgresServer.start(PostgresVersion.V18, SLOW_WRITER);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void prepare(@TempDir Path folder) throws SQLException {
    execute(
        "drop schema public cascade",
        "create schema public",
        "drop schema if exists undercroft cascade");
    files = new ProjectFiles(folder);
    for (int i = 0; i < MIGRATIONS; i++) {
      files.migration(
          name(i), "create table t" + i + " (id int);", "insert into t" + i + " values (1);");
    }
    PostgresAddress address =
        new PostgresAddress(
            List.of(new HostPort(PostgresServer.HOST, server.port())),
            "postgres",
            PostgresServer.USER,
            Secret.of(PostgresServer.PASSWORD),
            Map.of());
    migrations =
        new Migrations(
            PostgresTarget.dialect(address), MigrationLayout.of(folder), MigrationOptions.DEFAULT);
  }

  private static String name(int number) {
    return (100 + number) + "_t";
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> column(String query) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private List<String> applied() throws SQLException {
    return column("select name from undercroft.migration where outcome = 'applied' order by id");
  }

  private void assertHistoryIsTrue() throws SQLException {
    List<String> tables = column("select tablename from pg_tables where schemaname = 'public'");
    boolean exists =
        !column(
                "select to_regclass('undercroft.migration')::text where"
                    + " to_regclass('undercroft.migration') is not null")
            .isEmpty();
    assertThat(tables).hasSize(exists ? applied().size() : 0);
    for (String table : tables) {
      assertThat(column("select id::text from " + table)).containsExactly("1");
    }
  }

  /** A backend that is killed makes the postmaster end all others and recover from the log. */
  private void crash() throws SQLException {
    String before = checkpointer();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
      pid.next();
      ProcessHandle.of(pid.getLong(1)).orElseThrow().destroyForcibly();
    }
    awaitRecovered(before);
  }

  private String checkpointer() throws SQLException {
    return column("select pid from pg_stat_activity where backend_type = 'checkpointer'")
        .getFirst();
  }

  /** Only after a crash the server has another checkpointer than before. */
  private void awaitRecovered(String checkpointerBefore) {
    Await.until("the server has recovered", () -> hasRecovered(checkpointerBefore));
  }

  private boolean hasRecovered(String before) {
    try {
      return !checkpointer().equals(before);
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Test
  void what_a_deploy_has_reported_survives_a_crash_right_after_it() throws SQLException {
    migrations.deploy(Progress.NONE);
    crash();
    assertThat(applied()).hasSize(MIGRATIONS);
    assertHistoryIsTrue();
  }

  @Test
  void what_was_applied_before_a_failure_survives_a_crash_right_after_it() throws SQLException {
    files.migration(name(7), "create table t7 (id int);", "select 1/0;");
    problemOf(() -> migrations.deploy(Progress.NONE));
    crash();
    assertThat(applied()).hasSize(7);
    assertThat(column("select name from undercroft.migration where outcome = 'failed'"))
        .containsExactly(name(7));
    assertHistoryIsTrue();
  }

  @Test
  void a_server_that_crashes_in_the_middle_forgets_nothing_half() throws SQLException {
    crashAt(8);
  }

  @Test
  @Tag("long")
  void a_server_may_crash_in_any_migration() throws SQLException {
    for (int number = 0; number < MIGRATIONS; number++) {
      crashAt(number);
      files.migration(
          name(number),
          "create table t" + number + " (id int);",
          "insert into t" + number + " values (1);");
      execute(
          "drop schema public cascade", "create schema public", "drop schema undercroft cascade");
    }
  }

  /** The shell that COPY starts is a child of the backend, and kills it while the fuse is there. */
  private void crashAt(int number) throws SQLException {
    String fuse = server.data().resolve("fuse").toString();
    files.migration(
        name(number),
        "create table t" + number + " (id int);",
        "insert into t" + number + " values (1);",
        "copy (select 1) to program 'cat > /dev/null; test -e " + fuse + " || kill -9 $PPID';");
    String before = checkpointer();
    Problem problem = problemOf(() -> migrations.deploy(Progress.NONE));
    assertThat(problem.code()).isEqualTo("MIGRATE_CONNECTION_LOST");
    assertThat(problem.remedy()).contains("whole or not at all");
    awaitRecovered(before);
    assertHistoryIsTrue();
    execute("copy (select 1) to '" + fuse + "'");
    migrations.deploy(Progress.NONE);
    assertThat(applied()).hasSize(MIGRATIONS);
    assertHistoryIsTrue();
    execute("copy (select 1) to program 'rm " + fuse + "'");
  }
}
