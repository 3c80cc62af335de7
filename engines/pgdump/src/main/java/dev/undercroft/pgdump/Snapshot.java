package dev.undercroft.pgdump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction that sees one moment, and its name for others that shall see the same. Every table
 * is locked against changes of its definition as long as it lasts.
 */
record Snapshot(Connection connection, String id, int major) implements AutoCloseable {

  private static final int TOGETHER = 500;
  private static final String BEGIN =
      "set transaction isolation level repeatable read, read only; set local row_security = off;"
          + " set local statement_timeout = 0; set local extra_float_digits = 3;"
          + " set local datestyle = iso; set local intervalstyle = postgres;"
          + " set local synchronize_seqscans = off";
  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      """;

  static Snapshot of(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(BEGIN);
      String id = value(statement, "select pg_catalog.pg_export_snapshot()");
      lock(statement);
      return new Snapshot(connection, id, major(statement));
    }
  }

  static Snapshot sharing(Connection connection, Snapshot other) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      int semicolon = BEGIN.indexOf(';');
      statement.execute(
          BEGIN.substring(0, semicolon)
              + "; set transaction snapshot '"
              + other.id
              + "'"
              + BEGIN.substring(semicolon));
    }
    return new Snapshot(connection, other.id, other.major);
  }

  private static int major(Statement statement) throws SQLException {
    return Integer.parseInt(value(statement, "show server_version_num")) / 10_000;
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private static void lock(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    for (int from = 0; from < tables.size(); from += TOGETHER) {
      List<String> some = tables.subList(from, Math.min(tables.size(), from + TOGETHER));
      statement.execute("lock table " + String.join(", ", some) + " in access share mode");
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
    }
  }
}
