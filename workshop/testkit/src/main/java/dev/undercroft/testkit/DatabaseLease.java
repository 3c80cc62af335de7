package dev.undercroft.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A database made for one test; at its end everything the test made on the server is dropped. */
record DatabaseLease(PostgresDatabase database, Set<String> databases, Set<String> roles) {

  private static final String DATABASES = "SELECT datname FROM pg_database";
  private static final String ROLES = "SELECT rolname FROM pg_roles";

  /** Sessions, prepared transactions and slots of databases that were not there before. */
  private static final String OPEN =
      """
      SELECT pid::text, format('connection of %s to %s (%s), %s, last statement: %s%s', usename,
               datname, application_name, state, left(query, 200),
               (SELECT string_agg(', holds an advisory lock', '') FROM pg_locks l
                 WHERE l.pid = a.pid AND l.locktype = 'advisory'))
        FROM pg_stat_activity a
       WHERE backend_type IN ('client backend', 'walsender') AND pid <> pg_backend_pid()
         AND NOT (datname = ANY (?))
      UNION ALL
      SELECT '', 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE NOT (database = ANY (?))
      UNION ALL
      SELECT '', 'replication slot ' || slot_name FROM pg_replication_slots
       WHERE database IS NULL OR NOT (database = ANY (?))
      """;

  static DatabaseLease take(PostgresServer server) {
    try (Connection connection = server.connect()) {
      Set<String> databases = names(connection, DATABASES);
      Set<String> roles = names(connection, ROLES);
      String name = server.nextDatabaseName();
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + quoted(name) + " STRATEGY file_copy");
      }
      return new DatabaseLease(new PostgresDatabase(server, name), databases, roles);
    } catch (SQLException e) {
      throw new AssertionError("no fresh database", e);
    }
  }

  List<String> end() throws SQLException {
    try (Connection connection = database.server().connect()) {
      List<String> open = awaitNothingOpen(connection);
      drop(connection);
      return open;
    }
  }

  /** A closed connection's process needs a moment to end. */
  private List<String> awaitNothingOpen(Connection connection) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    List<String> open = open(connection);
    while (!open.isEmpty() && System.nanoTime() < end) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_sleep(0.005)");
      }
      open = open(connection);
    }
    return open;
  }

  private List<String> open(Connection connection) throws SQLException {
    Set<String> others = new HashSet<>(databases);
    others.remove("postgres");
    try (var statement = connection.prepareStatement(OPEN)) {
      for (int parameter = 1; parameter <= 3; parameter++) {
        statement.setArray(parameter, connection.createArrayOf("text", others.toArray()));
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(2));
        }
      }
      return found;
    }
  }

  private void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active");
      for (String name : newNames(connection, DATABASES, databases)) {
        rollBackPrepared(name);
        statement.execute("ALTER DATABASE " + quoted(name) + " IS_TEMPLATE false");
        statement.execute("DROP DATABASE " + quoted(name) + " WITH (FORCE)");
      }
      Set<String> made = newNames(connection, ROLES, roles);
      for (String role : made) {
        statement.execute("DROP OWNED BY " + quoted(role) + " CASCADE");
      }
      for (String role : made) {
        statement.execute("DROP ROLE " + quoted(role));
      }
    }
  }

  /** Only a session of the same database can end a prepared transaction. */
  private void rollBackPrepared(String name) throws SQLException {
    PostgresDatabase there = new PostgresDatabase(database.server(), name);
    String query = "SELECT quote_literal(gid) FROM pg_prepared_xacts WHERE database = ";
    try (Connection connection = database.server().connect()) {
      for (String gid : names(connection, query + "'" + name.replace("'", "''") + "'")) {
        there.execute("ROLLBACK PREPARED " + gid);
      }
    }
  }

  private static Set<String> newNames(Connection connection, String query, Set<String> before)
      throws SQLException {
    Set<String> now = names(connection, query);
    now.removeAll(before);
    return now;
  }

  private static Set<String> names(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      Set<String> names = new HashSet<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
