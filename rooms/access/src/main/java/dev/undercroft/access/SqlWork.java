package dev.undercroft.access;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Statements that belong to one transaction.
 *
 * @param <R> what they result in
 */
@FunctionalInterface
public interface SqlWork<R> {

  /**
   * Runs the statements. Neither commits nor closes; keeps nothing of the connection.
   *
   * @param connection in a transaction
   */
  R run(Connection connection) throws SQLException;
}
