package dev.undercroft.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.Sessions;
import dev.undercroft.access.Sessions.Access;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.SqliteDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

@DatabaseTest
class SqliteConnectionsTest {

  private static SqliteConnections source(String url) {
    return new SqliteConnections((SqliteAddress) DatabaseUrl.parse(url, Path.of("/")));
  }

  private static String value(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  private static String execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return "";
  }

  private static String codeOf(SqliteConnections source) {
    return catchThrowableOfType(
            ProblemException.class,
            () -> {
              try (Connection connection = source.open()) {
                value(connection, "SELECT count(*) FROM sqlite_schema");
              } catch (SQLException e) {
                throw source.explain(e).exception(e);
              }
            })
        .first()
        .code();
  }

  @Test
  void a_connection_enforces_foreign_keys_waits_and_writes_ahead(SqliteDatabase database)
      throws Exception {
    try (Connection connection = source(database.url() + "?busy_timeout=1234").open()) {
      assertThat(value(connection, "PRAGMA foreign_keys")).isEqualTo("1");
      assertThat(value(connection, "PRAGMA busy_timeout")).isEqualTo("1234");
      assertThat(value(connection, "PRAGMA journal_mode")).isEqualTo("wal");
      assertThat(value(connection, "PRAGMA synchronous")).isEqualTo("2");
    }
  }

  @Test
  void a_reading_transaction_cannot_write_and_a_writing_one_can(SqliteDatabase database) {
    try (ConnectionPool pool =
        new ConnectionPool("file", source(database.url()), PoolSettings.DEFAULT.withMaximum(1))) {
      Sessions sessions = new Sessions(pool);
      sessions.withoutTenant(Access.WRITE, c -> execute(c, "CREATE TABLE t (id integer)"));
      assertThatThrownBy(() ->
              sessions.withoutTenant(Access.READ, c -> execute(c, "INSERT INTO t VALUES (1)")))
          .hasMessageContaining("can only be read");
      sessions.withoutTenant(Access.WRITE, c -> execute(c, "INSERT INTO t VALUES (2)"));
      String count = sessions.withoutTenant(Access.READ, c -> value(c, "SELECT sum(id) FROM t"));
      assertThat(count).isEqualTo("2");
    }
  }

  @Test
  void two_that_read_and_then_write_wait_for_each_other(SqliteDatabase database) throws Exception {
    try (ConnectionPool pool =
        new ConnectionPool("file", source(database.url()), PoolSettings.DEFAULT)) {
      Sessions sessions = new Sessions(pool);
      sessions.withoutTenant(
          Access.WRITE,
          c -> execute(c, "CREATE TABLE counter (n integer)", "INSERT INTO counter VALUES (0)"));
      Runnable increments =
          () -> {
            for (int i = 0; i < 50; i++) {
              sessions.withoutTenant(
                  Access.WRITE,
                  c -> {
                    int n = Integer.parseInt(value(c, "SELECT n FROM counter"));
                    return execute(c, "UPDATE counter SET n = " + (n + 1));
                  });
            }
          };
      Thread one = Thread.ofVirtual().start(increments);
      increments.run();
      one.join();
      String sum = sessions.withoutTenant(Access.READ, c -> value(c, "SELECT n FROM counter"));
      assertThat(sum).isEqualTo("100");
    }
  }

  @Test
  void what_is_wrong_with_a_file_is_told(SqliteDatabase database) throws Exception {
    assertThat(codeOf(source(database.url() + "?mode=rw"))).isEqualTo("SQLITE_NO_FILE");
    assertThat(codeOf(source("sqlite:/no/such/folder/dev.db"))).isEqualTo("SQLITE_NO_FOLDER");
    assertThat(codeOf(source("sqlite:" + database.file().getParent().toUri().getRawPath() + ".")))
        .isEqualTo("SQLITE_CANNOT_OPEN");
    Files.writeString(database.file(), "this is a letter and not a database, and long enough");
    assertThat(codeOf(source(database.url()))).isEqualTo("SQLITE_NOT_A_DATABASE");
    assertThat(Files.readString(database.file())).startsWith("this is a letter");
  }

  @Test
  void a_locked_file_is_told_after_the_time_to_wait(SqliteDatabase database) throws Exception {
    SqliteConnections source = source(database.url() + "?busy_timeout=50");
    try (Connection first = source.open();
        Connection second = source.open()) {
      execute(first, "CREATE TABLE t (id integer)", "BEGIN IMMEDIATE");
      SQLException thrown =
          catchThrowableOfType(
              SQLException.class, () -> execute(second, "INSERT INTO t VALUES (1)"));
      assertThat(source.explain(thrown).code()).isEqualTo("SQLITE_LOCKED");
      assertThat(source.isPassing(source.explain(thrown))).isTrue();
      execute(first, "ROLLBACK");
    }
  }

  @Test
  void a_file_opened_for_reading_stays_as_it_is(SqliteDatabase database) throws Exception {
    try (Connection connection = source(database.url()).open()) {
      execute(connection, "CREATE TABLE t (id integer)");
    }
    SqliteConnections source = source(database.url() + "?mode=ro");
    try (Connection connection = source.open()) {
      assertThat(value(connection, "SELECT count(*) FROM t")).isEqualTo("0");
      SQLException thrown =
          catchThrowableOfType(
              SQLException.class, () -> execute(connection, "INSERT INTO t VALUES (1)"));
      assertThat(source.explain(thrown).code()).isEqualTo("SQLITE_READ_ONLY");
    }
  }

  @Test
  void no_value_of_a_broken_constraint_is_told(SqliteDatabase database) throws Exception {
    SqliteConnections source = source(database.url());
    try (Connection connection = source.open()) {
      execute(connection, "CREATE TABLE t (v text UNIQUE)", "INSERT INTO t VALUES ('hunter2')");
      SQLException thrown =
          catchThrowableOfType(
              SQLException.class, () -> execute(connection, "INSERT INTO t VALUES ('hunter2')"));
      assertThat(source.explain(thrown).code()).isEqualTo("SQLITE_CONSTRAINT");
      assertThat(source.explain(thrown).toString()).doesNotContain("hunter2").contains("UNIQUE");
    }
  }

  @Test
  void memory_is_shared_by_the_connections_of_one_source_only() throws Exception {
    SqliteConnections source = source("sqlite::memory:");
    try (Connection first = source.open();
        Connection second = source.open();
        Connection stranger = source("sqlite::memory:").open()) {
      execute(first, "CREATE TABLE t (id integer)");
      assertThat(value(second, "SELECT count(*) FROM t")).isEqualTo("0");
      assertThat(value(stranger, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
      assertThat(new SqliteVitals().ask(first).sizeBytes().orElseThrow()).isPositive();
    }
  }

  @Test
  void a_tenant_is_refused(SqliteDatabase database) throws Exception {
    SqliteConnections source = source(database.url());
    try (Connection connection = source.open()) {
      assertThatThrownBy(() -> source.bind(connection, TenantContext.of("ann")))
          .hasMessageContaining("no row policies");
    }
  }
}
