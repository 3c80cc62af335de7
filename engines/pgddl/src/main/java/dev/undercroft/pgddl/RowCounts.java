package dev.undercroft.pgddl;

import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Counts, on the database that a plan is made for, the rows that its warnings are about. Nothing is
 * written, and no more time is taken than is allowed: what was not counted by then, or cannot be
 * asked, stays open. Used once.
 */
public final class RowCounts {

  private final Connection connection;
  private final long end;

  private RowCounts(Connection connection, long end) {
    this.connection = connection;
    this.end = end;
  }

  /**
   * The same plan, with numbers where they are known; a database that does not answer gives none.
   *
   * @param connection in auto-commit mode; left in it
   * @param most how long all of it may take
   */
  public static Plan in(Connection connection, Plan plan, Duration most) {
    boolean none =
        plan.steps().stream()
            .flatMap(step -> step.warnings().stream())
            .allMatch(warning -> warning.probe().isEmpty());
    if (none) {
      return plan;
    }
    RowCounts counts = new RowCounts(connection, System.nanoTime() + most.toNanos());
    return plan.with(counts::counted);
  }

  private Step counted(Step step) {
    List<Warning> warnings = step.warnings().stream().map(this::counted).toList();
    return warnings.equals(step.warnings()) ? step : step.with(warnings);
  }

  private Warning counted(Warning warning) {
    long left = (end - System.nanoTime()) / 1_000_000;
    if (warning.probe().isEmpty() || left <= 0) {
      return warning;
    }
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("SET statement_timeout = " + left);
      try (ResultSet row = statement.executeQuery(warning.probe())) {
        row.next();
        return warning.counted(row.getLong(1));
      } finally {
        statement.execute("RESET statement_timeout");
      }
    } catch (SQLException e) {
      System.getLogger("undercroft.pgddl")
          .log(System.Logger.Level.DEBUG, () -> "not counted: " + warning.sentence(), e);
      return warning;
    }
  }
}
