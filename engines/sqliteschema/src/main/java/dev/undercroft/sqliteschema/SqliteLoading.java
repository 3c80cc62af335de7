package dev.undercroft.sqliteschema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Position;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.TransactionUse;
import dev.undercroft.sqlite.SqliteErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loads definitions, whose statements may stand in any order, into an empty database in memory:
 * what fails is tried again after everything else, until nothing moves. SQLite looks into views and
 * triggers only when they are used, so they are tried at the end. Used once.
 */
final class SqliteLoading {

  private static final Set<String> DEFINE = Set.of("CREATE", "ALTER", "DROP");
  private static final Set<String> SILENT = Set.of("PRAGMA", "ANALYZE", "REINDEX", "VACUUM");

  private final Connection connection;
  private final List<Problem> notes = new ArrayList<>();
  private final Map<String, Statement> made = new HashMap<>();

  SqliteLoading(Connection connection) {
    this.connection = connection;
  }

  /**
   * Loads.
   *
   * @return what was left out, a problem each
   * @throws ProblemException with every statement that cannot be loaded, each with its place
   */
  List<Problem> run(List<SqlSource> sources) {
    List<Problem> refused = new ArrayList<>();
    List<Statement> open = new ArrayList<>();
    for (SqlSource source : sources) {
      Script script = Script.read(source, Dialect.SQLITE);
      refused.addAll(script.problems());
      script.statements().stream().filter(this::defines).forEach(open::add);
    }
    int before = -1;
    while (refused.isEmpty() && !open.isEmpty() && open.size() != before) {
      before = open.size();
      open = round(open);
    }
    open.forEach(statement -> attempt(statement, refused));
    if (refused.isEmpty()) {
      refused.addAll(broken());
    }
    if (!refused.isEmpty()) {
      throw new ProblemException(refused);
    }
    return notes;
  }

  private boolean defines(Statement statement) {
    String verb = statement.command().name().split(" ", 2)[0];
    boolean rows =
        !DEFINE.contains(verb)
            && !SILENT.contains(verb)
            && statement.command().use() == TransactionUse.INSIDE
            && !Folded.of(statement.text()).contains("sqlite_sequence");
    if (rows) {
      notes.add(
          Problem.of(
                  "SCHEMA_ROWS_LEFT_OUT",
                  ProblemKind.INPUT,
                  "%s: %s defines nothing; it was left out".formatted(statement, verb))
              .withRemedy("Rows belong in the folder seed/ or in a migration."));
    }
    return DEFINE.contains(verb);
  }

  private List<Statement> round(List<Statement> open) {
    List<Statement> failed = new ArrayList<>();
    for (Statement statement : open) {
      List<Problem> ignored = new ArrayList<>();
      if (!attempt(statement, ignored)) {
        failed.add(statement);
      }
    }
    return failed;
  }

  private boolean attempt(Statement statement, List<Problem> refused) {
    try {
      execute(statement.text());
      Tokens in = Tokens.of(statement.text());
      if (in.take("create", "view") || in.take("create", "trigger")) {
        made.put(Folded.of(StatementText.read(statement.text()).spelling()), statement);
      }
      return true;
    } catch (SQLException e) {
      refused.add(problem(statement, e));
      return false;
    }
  }

  private static Problem problem(Statement statement, SQLException error) {
    String message = SqliteErrors.message(error);
    int offset = Stumble.place(statement, error);
    Position at = statement.source().at(offset);
    return Problem.of(
            "SCHEMA_STATEMENT_REFUSED",
            ProblemKind.INPUT,
            "%s:%d:%d: %s".formatted(statement.source().name(), at.line(), at.column(), message))
        .withDetail(Excerpt.of(statement.source(), offset) + "\n" + message)
        .withRemedy("Correct the statement, or add what it needs.");
  }

  /** Views and triggers that speak of what is not there. */
  private List<Problem> broken() {
    List<Problem> problems = new ArrayList<>();
    for (String[] one : trials()) {
      try {
        execute(one[1]);
      } catch (SQLException e) {
        Statement statement = made.get(Folded.of(one[0]));
        problems.add(
            statement == null
                ? Problem.of(
                        "SCHEMA_STATEMENT_REFUSED",
                        ProblemKind.INPUT,
                        one[0] + ": " + SqliteErrors.message(e))
                    .withRemedy("Correct its definition, or add what it needs.")
                : problem(statement, e));
      }
    }
    return problems;
  }

  /** For each view and trigger its name and a statement that makes SQLite look into it. */
  private List<String[]> trials() {
    List<String[]> trials = new ArrayList<>();
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select type, name, tbl_name, sql from sqlite_schema where type in ('view',"
                    + " 'trigger') order by type desc, rowid")) {
      while (rows.next()) {
        String name = rows.getString(2);
        trials.add(
            new String[] {
              name,
              rows.getString(1).equals("view")
                  ? "EXPLAIN SELECT * FROM " + quoted(name)
                  : event(rows.getString(4), quoted(rows.getString(3)))
            });
      }
      return trials;
    } catch (SQLException e) {
      throw Guest.explain(connection, e);
    }
  }

  private static String event(String trigger, String table) {
    Tokens in = Tokens.of(trigger);
    while (!in.atEnd() && !in.isWord("insert", "update", "delete")) {
      in.skip();
    }
    if (in.take("insert")) {
      return "EXPLAIN INSERT INTO " + table + " DEFAULT VALUES";
    }
    if (in.take("delete")) {
      return "EXPLAIN DELETE FROM " + table;
    }
    in.skip();
    String column = in.take("of") ? quoted(in.takeName()) : "";
    return column.isEmpty()
        ? "EXPLAIN SELECT * FROM " + table
        : "EXPLAIN UPDATE %1$s SET %2$s = %2$s".formatted(table, column);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
