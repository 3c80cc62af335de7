package dev.undercroft.schema;

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
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the definitions of SQL texts, whose statements may stand in any order, into an empty
 * PostgreSQL database: what fails is tried again after everything else, until nothing moves. Bodies
 * of functions are checked at the end. Statements that hold rows are left out and reported.
 * Stateless.
 */
public final class SqlLoader {

  private static final int BATCH = 100;

  private SqlLoader() {}

  /**
   * Loads the texts.
   *
   * @param connection to a database made for this; in auto-commit mode
   * @return what was left out, a problem each
   * @throws ProblemException with every statement that cannot be loaded, each with its place
   */
  public static List<Problem> load(Connection connection, List<SqlSource> sources) {
    List<Problem> broken = new ArrayList<>();
    List<Script> scripts = new ArrayList<>();
    for (SqlSource source : sources) {
      Script script = Script.read(source, Dialect.POSTGRESQL);
      broken.addAll(script.problems());
      scripts.add(script);
    }
    if (!broken.isEmpty()) {
      throw new ProblemException(broken);
    }
    try {
      return new SqlLoading(connection, BATCH).run(scripts);
    } catch (SQLException e) {
      throw Problem.of("SCHEMA_NOT_LOADED", ProblemKind.EXTERNAL, "the SQL could not be loaded")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that the scratch server is running, and try again.")
          .exception(e);
    }
  }

  /** Syntax, a type, a setting or an option that this version does not know. */
  private static boolean isWordOfAnother(SQLException error) {
    return List.of("42601", "42704", "0A000", "22023").contains(error.getSQLState());
  }

  /** What the server said about a statement, with the place in the file. */
  static Problem problem(Statement statement, SQLException error, int character, int server) {
    int offset =
        character > 0
            ? statement.source().atCharacter(statement.span().start(), character).offset()
            : statement.span().start();
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return Problem.of("SCHEMA_STATEMENT_REFUSED", ProblemKind.INPUT, statement + ": " + message)
        .withDetail(Excerpt.of(statement.source(), offset) + "\n" + error.getMessage())
        .withRemedy(
            "Correct the statement, or add what it needs."
                + (isWordOfAnother(error)
                    ? " It was read by PostgreSQL %d; newer words need a newer server."
                        .formatted(server)
                    : ""))
        .with("state", String.valueOf(error.getSQLState()));
  }
}
