package dev.undercroft.pgisolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Rows as texts, null as an empty one. Stateless. */
final class Rows {

  private Rows() {}

  static List<List<String>> of(Connection connection, String sql) throws SQLException {
    try (Statement statement = plain(connection);
        ResultSet result = statement.executeQuery(sql)) {
      return read(result);
    }
  }

  /** The same, for a query that is asked again and again: the server plans it once. */
  static List<List<String>> again(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      return read(result);
    }
  }

  static List<List<String>> read(ResultSet result) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    int width = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<String> row = new ArrayList<>(width);
      for (int column = 1; column <= width; column++) {
        String value = result.getString(column);
        row.add(value == null ? "" : value);
      }
      rows.add(row);
    }
    return rows;
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = plain(connection)) {
      statement.execute(sql);
    }
  }

  static Statement plain(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setEscapeProcessing(false);
    return statement;
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static String name(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }
}
