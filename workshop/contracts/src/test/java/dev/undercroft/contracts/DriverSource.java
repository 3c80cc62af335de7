package dev.undercroft.contracts;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Connections straight from the driver. */
record DriverSource(PostgresAddress address) implements ConnectionSource {

  static DriverSource of(PostgresDatabase database) {
    return of(database, database.server().port());
  }

  static DriverSource of(PostgresDatabase database, int port) {
    return new DriverSource(
        new PostgresAddress(
            List.of(new HostPort(PostgresServer.HOST, port)),
            database.name(),
            database.user(),
            Secret.of(database.password()),
            Map.of()));
  }

  @Override
  public Connection open() {
    try {
      HostPort host = address.hosts().getFirst();
      return DriverManager.getConnection(
          "jdbc:postgresql://" + host + "/" + address.database(),
          address.user(),
          address.password().reveal());
    } catch (SQLException e) {
      throw explain(e).exception(e);
    }
  }

  @Override
  public void bind(Connection connection, TenantContext context) {
    throw new UnsupportedOperationException("migrations have no tenant");
  }

  @Override
  public Problem explain(SQLException failure) {
    return Problem.of("TEST_FAILED", ProblemKind.EXTERNAL, String.valueOf(failure.getMessage()));
  }

  @Override
  public boolean isPassing(Problem problem) {
    return false;
  }
}
