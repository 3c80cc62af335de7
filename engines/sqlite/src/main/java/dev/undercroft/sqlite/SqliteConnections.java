package dev.undercroft.sqlite;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.Sessions;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.access.SqliteAddress.Mode;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;

/**
 * Opens connections to one SQLite database. Foreign keys are enforced, a busy database is waited
 * for, and a file is in write-ahead mode, so that readers and one writer do not hinder each other.
 * A writing transaction takes the write lock when it begins: one that read first could not wait for
 * it later. Thread-safe.
 */
public final class SqliteConnections implements ConnectionSource {

  private final SqliteAddress address;
  private final String url;
  private final Properties properties;
  private final SqliteDiagnosis diagnosis;

  /**
   * Nothing is opened yet.
   *
   * @param address the file, or memory that lives as long as a connection of this source is open
   */
  public SqliteConnections(SqliteAddress address) {
    this(address, true);
  }

  private SqliteConnections(SqliteAddress address, boolean ahead) {
    this.address = address;
    this.url = url(address);
    this.properties = config(address, ahead).toProperties();
    this.diagnosis = new SqliteDiagnosis(address);
  }

  /** The same for a database of somebody else: its journal stays in the mode it is in. */
  public static SqliteConnections ofGuest(SqliteAddress address) {
    return new SqliteConnections(address, false);
  }

  private static String url(SqliteAddress address) {
    return address.mode() == Mode.MEMORY
        ? "jdbc:sqlite:file:" + UUID.randomUUID() + "?mode=memory&cache=shared"
        : "jdbc:sqlite:" + address.file();
  }

  private static SQLiteConfig config(SqliteAddress address, boolean ahead) {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(address.busyTimeout().toMillis()));
    switch (address.mode()) {
      case CREATE, READ_WRITE -> {
        if (ahead) {
          config.setJournalMode(JournalMode.WAL);
        }
      }
      case READ_ONLY -> config.setReadOnly(true);
      case MEMORY -> {
        // It has no journal to choose.
      }
    }
    return config;
  }

  @Override
  public SqliteAddress address() {
    return address;
  }

  @Override
  public Connection open() {
    checkFile();
    try {
      return JDBC.createConnection(url, properties);
    } catch (SQLException e) {
      throw diagnosis.of(e).exception(e);
    }
  }

  private void checkFile() {
    if (address.mode() == Mode.MEMORY || Files.exists(address.file())) {
      return;
    }
    if (address.mode() != Mode.CREATE) {
      throw Problem.of(
              "SQLITE_NO_FILE",
              ProblemKind.NOT_FOUND,
              "there is no database file " + address.file())
          .withRemedy("Correct the path, or leave out mode= to have it made.")
          .exception();
    }
    Path folder = address.file().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Problem.of(
              "SQLITE_NO_FOLDER",
              ProblemKind.NOT_FOUND,
              "there is no folder " + folder + " for the database file")
          .withRemedy("Make the folder, or correct the path in the URL.")
          .exception();
    }
  }

  /** By statements: after a commit the driver would begin the next transaction by itself. */
  @Override
  public void begin(Connection connection, Sessions.Access access) throws SQLException {
    boolean reads = access != Sessions.Access.WRITE;
    execute(connection, "PRAGMA query_only = " + reads);
    execute(connection, reads ? "BEGIN" : "BEGIN IMMEDIATE");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollBack(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void bind(Connection connection, TenantContext context) {
    throw Problem.of(
            "SQLITE_NO_TENANTS",
            ProblemKind.CONFLICT,
            "SQLite has no row policies, so that a session cannot be bound to a tenant")
        .withRemedy("Use PostgreSQL where tenants must be kept apart.")
        .exception();
  }

  @Override
  public Problem explain(SQLException failure) {
    return diagnosis.of(failure);
  }

  @Override
  public boolean isPassing(Problem problem) {
    return problem.code().equals(SqliteDiagnosis.BUSY);
  }
}
