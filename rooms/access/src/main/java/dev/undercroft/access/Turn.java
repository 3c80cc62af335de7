package dev.undercroft.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on a connection whose {@link Preamble} travels with the statements.
 *
 * <p>Writing work and a snapshot are a transaction: its first statement takes the preamble along.
 * Reading work begins no transaction as long as every statement is prepared the plain way: each of
 * them takes the preamble along and is a transaction of its own, one message there and one back;
 * under READ COMMITTED, statements of one transaction see no more than that. Anything else that the
 * work asks of the connection turns it into a transaction first.
 */
final class Turn implements InvocationHandler {

  /** Asked often, and answered without the server. */
  private static final Set<String> HARMLESS =
      Set.of(
          "getMetaData",
          "isClosed",
          "isReadOnly",
          "getAutoCommit",
          "getWarnings",
          "clearWarnings",
          "toString",
          "hashCode",
          "equals",
          "getCatalog",
          "getSchema",
          "nativeSQL",
          "isValid");

  private final ConnectionSource source;
  private final Connection connection;
  private final Preamble preamble;
  private final Sessions.Access access;
  private boolean inTransaction;
  private boolean told;

  Turn(ConnectionSource source, Connection connection, Preamble preamble, Sessions.Access access) {
    this.source = source;
    this.connection = connection;
    this.preamble = preamble;
    this.access = access;
  }

  <R> R run(SqlWork<R> work) throws SQLException {
    if (access != Sessions.Access.READ) {
      begin();
    }
    R result = work.run(Proxies.proxy(Connection.class, this));
    if (inTransaction) {
      source.commit(connection);
    }
    return result;
  }

  /** Whether there is anything to roll back. */
  boolean isInTransaction() {
    return inTransaction;
  }

  private void begin() throws SQLException {
    source.begin(connection, access);
    inTransaction = true;
  }

  /** From here on the connection is in a transaction that the server was told about. */
  Connection settled() throws SQLException {
    if (!inTransaction) {
      begin();
    }
    if (!told) {
      preamble.send(connection);
      told = true;
    }
    return connection;
  }

  /** The preamble to take along with a statement that is about to run; null if it is not needed. */
  @Nullable Preamble takeAlong() {
    if (told) {
      return null;
    }
    told = inTransaction;
    return preamble;
  }

  Connection bare() {
    return connection;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] values)
      throws Throwable {
    boolean plain =
        method.getName().equals("prepareStatement") && values != null && values.length == 1;
    if (plain && !told) {
      String sql = (String) java.util.Objects.requireNonNull(values)[0];
      return Proxies.proxy(
          PreparedStatement.class, new TurnStatement(this, (Connection) self, sql));
    }
    if (!HARMLESS.contains(method.getName())) {
      settled();
    }
    return Proxies.call(connection, method, values);
  }
}
