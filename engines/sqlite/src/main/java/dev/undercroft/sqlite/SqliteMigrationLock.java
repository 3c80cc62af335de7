package dev.undercroft.sqlite;

import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployLock;
import dev.undercroft.migrate.MigrationSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A write lock that SQLite holds on a small file of its own beside the database, so that the
 * database itself stays free for others between two migrations. The operating system lets go of it
 * when the process ends in whatever way.
 */
final class SqliteMigrationLock implements DeployLock {

  private static final String SUFFIX = ".deploy-lock";

  private final MigrationSession work;
  private final SqliteAddress address;
  private final String who;
  private @Nullable Connection held;

  SqliteMigrationLock(MigrationSession work, SqliteAddress address, String who) {
    this.work = work;
    this.address = address;
    this.who = who;
  }

  private static Path file(SqliteAddress address) {
    return Path.of(address.file() + SUFFIX);
  }

  @Override
  public Optional<String> tryAcquire() {
    try {
      Connection connection = open(address);
      boolean got = false;
      try {
        got = begin(connection);
        if (got) {
          sign(connection);
          got = begin(connection);
        }
        held = got ? connection : null;
        return got ? Optional.empty() : Optional.of(holder(connection));
      } finally {
        if (!got) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private static Connection open(SqliteAddress address) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(address));
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 0");
    }
    return connection;
  }

  /** Others may go on reading who holds it. */
  private static boolean begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin immediate");
      return true;
    } catch (SQLException e) {
      if (SqliteErrors.isBusy(e)) {
        return false;
      }
      throw e;
    }
  }

  private void sign(Connection connection) throws SQLException {
    String text =
        "pid %d 'undercroft deploy by %s', since %s"
            .formatted(
                ProcessHandle.current().pid(), who, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    try (Statement statement = connection.createStatement()) {
      // Somebody may just be reading who holds it: the commit waits for that.
      statement.execute("pragma busy_timeout = 10000");
      statement.execute("create table if not exists holder (name text)");
      statement.execute("delete from holder");
      statement.execute("insert into holder values (" + SqliteHistoryTables.quote(text) + ")");
      statement.execute("commit");
      statement.execute("pragma busy_timeout = 0");
    }
  }

  private static String holder(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select name from holder")) {
      return rows.next() ? rows.getString(1) : "one that has not signed yet";
    } catch (SQLException e) {
      return "one that signs just now";
    }
  }

  /** Who deploys to this database now. */
  static Optional<String> holder(SqliteAddress address) {
    if (!Files.exists(file(address))) {
      return Optional.empty();
    }
    try (Connection connection = open(address);
        Statement statement = connection.createStatement()) {
      if (begin(connection)) {
        statement.execute("rollback");
        return Optional.empty();
      }
      return Optional.of(holder(connection));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private ProblemException unusable(SQLException cause) {
    return Problem.of(
            "MIGRATE_LOCK_LOST",
            ProblemKind.EXTERNAL,
            "the deploy lock " + file(address) + " cannot be used")
        .withDetail(String.valueOf(cause.getMessage()))
        .withRemedy("Make the folder of the database one that this user may write to.")
        .exception(cause);
  }

  @Override
  public void check() {
    Connection connection = held;
    try {
      if (connection == null || connection.isClosed()) {
        throw new SQLException("it was let go");
      }
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  @Override
  public MigrationSession session() {
    return work;
  }

  @Override
  public void close() {
    work.close();
    Connection connection = held;
    held = null;
    if (connection != null) {
      SqliteMigrationSession.closeQuietly(connection);
    }
  }
}
