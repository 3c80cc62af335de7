package dev.undercroft.access;

import dev.undercroft.base.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Opens connections to one database as one role, and says in people's words why it could not: the
 * port that each engine implements. Thread-safe.
 */
public interface ConnectionSource {

  /** Where it leads. */
  DatabaseAddress address();

  /**
   * A new connection, in autocommit; the caller closes it.
   *
   * @throws dev.undercroft.base.ProblemException with the cause and the remedy
   */
  Connection open();

  /**
   * Says for whom the transaction of a connection acts, until the transaction ends.
   *
   * @throws dev.undercroft.base.ProblemException if this kind of database has no row policies
   */
  void bind(Connection connection, TenantContext context) throws SQLException;

  /**
   * What to tell the server together with the first statement, in place of {@link #bind}: for whom
   * the transaction acts, or for nobody, whatever an earlier one has left behind; and that it only
   * reads. Empty where statements travel alone.
   *
   * @param connection in autocommit, not yet used
   */
  default Optional<Preamble> preamble(
      Connection connection, Optional<TenantContext> context, Sessions.Access access)
      throws SQLException {
    return Optional.empty();
  }

  /**
   * Listens to a channel on a connection of its own. Empty where nothing can be heard: the kind of
   * database has no channels, or a pooler stands between that hands connections round.
   *
   * @param channel lower-case letters and underscores
   * @throws dev.undercroft.base.ProblemException as {@link #open}
   */
  default Optional<Announcements> listen(String channel) {
    return Optional.empty();
  }

  /** Begins a transaction that may write or may not. */
  default void begin(Connection connection, Sessions.Access access) throws SQLException {
    connection.setReadOnly(access != Sessions.Access.WRITE);
    if (access == Sessions.Access.SNAPSHOT) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }
    connection.setAutoCommit(false);
  }

  /** Keeps what the transaction did, and ends it. */
  default void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  /** Undoes what the transaction did, and ends it. */
  default void rollBack(Connection connection) throws SQLException {
    connection.rollback();
  }

  /**
   * What a failure of a statement or of a connection means.
   *
   * @param failure as the driver threw it
   */
  Problem explain(SQLException failure);

  /**
   * Whether the same attempt may succeed by itself a moment later: the server is starting, or has
   * no connection free just now. False for a wrong password, a database that does not exist.
   */
  boolean isPassing(Problem problem);
}
