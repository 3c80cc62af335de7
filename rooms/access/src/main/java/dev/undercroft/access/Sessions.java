package dev.undercroft.access;

import dev.undercroft.base.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Runs work in transactions on the connections of one pool. A connection carries nothing from one
 * transaction to the next: the tenant is bound to the transaction and ends with it. Thread-safe.
 */
public final class Sessions {

  /** What the work may do, and how much of the same it sees. */
  public enum Access {
    /** Reads and writes in one transaction. */
    WRITE,
    /**
     * Reads, and the server refuses to write. Every statement sees what was committed before it; a
     * statement may be a transaction of its own, which saves messages.
     */
    READ,
    /** Reads in one transaction, in which every statement sees the state that the first one saw. */
    SNAPSHOT
  }

  private final ConnectionPool pool;

  /** Sessions on the connections of this pool. */
  public Sessions(ConnectionPool pool) {
    this.pool = pool;
  }

  /** The pool. */
  public ConnectionPool pool() {
    return pool;
  }

  /**
   * Runs work in one transaction that acts for a tenant; commits when the work returns, rolls back
   * when it throws.
   *
   * @throws ProblemException if no connection can be had or a statement fails; the cause is the
   *     driver's exception
   */
  public <R> R asTenant(TenantContext context, Access access, SqlWork<R> work) {
    return run(Optional.of(context), access, work);
  }

  /**
   * Runs work in one transaction without a tenant: row policies show such a session nothing, unless
   * its role is not bound by them.
   *
   * @throws ProblemException as {@link #asTenant}
   */
  public <R> R withoutTenant(Access access, SqlWork<R> work) {
    return run(Optional.empty(), access, work);
  }

  private <R> R run(Optional<TenantContext> context, Access access, SqlWork<R> work) {
    try (Connection connection = pool.acquire()) {
      Optional<Preamble> preamble = pool.source().preamble(connection, context, access);
      return preamble.isPresent()
          ? inTurn(new Turn(pool.source(), connection, preamble.get(), access), connection, work)
          : inTransaction(connection, context, access, work);
    } catch (SQLException failure) {
      throw pool.source().explain(failure).exception(failure);
    }
  }

  private <R> R inTurn(Turn turn, Connection connection, SqlWork<R> work) throws SQLException {
    boolean done = false;
    try {
      R result = turn.run(work);
      done = true;
      return result;
    } finally {
      if (!done && turn.isInTransaction()) {
        rollBack(connection);
      }
    }
  }

  private <R> R inTransaction(
      Connection connection, Optional<TenantContext> context, Access access, SqlWork<R> work)
      throws SQLException {
    pool.source().begin(connection, access);
    boolean done = false;
    try {
      if (context.isPresent()) {
        pool.source().bind(connection, context.get());
      }
      R result = work.run(connection);
      pool.source().commit(connection);
      done = true;
      return result;
    } finally {
      if (!done) {
        rollBack(connection);
      }
    }
  }

  /** A connection that cannot even roll back is broken; the pool throws it away by itself. */
  private void rollBack(Connection connection) {
    try {
      pool.source().rollBack(connection);
    } catch (SQLException broken) {
      org.slf4j.LoggerFactory.getLogger(Sessions.class)
          .debug("a broken connection was not rolled back", broken);
    }
  }
}
