package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.TransactionUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries migrations out in a scratch database, in order and without a history. A migration is one
 * transaction, unless it holds a statement that the server takes only outside. Stateless.
 */
final class Replay {

  private Replay() {}

  /**
   * Carries them out.
   *
   * @param connection in auto-commit mode; left in it
   * @return what was left out, a problem each
   * @throws ProblemException naming the statement that the server refused
   */
  static List<Problem> run(Connection connection, List<SqlSource> migrations, SchemaEngine engine) {
    List<Problem> notes = new ArrayList<>();
    List<Script> scripts = new ArrayList<>();
    List<Problem> broken = new ArrayList<>();
    for (SqlSource migration : migrations) {
      Script script = Script.read(migration, engine.sql());
      broken.addAll(script.problems());
      scripts.add(script);
    }
    if (!broken.isEmpty()) {
      throw new ProblemException(broken);
    }
    try {
      for (Script script : scripts) {
        run(connection, script, notes, engine);
      }
      return notes;
    } catch (SQLException e) {
      throw Problem.of("EVOLVE_NOT_REPLAYED", ProblemKind.EXTERNAL, "the migrations were cut off")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that the scratch server is running, and try again.")
          .exception(e);
    }
  }

  private static void run(
      Connection connection, Script script, List<Problem> notes, SchemaEngine engine)
      throws SQLException {
    boolean alone =
        script.statements().stream()
            .anyMatch(statement ->
                statement.command().use() == TransactionUse.OUTSIDE
                    || statement.command().use() == TransactionUse.CONTROL);
    connection.setAutoCommit(alone);
    try {
      for (Statement statement : script.statements()) {
        if (!statement.command().name().equals("VACUUM")) {
          run(connection, statement, notes, engine);
        }
      }
      if (!alone) {
        connection.commit();
      }
    } finally {
      if (!alone) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
      engine.reset(connection);
    }
  }

  private static void run(
      Connection connection, Statement statement, List<Problem> notes, SchemaEngine engine) {
    if (statement.copyData().isPresent()) {
      notes.add(
          Problem.of(
                  "EVOLVE_ROWS_LEFT_OUT",
                  ProblemKind.INPUT,
                  statement + ": the rows of COPY were left out of the scratch database")
              .withRemedy("Nothing need be done unless later migrations depend on these rows."));
      return;
    }
    try {
      execute(connection, statement.text());
    } catch (SQLException e) {
      throw refused(statement, e, engine.place(statement, e));
    }
  }

  private static ProblemException refused(Statement statement, SQLException error, int offset) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return Problem.of("EVOLVE_MIGRATION_REFUSED", ProblemKind.INPUT, statement + ": " + message)
        .withDetail(Excerpt.of(statement.source(), offset) + "\n" + error.getMessage())
        .withRemedy("Correct the migration; the ones before it ran.")
        .with("state", String.valueOf(error.getSQLState()))
        .exception(error);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
