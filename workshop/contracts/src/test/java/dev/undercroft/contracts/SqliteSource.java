package dev.undercroft.contracts;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connections straight from the driver. */
record SqliteSource(SqliteAddress address) implements ConnectionSource {

  @Override
  public Connection open() {
    try {
      return DriverManager.getConnection("jdbc:sqlite:" + address.file());
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
