package dev.undercroft.engine;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.migrate.MigrationDialect;

/** Migrates databases of one kind. Thread-safe implementations only. */
@FunctionalInterface
public interface Migrating {

  /**
   * Migrations of the database at an address; nothing is opened yet.
   *
   * @param address of this engine's kind, with the role that migrates
   * @throws IllegalArgumentException if the address is of another kind
   */
  MigrationDialect of(DatabaseAddress address);
}
