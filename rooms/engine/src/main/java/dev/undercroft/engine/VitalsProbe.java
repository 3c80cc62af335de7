package dev.undercroft.engine;

import java.sql.Connection;
import java.sql.SQLException;

/** Asks a database how it is; each engine knows how. Thread-safe implementations only. */
@FunctionalInterface
public interface VitalsProbe {

  /**
   * Asks, with as few statements as possible.
   *
   * @param connection an open connection to the database, in whatever transaction state
   */
  Vitals ask(Connection connection) throws SQLException;
}
