package dev.undercroft.contracts;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Secret;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.PostgresMigrationDialect;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

record PostgresTarget(PostgresDatabase database) implements MigrationTarget {

  @Override
  public MigrationDialect dialect() {
    return dialect(address());
  }

  PostgresAddress address() {
    return new PostgresAddress(
        List.of(new HostPort(PostgresServer.HOST, database.server().port())),
        database.name(),
        database.user(),
        Secret.of(database.password()),
        Map.of());
  }

  static MigrationDialect dialect(PostgresAddress address) {
    return new PostgresMigrationDialect(
        new PostgresConnections(address, "undercroft migrate"), address);
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
