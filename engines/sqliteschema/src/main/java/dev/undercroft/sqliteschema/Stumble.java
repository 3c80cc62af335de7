package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import dev.undercroft.sqlite.SqliteErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Finds where SQLite stumbled. It names only the word; where a statement has that word several
 * times, longer and longer beginnings of it are tried until SQLite stumbles. Stateless.
 */
final class Stumble {

  private Stumble() {}

  /** The offset in the source; the beginning of the statement if it cannot be found. */
  static int place(Statement statement, SQLException error) {
    String message = SqliteErrors.message(error);
    return SqliteErrors.place(statement, message).orElseGet(() -> search(statement, message));
  }

  private static int search(Statement statement, String message) {
    int start = statement.span().start();
    if (!message.startsWith("near \"")) {
      return start;
    }
    List<Token> tokens = statement.tokens();
    try (Connection memory = Memory.open()) {
      for (Token token : tokens) {
        if (message.startsWith("near \"" + token.in(statement.source().text()) + "\"")
            && message.equals(said(memory, statement, token.end()))) {
          return token.start();
        }
      }
      return start;
    } catch (SQLException noMemory) {
      throw Guest.refused("no database can be made in memory", noMemory);
    }
  }

  private static String said(Connection memory, Statement statement, int end) throws SQLException {
    String part = statement.source().text().substring(statement.span().start(), end);
    try (java.sql.Statement trial = memory.createStatement()) {
      trial.execute("EXPLAIN " + part);
      return "";
    } catch (SQLException e) {
      return SqliteErrors.message(e);
    }
  }
}
