package dev.undercroft.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is prepared when it is known how it will run: with the preamble before it if it
 * is executed, without if it is a batch or wants a cursor. Until then the calls that fill it are
 * kept.
 */
final class TurnStatement implements InvocationHandler {

  /** A call that fills or tunes the statement. */
  private record Filling(Method method, List<Object> values) {
    Filling(Method method, Object[] values) {
      this(method, Arrays.asList(values));
    }

    Object[] shifted(int shift) {
      return isParameter(method, values.toArray())
          ? TurnStatement.shifted(values.toArray(), shift)
          : values.toArray();
    }
  }

  private final Turn turn;
  private final Connection self;
  private final String sql;
  private final List<Filling> fillings = new ArrayList<>();
  private @Nullable PreparedStatement real;
  private @Nullable Preamble ahead;
  private boolean closed;

  TurnStatement(Turn turn, Connection self, String sql) {
    this.turn = turn;
    this.self = self;
    this.sql = sql;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] values)
      throws Throwable {
    String name = method.getName();
    PreparedStatement open = real;
    if (name.equals("getConnection")) {
      return self;
    }
    if (open != null) {
      return onOpen(open, method, values);
    }
    boolean cursor = name.equals("setFetchSize") && values != null && !values[0].equals(0);
    if (values != null && !cursor && name.startsWith("set")) {
      fillings.add(new Filling(method, values));
      return null;
    }
    return switch (name) {
      case "clearParameters" -> {
        fillings.removeIf(one -> isParameter(one.method(), one.values().toArray()));
        yield null;
      }
      case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" -> execute(name);
      case "close" -> {
        closed = true;
        yield null;
      }
      case "isClosed" -> closed;
      case "toString", "hashCode", "equals" -> Proxies.call(sql, method, values);
      default -> Proxies.call(alone(), method, values);
    };
  }

  /** Executing again is a new statement for the server; the preamble went ahead of the first. */
  private @Nullable Object onOpen(PreparedStatement open, Method method, Object @Nullable [] values)
      throws Throwable {
    boolean again = method.getName().startsWith("execute") || method.getName().equals("addBatch");
    if (ahead == null) {
      return Proxies.call(open, method, values);
    }
    if (values != null && isParameter(method, values)) {
      fillings.add(new Filling(method, values));
      return Proxies.call(open, method, shifted(values, ahead.values().size()));
    }
    if (again) {
      open.close();
      real = null;
      ahead = null;
      return invoke(this, method, values);
    }
    return Proxies.call(open, method, values);
  }

  private @Nullable Object execute(String name) throws Throwable {
    Preamble preamble = turn.takeAlong();
    if (preamble == null) {
      return run(name, alone());
    }
    PreparedStatement together = turn.bare().prepareStatement(preamble.before(sql));
    real = together;
    ahead = preamble;
    preamble.fill(together);
    fill(together, preamble.values().size());
    together.execute();
    boolean rows = together.getMoreResults();
    return switch (name) {
      case "execute" -> rows;
      case "executeQuery" -> together.getResultSet();
      case "executeUpdate" -> together.getUpdateCount();
      default -> together.getLargeUpdateCount();
    };
  }

  private static Object run(String name, PreparedStatement statement) throws SQLException {
    return switch (name) {
      case "execute" -> statement.execute();
      case "executeQuery" -> statement.executeQuery();
      case "executeUpdate" -> statement.executeUpdate();
      default -> statement.executeLargeUpdate();
    };
  }

  private PreparedStatement alone() throws Throwable {
    PreparedStatement plain = turn.settled().prepareStatement(sql);
    real = plain;
    fill(plain, 0);
    return plain;
  }

  private void fill(PreparedStatement statement, int shift) throws Throwable {
    for (Filling one : fillings) {
      Proxies.call(statement, one.method(), one.shifted(shift));
    }
  }

  /** As in {@code setString(1, "x")}, and unlike {@code setFetchSize(1)}. */
  private static boolean isParameter(Method method, Object[] values) {
    return method.getName().startsWith("set")
        && values.length >= 2
        && method.getParameterTypes()[0] == int.class;
  }

  private static Object[] shifted(Object[] values, int shift) {
    Object[] moved = values.clone();
    moved[0] = (Integer) values[0] + shift;
    return moved;
  }
}
