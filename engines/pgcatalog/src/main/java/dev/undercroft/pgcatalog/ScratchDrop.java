package dev.undercroft.pgcatalog;

import dev.undercroft.pgcatalog.PostgresScratchServer.Connections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Drops scratch databases, whatever is in them. Stateless. */
final class ScratchDrop {

  /** SQLSTATE {@code object_in_use}: subscriptions keep a database. */
  private static final String IN_USE = "55006";

  private static final String SUBSCRIPTIONS =
      """
      select format('alter subscription %1$I disable; alter subscription %1$I set (slot_name = none); drop subscription %1$I', subname)
      from pg_catalog.pg_subscription
      where subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
      """;

  private ScratchDrop() {}

  static void run(Statement statement, String name, Connections connections) throws SQLException {
    String drop = "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)";
    try {
      statement.execute(drop);
    } catch (SQLException e) {
      if (!IN_USE.equals(e.getSQLState())) {
        throw e;
      }
      unsubscribe(name, connections);
      statement.execute(drop);
    }
  }

  private static void unsubscribe(String name, Connections connections) throws SQLException {
    try (Connection inside = connections.open(name);
        Statement statement = inside.createStatement()) {
      List<String> drops = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(SUBSCRIPTIONS)) {
        while (rows.next()) {
          drops.add(rows.getString(1));
        }
      }
      for (String drop : drops) {
        statement.execute(drop);
      }
    }
  }
}
