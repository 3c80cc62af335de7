package dev.undercroft.access;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** The least a source can be: the driver, no diagnosis. */
final class TestSource implements ConnectionSource {

  private final PostgresDatabase database;
  private final AtomicInteger opened = new AtomicInteger();

  TestSource(PostgresDatabase database) {
    this.database = database;
  }

  int opened() {
    return opened.get();
  }

  @Override
  public DatabaseAddress address() {
    return DatabaseUrl.parse(database.url(), Path.of("/"));
  }

  @Override
  public Connection open() {
    try {
      opened.incrementAndGet();
      return database.connect();
    } catch (SQLException e) {
      throw explain(e).exception(e);
    }
  }

  @Override
  public void bind(Connection connection, TenantContext context) throws SQLException {
    try (var statement =
        connection.prepareStatement("SELECT set_config('undercroft.tenant', ?, true)")) {
      statement.setString(1, context.tenant());
      statement.execute();
    }
  }

  @Override
  public Problem explain(SQLException failure) {
    return Problem.of("TEST_FAILED", ProblemKind.EXTERNAL, "state " + failure.getSQLState());
  }

  @Override
  public boolean isPassing(Problem problem) {
    return !problem.message().contains("3D000");
  }
}
