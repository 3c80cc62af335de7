package dev.undercroft.schema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.TransactionUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One loading. Used once; not thread-safe. */
final class SqlLoading {

  private static final Set<String> ROWS =
      Set.of(
          "INSERT",
          "UPDATE",
          "DELETE",
          "COPY",
          "MERGE",
          "TRUNCATE",
          "SELECT",
          "WITH",
          "VALUES",
          "TABLE");
  private static final Pattern ROUTINE =
      Pattern.compile("(?i)^\\s*create\\s+(or\\s+replace\\s+)?(function|procedure)\\b");
  private static final Pattern POSITION = Pattern.compile("Position: (\\d+)");
  private static final String RESET =
      "RESET ALL; RESET SESSION AUTHORIZATION; SET check_function_bodies = off;"
          + " SET synchronous_commit = off; SET client_min_messages = error";

  /** A statement and the settings that were made before it in its file. */
  private record Placed(Statement statement, List<Statement> settings) {}

  private final Connection connection;
  private final int batch;
  private final List<Problem> notes = new ArrayList<>();
  private List<Statement> current = List.of();

  SqlLoading(Connection connection, int batch) {
    this.connection = connection;
    this.batch = batch;
  }

  List<Problem> run(List<Script> scripts) throws SQLException {
    List<Placed> open = new ArrayList<>();
    List<Placed> routines = new ArrayList<>();
    for (Script script : scripts) {
      place(script, open);
    }
    open.stream()
        .filter(placed -> ROUTINE.matcher(placed.statement.text()).find())
        .forEach(routines::add);
    execute(RESET);
    List<Problem> refused = List.of();
    int before = -1;
    while (!open.isEmpty() && open.size() != before) {
      before = open.size();
      refused = new ArrayList<>();
      open = round(open, refused);
    }
    if (!refused.isEmpty()) {
      List<Problem> all = new ArrayList<>();
      WaitingCircle.in(open.stream().map(Placed::statement).toList(), refused).ifPresent(all::add);
      all.addAll(refused);
      throw new ProblemException(all);
    }
    checkBodies(routines);
    execute(RESET + "; SET check_function_bodies = on");
    return notes;
  }

  private void place(Script script, List<Placed> open) {
    List<Statement> settings = new ArrayList<>();
    for (Statement statement : script.statements()) {
      String command = statement.command().name();
      if (isSetting(statement, command)) {
        settings.add(statement);
        settings = new ArrayList<>(settings);
      } else if (ROWS.contains(command) || ScratchForm.reaches(statement)) {
        notes.add(rows(statement, command));
      } else if (statement.command().use() != TransactionUse.CONTROL
          && statement.command().use() != TransactionUse.ONLY_INSIDE) {
        notes.addAll(LongNames.in(statement));
        open.add(new Placed(statement, settings));
      }
    }
  }

  private static boolean isSetting(Statement statement, String command) {
    return command.equals("SET")
        || command.equals("RESET")
        || (command.equals("SELECT")
            && statement.text().toLowerCase(Locale.ROOT).contains("set_config("));
  }

  private static Problem rows(Statement statement, String command) {
    return Problem.of(
            "SCHEMA_ROWS_LEFT_OUT",
            ProblemKind.INPUT,
            "%s: %s defines nothing; it was left out".formatted(statement, command))
        .withRemedy("Rows belong in the folder seed/ or in a migration.");
  }

  /** Tries every statement once; gives those that failed. */
  private List<Placed> round(List<Placed> open, List<Problem> refused) throws SQLException {
    List<Placed> failed = new ArrayList<>();
    int at = 0;
    while (at < open.size()) {
      List<Placed> together = together(open, at);
      at += together.size();
      settle(together.getFirst().settings);
      if (!batched(together)) {
        for (Placed placed : together) {
          single(placed, failed, refused);
        }
      }
    }
    return failed;
  }

  /** The next statements that may be sent as one text: same settings, none outside transactions. */
  private List<Placed> together(List<Placed> open, int at) {
    List<Placed> together = new ArrayList<>(List.of(open.get(at)));
    while (together.size() < batch
        && at + together.size() < open.size()
        && open.get(at + together.size()).settings.equals(open.get(at).settings)) {
      together.add(open.get(at + together.size()));
    }
    return together;
  }

  private boolean batched(List<Placed> together) throws SQLException {
    if (together.size() == 1) {
      return false;
    }
    StringBuilder text = new StringBuilder();
    together.forEach(placed -> text.append(ScratchForm.of(placed.statement)).append(";\n"));
    try {
      execute(text.toString());
      return true;
    } catch (SQLException e) {
      refuseIfGone(e);
      return false;
    }
  }

  private void single(Placed placed, List<Placed> failed, List<Problem> refused)
      throws SQLException {
    try {
      execute(ScratchForm.of(placed.statement));
    } catch (SQLException e) {
      refuseIfGone(e);
      if (ScratchForm.isThereAlready(placed.statement, e)) {
        return;
      }
      failed.add(placed);
      refused.add(SqlLoader.problem(placed.statement, e, character(e), server()));
    }
  }

  private void settle(List<Statement> settings) throws SQLException {
    if (settings.equals(current)) {
      return;
    }
    execute(RESET);
    for (Statement setting : settings) {
      execute(setting.text());
    }
    execute("SET check_function_bodies = off; SET client_min_messages = error");
    current = settings;
  }

  private void checkBodies(List<Placed> routines) throws SQLException {
    List<Problem> broken = new ArrayList<>();
    connection.setAutoCommit(false);
    try {
      for (Placed routine : routines) {
        checkBody(routine, broken);
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    if (!broken.isEmpty()) {
      throw new ProblemException(broken);
    }
  }

  private void checkBody(Placed routine, List<Problem> broken) throws SQLException {
    boolean unchecked =
        routine.settings.stream()
            .anyMatch(setting -> setting.text().contains("check_function_bodies"));
    if (unchecked) {
      return;
    }
    settle(routine.settings);
    String text = routine.statement.text();
    Matcher head = ROUTINE.matcher(text);
    String again = head.replaceFirst("CREATE OR REPLACE $2");
    Savepoint point = connection.setSavepoint();
    try {
      execute("SET LOCAL check_function_bodies = on; " + again);
    } catch (SQLException e) {
      refuseIfGone(e);
      connection.rollback(point);
      broken.add(SqlLoader.problem(routine.statement, e, 0, server()));
    }
  }

  private int server() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion();
  }

  private static void refuseIfGone(SQLException e) throws SQLException {
    String state = e.getSQLState();
    if (state == null || state.startsWith("08") || state.startsWith("57P")) {
      throw e;
    }
  }

  private static int character(SQLException e) {
    Matcher position = POSITION.matcher(String.valueOf(e.getMessage()));
    return position.find() ? Integer.parseInt(position.group(1)) : 0;
  }

  private void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
