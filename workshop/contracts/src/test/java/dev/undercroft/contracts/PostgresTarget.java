package dev.undercroft.contracts;

import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.postgres.PostgresMigrationDialect;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.SQLException;
import java.util.List;

record PostgresTarget(PostgresDatabase database) implements MigrationTarget {

  @Override
  public MigrationDialect dialect() {
    DriverSource source = DriverSource.of(database);
    return new PostgresMigrationDialect(source, source.address());
  }

  @Override
  public void execute(String... statements) {
    try {
      database.execute(statements);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<String> column(String query) {
    try {
      return database.column(query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String history(String table) {
    return "undercroft." + table;
  }

  @Override
  public List<String> tables() {
    return column(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            + " order by 1");
  }
}
