package dev.undercroft.engine;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.migrate.MigrationDialect;

/** Migrates databases of one kind. Thread-safe implementations only. */
@FunctionalInterface
public interface Migrating {

  /**
   * Migrations over these connections.
   *
   * @param source connections of the role that migrates, made by this engine
   */
  MigrationDialect over(ConnectionSource source);
}
