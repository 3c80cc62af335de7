package dev.undercroft.pgbackup;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the server that is backed up, each time a new one, never through a
 * transaction pooler: backup mode belongs to a session. Thread-safe.
 */
@FunctionalInterface
public interface Connections {

  /** A new connection, which the caller closes. */
  Connection open() throws SQLException;
}
