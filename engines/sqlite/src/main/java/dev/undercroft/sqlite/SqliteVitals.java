package dev.undercroft.sqlite;

import dev.undercroft.engine.Vitals;
import dev.undercroft.engine.VitalsProbe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Asks SQLite how large a database is; it counts neither sessions nor transactions. */
public final class SqliteVitals implements VitalsProbe {

  private static final String SIZE =
      "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

  @Override
  public Vitals ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SIZE)) {
      row.next();
      return new Vitals(
          Optional.empty(),
          Optional.empty(),
          Optional.of(row.getLong(1)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
