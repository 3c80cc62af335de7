package dev.undercroft.sqliteschema;

import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.sqlite.ProgressHandler;

/** Counts the rows that warnings are about. Stateless. */
final class RowCounts {

  private static final int INSTRUCTIONS = 100_000;

  private RowCounts() {}

  /** The same plan, with numbers where they are known before the time is over. */
  static Plan in(Connection connection, Plan plan, Duration most) {
    try {
      return limited(connection, plan, most);
    } catch (SQLException e) {
      System.getLogger("undercroft.sqliteschema")
          .log(System.Logger.Level.DEBUG, "rows are not counted", e);
      return plan;
    }
  }

  private static Plan limited(Connection connection, Plan plan, Duration most) throws SQLException {
    long end = System.nanoTime() + most.toNanos();
    ProgressHandler.setHandler(
        connection,
        INSTRUCTIONS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() > end ? 1 : 0;
          }
        });
    try {
      return plan.with(step -> counted(connection, step));
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  private static Step counted(Connection connection, Step step) {
    List<Warning> warnings =
        step.warnings().stream()
            .map(warning -> counted(connection, warning))
            .filter(warning -> !Risks.isUnfounded(warning))
            .toList();
    return warnings.equals(step.warnings()) ? step : step.with(warnings);
  }

  private static Warning counted(Connection connection, Warning warning) {
    if (warning.probe().isEmpty()) {
      return warning;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(warning.probe())) {
      return row.next() ? warning.counted(row.getLong(1)) : warning;
    } catch (SQLException e) {
      System.getLogger("undercroft.sqliteschema")
          .log(System.Logger.Level.DEBUG, () -> "not counted: " + warning.sentence(), e);
      return warning;
    }
  }
}
