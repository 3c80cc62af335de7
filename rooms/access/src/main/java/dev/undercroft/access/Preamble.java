package dev.undercroft.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * What a server is told before the first statement of a transaction, and in the same message:
 * answers come together, so that it costs no time on the network. Immutable.
 *
 * @param sql one statement with placeholders that gives one result; begins with {@link #MARK}
 * @param values the values of its placeholders
 */
public record Preamble(String sql, List<String> values) {

  /** Tells preambles apart from the statements behind them. */
  public static final String MARK = "/* context */ ";

  private static final String END = ";\n";

  /** Copies the values. */
  public Preamble {
    values = List.copyOf(values);
    if (!sql.startsWith(MARK) || sql.contains(";")) {
      throw new IllegalArgumentException("a preamble is one marked statement: " + sql);
    }
  }

  /** The statement with this preamble before it. */
  String before(String statement) {
    return sql + END + statement;
  }

  /** The statement without the preamble it was sent with, for people. */
  static String strip(String text) {
    return text.startsWith(MARK) && text.contains(END)
        ? text.substring(text.indexOf(END) + END.length())
        : text;
  }

  void fill(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
  }

  /** Sends it alone, on a connection that is in a transaction. */
  public void send(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      fill(statement);
      statement.execute();
    }
  }
}
