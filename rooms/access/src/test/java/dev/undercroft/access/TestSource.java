package dev.undercroft.access;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The least a source can be: the driver, no diagnosis. */
final class TestSource implements ConnectionSource {

  private final PostgresDatabase database;
  private final boolean together;
  private final AtomicInteger opened = new AtomicInteger();

  TestSource(PostgresDatabase database) {
    this(database, false);
  }

  /** Whether the tenant travels together with statements. */
  TestSource(PostgresDatabase database, boolean together) {
    this.database = database;
    this.together = together;
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
  public Optional<Preamble> preamble(
      Connection connection, Optional<TenantContext> context, Sessions.Access access) {
    String tell = Preamble.MARK + "SELECT set_config('undercroft.tenant', ?, true)";
    String reading = tell + ", set_config('transaction_read_only', 'on', true)";
    return together
        ? Optional.of(
            new Preamble(
                access == Sessions.Access.WRITE ? tell : reading,
                List.of(context.map(TenantContext::tenant).orElse(""))))
        : Optional.empty();
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
