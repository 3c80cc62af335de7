package dev.undercroft.postgres;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Runs a project's script of grants, all of it or nothing. */
record GrantsScript(PostgresConnections source, SqlSource grants) {

  /**
   * Runs the script and then the statements that must hold whatever it says.
   *
   * @throws ProblemException naming the place of a statement that is refused
   */
  void run(List<String> afterwards) {
    Script script = Script.read(grants, Dialect.POSTGRESQL).orThrow();
    try (Connection connection = source.open()) {
      connection.setAutoCommit(false);
      try {
        execute(connection, "SET LOCAL search_path = public");
        execute(connection, "SET LOCAL lock_timeout = '10s'");
        for (Statement statement : script.statements()) {
          one(connection, statement);
        }
        for (String sql : afterwards) {
          execute(connection, sql);
        }
        connection.commit();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw source.explain(e).exception(e);
    }
  }

  private void one(Connection connection, Statement statement) throws SQLException {
    try {
      execute(connection, statement.text());
    } catch (SQLException e) {
      if (StatementDiagnosis.isOfConnection(e)) {
        throw e;
      }
      throw refused(statement, e);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  private ProblemException refused(Statement statement, SQLException failure) {
    int within = Math.max(0, MigrationErrors.position(failure) - 1);
    int characters = statement.text().codePointCount(0, statement.text().length());
    int offset =
        statement.span().start()
            + statement.text().offsetByCodePoints(0, Math.min(within, characters));
    var server = MigrationErrors.of(failure);
    return Problem.of(
            "POSTGRES_GRANTS_REFUSED",
            ProblemKind.CONFLICT,
            grants.name() + " was refused: " + server.message())
        .withDetail(Excerpt.of(grants, offset) + "\nSQLSTATE " + failure.getSQLState())
        .withRemedy("Correct it and deploy again; no grant was changed.")
        .exception(failure);
  }
}
