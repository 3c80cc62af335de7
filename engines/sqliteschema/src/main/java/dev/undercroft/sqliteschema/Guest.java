package dev.undercroft.sqliteschema;

import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sqlite.SqliteConnections;
import dev.undercroft.sqlite.SqliteErrors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;

/** Says what a failure means for the database of a connection. Stateless. */
final class Guest {

  private Guest() {}

  static ProblemException explain(Connection connection, SQLException failure) {
    Path file = file(connection);
    SqliteAddress address =
        new SqliteAddress(
            file,
            file.toString().isEmpty() ? SqliteAddress.Mode.MEMORY : SqliteAddress.Mode.READ_WRITE,
            SqliteAddress.DEFAULT_BUSY_TIMEOUT,
            OptionalInt.empty());
    return new SqliteConnections(address).explain(failure).exception(failure);
  }

  static ProblemException refused(String what, SQLException failure) {
    return Problem.of("SQLITESCHEMA_REFUSED", ProblemKind.CONFLICT, what)
        .withDetail(SqliteErrors.message(failure))
        .withRemedy("Correct what SQLite names, and repeat the command.")
        .exception(failure);
  }

  private static Path file(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select file from pragma_database_list where name = 'main'")) {
      String file = row.next() ? row.getString(1) : "";
      return Path.of(file == null ? "" : file);
    } catch (SQLException unknown) {
      String url = url(connection);
      return Path.of(url.startsWith("jdbc:sqlite:") ? url.substring("jdbc:sqlite:".length()) : "");
    }
  }

  private static String url(Connection connection) {
    try {
      return String.valueOf(connection.getMetaData().getURL());
    } catch (SQLException unknown) {
      return "";
    }
  }
}
