package dev.undercroft.postgres;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.engine.Capability;
import dev.undercroft.engine.Engine;
import dev.undercroft.migrate.MigrationDialect;
import java.util.EnumSet;

/** PostgreSQL as an engine. */
public final class PostgresEngine {

  private PostgresEngine() {}

  /** The engine; it keeps nothing. */
  public static Engine create() {
    return new Engine(
        "PostgreSQL",
        EnumSet.allOf(Capability.class),
        PostgresEngine::connect,
        PostgresEngine::migrate,
        new PostgresVitals());
  }

  private static ConnectionSource connect(DatabaseAddress address, String purpose) {
    return new PostgresConnections(ours(address), purpose);
  }

  private static MigrationDialect migrate(DatabaseAddress address) {
    return new PostgresMigrationDialect(
        new PostgresConnections(ours(address), "undercroft migrations"), ours(address));
  }

  private static PostgresAddress ours(DatabaseAddress address) {
    if (address instanceof PostgresAddress postgres) {
      return postgres;
    }
    throw new IllegalArgumentException("not an address of PostgreSQL: " + address);
  }
}
