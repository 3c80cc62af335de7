package dev.undercroft.contracts;

import dev.undercroft.access.SqliteAddress;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.sqlite.SqliteConnections;
import dev.undercroft.sqlite.SqliteMigrationDialect;
import dev.undercroft.testkit.SqliteDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

record SqliteTarget(SqliteDatabase database) implements MigrationTarget {

  @Override
  public MigrationDialect dialect() {
    SqliteAddress address =
        new SqliteAddress(
            database.file(),
            SqliteAddress.Mode.CREATE,
            SqliteAddress.DEFAULT_BUSY_TIMEOUT,
            OptionalInt.empty());
    return new SqliteMigrationDialect(new SqliteConnections(address), address);
  }

  @Override
  public void execute(String... statements) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<String> column(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String history(String table) {
    return "undercroft_" + table;
  }

  @Override
  public List<String> tables() {
    return column(
        "select name from sqlite_master where type = 'table' and name not like 'undercroft%'"
            + " and name not like 'sqlite%' order by 1");
  }
}
