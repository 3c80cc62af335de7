package dev.undercroft.sdk;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The least a source can be: the driver, no diagnosis. */
record TestSource(PostgresDatabase database, String user, String password)
    implements ConnectionSource {

  TestSource(PostgresDatabase database) {
    this(database, database.user(), database.password());
  }

  @Override
  public DatabaseAddress address() {
    return DatabaseUrl.parse(database.url(user, password), Path.of("/"));
  }

  @Override
  public Connection open() {
    try {
      return database.connect(user, password);
    } catch (SQLException e) {
      throw explain(e).exception(e);
    }
  }

  @Override
  public void bind(Connection connection, TenantContext context) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "select set_config('undercroft.tenant', ?, true),"
                + " set_config('undercroft.role', ?, true)")) {
      statement.setString(1, context.tenant());
      statement.setString(2, context.role());
      statement.execute();
    }
  }

  @Override
  public Problem explain(SQLException failure) {
    return Problem.of("TEST_FAILED", ProblemKind.EXTERNAL, "state " + failure.getSQLState());
  }

  @Override
  public boolean isPassing(Problem problem) {
    return false;
  }
}
