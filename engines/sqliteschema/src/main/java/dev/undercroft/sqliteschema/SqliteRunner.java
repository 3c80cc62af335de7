package dev.undercroft.sqliteschema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import dev.undercroft.schema.Scope;
import dev.undercroft.sqlite.SqliteErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Carries a plan out in one transaction: all of it, or nothing. Nobody else writes meanwhile, and
 * what was planned for is still there when it begins. Stateless.
 */
final class SqliteRunner {

  private SqliteRunner() {}

  /**
   * Runs all steps.
   *
   * @param connection outside of a transaction; left so
   * @throws ProblemException naming the step that SQLite refused; nothing is changed then
   */
  static void run(Connection connection, Plan plan, Progress progress) {
    if (plan.isEmpty()) {
      return;
    }
    boolean keysOff = plan.steps().getFirst().transaction() == Transaction.OUTSIDE;
    List<Step> inside =
        plan.steps().stream().filter(step -> step.transaction() != Transaction.OUTSIDE).toList();
    try (Statement statement = connection.createStatement()) {
      boolean watched = keysOff && number(statement, "PRAGMA foreign_keys") == 1;
      if (watched) {
        statement.execute(KeysOff.OFF);
      }
      try {
        statement.execute("BEGIN IMMEDIATE");
        boolean whole = false;
        try {
          refuseIfMoved(connection, plan);
          run(statement, inside, progress);
          statement.execute("COMMIT");
          whole = true;
        } finally {
          if (!whole) {
            rollBack(statement);
          }
        }
      } finally {
        if (watched) {
          statement.execute(KeysOff.ON);
        }
      }
    } catch (SQLException e) {
      throw Guest.explain(connection, e);
    }
  }

  /** Some failures have ended the transaction by themselves. */
  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException ended) {
      System.getLogger("undercroft.sqliteschema")
          .log(System.Logger.Level.DEBUG, "SQLite had rolled back already", ended);
    }
  }

  private static void refuseIfMoved(Connection connection, Plan plan) {
    String now = new SqliteIntrospector().read(connection, Scope.ALL).fingerprint();
    if (!now.equals(plan.beforeFingerprint())) {
      throw Problem.of(
              "SQLITESCHEMA_MOVED",
              ProblemKind.CONFLICT,
              "the database has changed since this was planned; it was not touched")
          .withRemedy("Plan again, and look at it.")
          .exception();
    }
  }

  private static void run(Statement statement, List<Step> steps, Progress progress)
      throws SQLException {
    long broken = steps.stream().anyMatch(SqliteRunner::isCheck) ? broken(statement) : 0;
    long done = 0;
    for (Step step : steps) {
      if (isCheck(step)) {
        refuseBrokenKeys(statement, broken);
      } else {
        one(statement, step);
      }
      progress.report(step.subject().toString(), ++done, steps.size());
    }
  }

  private static boolean isCheck(Step step) {
    return step.sql().equals(KeysOff.CHECK);
  }

  private static void one(Statement statement, Step step) throws SQLException {
    try {
      statement.execute(step.sql());
    } catch (SQLException e) {
      int code = e.getErrorCode() & 0xFF;
      if (code != SQLITE_ERROR && code != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH) {
        throw e;
      }
      throw Problem.of(
              "SQLITESCHEMA_STEP_REFUSED", ProblemKind.CONFLICT, step.subject() + ": " + step.sql())
          .withDetail(SqliteErrors.message(e))
          .withRemedy("Correct what SQLite names and apply again: nothing was changed.")
          .exception(e);
    }
  }

  private static final int SQLITE_ERROR = 1;
  private static final int SQLITE_CONSTRAINT = 19;
  private static final int SQLITE_MISMATCH = 20;

  /** How many rows refer to nothing; less than none if SQLite cannot tell. */
  private static long broken(Statement statement) {
    try {
      return number(statement, "SELECT count(*) FROM pragma_foreign_key_check");
    } catch (SQLException mismatch) {
      System.getLogger("undercroft.sqliteschema")
          .log(System.Logger.Level.DEBUG, "foreign keys cannot be checked", mismatch);
      return -1;
    }
  }

  private static void refuseBrokenKeys(Statement statement, long before) throws SQLException {
    if (before < 0 || broken(statement) <= before) {
      return;
    }
    StringBuilder found = new StringBuilder();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")) {
      while (rows.next()) {
        found.append(
            "%d rows of %s refer to rows of %s that are not there%n"
                .formatted(rows.getLong(3), rows.getString(1), rows.getString(2)));
      }
    }
    throw Problem.of(
            "SQLITESCHEMA_KEYS_BROKEN",
            ProblemKind.CONFLICT,
            "foreign keys would refer to nothing; nothing was changed")
        .withDetail(found.toString().strip())
        .withRemedy("Correct or delete these rows, and apply again.")
        .exception();
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
