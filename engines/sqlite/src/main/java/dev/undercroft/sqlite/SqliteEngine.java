package dev.undercroft.sqlite;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.engine.Capability;
import dev.undercroft.engine.Engine;
import dev.undercroft.migrate.MigrationDialect;
import java.util.Set;

/** SQLite as an engine. */
public final class SqliteEngine {

  private SqliteEngine() {}

  /** The engine; it keeps nothing. */
  public static Engine create() {
    return new Engine(
        "SQLite",
        Set.of(Capability.TRANSACTIONAL_DDL),
        SqliteEngine::connect,
        SqliteEngine::migrate,
        new SqliteVitals());
  }

  /** A file shows nobody what a connection is for. */
  private static ConnectionSource connect(DatabaseAddress address, String purpose) {
    return new SqliteConnections(ours(address));
  }

  private static MigrationDialect migrate(DatabaseAddress address) {
    return new SqliteMigrationDialect(new SqliteConnections(ours(address)), ours(address));
  }

  private static SqliteAddress ours(DatabaseAddress address) {
    if (address instanceof SqliteAddress sqlite) {
      return sqlite;
    }
    throw new IllegalArgumentException("not an address of SQLite: " + address);
  }
}
