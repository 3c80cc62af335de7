package dev.undercroft.sdk;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.exception.DataAccessException;

/**
 * jOOQ's transactions as savepoints of the one transaction that a call is: a commit in the middle
 * would end it, and the tenant with it. One thread at a time.
 */
final class Savepoints implements TransactionProvider {

  private final Connection connection;
  private final Deque<Savepoint> open = new ArrayDeque<>();

  Savepoints(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void begin(TransactionContext context) {
    try {
      open.push(connection.setSavepoint());
    } catch (SQLException e) {
      throw new DataAccessException("no savepoint could be set", e);
    }
  }

  @Override
  public void commit(TransactionContext context) {
    try {
      connection.releaseSavepoint(open.pop());
    } catch (SQLException e) {
      throw new DataAccessException("a savepoint could not be released", e);
    }
  }

  @Override
  public void rollback(TransactionContext context) {
    try {
      connection.rollback(open.pop());
    } catch (SQLException e) {
      throw new DataAccessException("a savepoint could not be returned to", e);
    }
  }
}
