package dev.undercroft.pgddl;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Carries a plan out on one connection, batch by batch. After a failure the batches before it
 * stand; a new plan made from the database as it is then goes on from there. Stateless.
 */
public final class PlanRunner {

  private PlanRunner() {}

  /**
   * Runs all steps.
   *
   * @param connection in auto-commit mode; left in it
   * @throws dev.undercroft.base.ProblemException naming the step that the server refused
   */
  public static void run(Connection connection, Plan plan, Progress progress) {
    long done = 0;
    try {
      for (String setting : PostgresDialect.SESSION) {
        execute(connection, setting);
      }
      for (List<Step> batch : plan.batches()) {
        run(connection, batch);
        done += batch.size();
        progress.report(batch.getLast().subject().toString(), done, plan.steps().size());
      }
    } catch (SQLException e) {
      throw refused("the plan was interrupted", e);
    }
  }

  private static void run(Connection connection, List<Step> batch) throws SQLException {
    boolean outside = batch.getFirst().transaction() == Transaction.OUTSIDE;
    if (!outside) {
      connection.setAutoCommit(false);
    }
    try {
      for (Step step : batch) {
        one(connection, step);
      }
      if (!outside) {
        connection.commit();
      }
    } finally {
      if (!outside) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static void one(Connection connection, Step step) {
    try {
      execute(connection, step.sql());
    } catch (SQLException e) {
      throw refused(step.subject() + ": " + step.sql(), e);
    }
  }

  private static RuntimeException refused(String what, SQLException e) {
    return Problem.of("PGDDL_STEP_REFUSED", ProblemKind.CONFLICT, what)
        .withDetail(String.valueOf(e.getMessage()))
        .withRemedy(
            "Correct what the server names and apply again: the steps before this one stand, and"
                + " the next plan goes on from there.")
        .exception(e);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
