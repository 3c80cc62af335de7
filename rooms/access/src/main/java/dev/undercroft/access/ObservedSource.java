package dev.undercroft.access;

import dev.undercroft.base.Problem;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source whose connections tell an observer how long each statement took. Everything else, {@code
 * unwrap} included, goes straight to the driver. Thread-safe.
 */
public final class ObservedSource implements ConnectionSource {

  private static final String BATCH = "(batch)";

  private final ConnectionSource target;
  private final StatementObserver observer;

  /** Observes the connections of another source. */
  public ObservedSource(ConnectionSource target, StatementObserver observer) {
    this.target = target;
    this.observer = observer;
  }

  @Override
  public DatabaseAddress address() {
    return target.address();
  }

  @Override
  public Connection open() {
    Connection connection = target.open();
    return Proxies.proxy(Connection.class, new ObservedConnection(connection));
  }

  @Override
  public void bind(Connection connection, TenantContext context) throws SQLException {
    target.bind(connection, context);
  }

  @Override
  public Optional<Preamble> preamble(
      Connection connection, Optional<TenantContext> context, Sessions.Access access)
      throws SQLException {
    return target.preamble(connection, context, access);
  }

  @Override
  public void begin(Connection connection, Sessions.Access access) throws SQLException {
    target.begin(connection, access);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    target.commit(connection);
  }

  @Override
  public void rollBack(Connection connection) throws SQLException {
    target.rollBack(connection);
  }

  @Override
  public Problem explain(SQLException failure) {
    return target.explain(failure);
  }

  @Override
  public boolean isPassing(Problem problem) {
    return target.isPassing(problem);
  }

  /** Wraps the statements that a connection makes. */
  private final class ObservedConnection implements InvocationHandler {
    private final Connection connection;

    ObservedConnection(Connection connection) {
      this.connection = connection;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] values)
        throws Throwable {
      Object result = Proxies.call(connection, method, values);
      String sql = values != null && values[0] instanceof String text ? Preamble.strip(text) : "";
      return switch (result) {
        case CallableStatement call ->
            Proxies.proxy(CallableStatement.class, new ObservedStatement(call, sql));
        case PreparedStatement prepared ->
            Proxies.proxy(PreparedStatement.class, new ObservedStatement(prepared, sql));
        case Statement statement ->
            Proxies.proxy(Statement.class, new ObservedStatement(statement, sql));
        case null, default -> result;
      };
    }
  }

  /** Times what a statement executes. */
  private final class ObservedStatement implements InvocationHandler {
    private final Statement statement;
    private final String prepared;

    ObservedStatement(Statement statement, String prepared) {
      this.statement = statement;
      this.prepared = prepared;
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] values)
        throws Throwable {
      if (!method.getName().startsWith("execute")) {
        return Proxies.call(statement, method, values);
      }
      long start = System.nanoTime();
      StatementObserver.Outcome outcome = StatementObserver.Outcome.FAILED;
      try {
        Object result = Proxies.call(statement, method, values);
        outcome = StatementObserver.Outcome.DONE;
        return result;
      } finally {
        String given = values != null && values[0] instanceof String text ? text : prepared;
        observer.ended(
            given.isEmpty() ? BATCH : given, Duration.ofNanos(System.nanoTime() - start), outcome);
      }
    }
  }
}
