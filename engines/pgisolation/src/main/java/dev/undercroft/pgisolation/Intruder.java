package dev.undercroft.pgisolation;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.TenantContext;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Sends statements as the application's role for a tenant, and takes back whatever they did. All of
 * it happens in the transaction of one connection. Not thread-safe.
 */
final class Intruder {

  private static final String COPY = "copy ";

  private static final String CLEAR =
      " select set_config('undercroft.context', '', true), set_config('undercroft.tenant', '', true),"
          + " set_config('undercroft.role', '', true)";

  private static final String BACK = "rollback to savepoint intruder; release savepoint intruder";

  /** After five runs the server may keep one plan for all (PREPARE, "Notes"). */
  private static final int RUNS_TO_A_PLAN = 6;

  private final ConnectionSource source;
  private final Connection connection;
  private final String app;
  private int attacks;

  Intruder(ConnectionSource source, Connection connection, String app) {
    this.source = source;
    this.connection = connection;
    this.app = app;
  }

  /**
   * What came of a statement.
   *
   * @param text every row, notice and error
   * @param failure SQLSTATE and message of what refused it
   * @param after the answer of the question that was asked afterwards as a role that sees all
   */
  record Outcome(String text, Optional<SQLException> failure, String after) {
    boolean done() {
      return failure.isEmpty();
    }
  }

  int attacks() {
    return attacks;
  }

  /** Sends a statement and takes it back. */
  Outcome send(Optional<TenantContext> as, String sql) throws SQLException {
    return send(as, "", sql);
  }

  /**
   * The same, with a question asked of the result before it is taken back.
   *
   * @param question a query with one value, or empty text
   */
  Outcome send(Optional<TenantContext> as, String question, String... statements)
      throws SQLException {
    Rows.run(connection, "savepoint intruder; set local role " + Rows.name(app) + ";" + CLEAR);
    try {
      bind(as);
      return outcome(question, statements);
    } finally {
      Rows.run(connection, BACK);
    }
  }

  /**
   * Prepares a query as one tenant, runs it often enough for a plan of its own, and runs it once
   * more as the next tenant of the session; the outcome is that of the last run.
   */
  Outcome handedOn(TenantContext first, TenantContext next, String query) throws SQLException {
    Rows.run(connection, "savepoint intruder; set local role " + Rows.name(app));
    boolean prepared = false;
    try {
      bind(Optional.of(first));
      Rows.run(connection, "prepare intruder as " + query);
      prepared = true;
      for (int run = 0; run < RUNS_TO_A_PLAN; run++) {
        Rows.of(connection, "execute intruder");
      }
      bind(Optional.of(next));
      return outcome("", "execute intruder");
    } catch (SQLException refused) {
      return new Outcome("", Optional.of(refused), "");
    } finally {
      Rows.run(connection, BACK);
      if (prepared) {
        Rows.run(connection, "deallocate intruder");
      }
    }
  }

  private Outcome outcome(String question, String... statements) throws SQLException {
    StringBuilder text = new StringBuilder();
    try {
      for (String sql : statements) {
        attacks++;
        one(sql, text);
      }
      Rows.run(connection, "reset role");
      String after = question.isEmpty() ? "" : Rows.of(connection, question).toString();
      return new Outcome(text.toString(), Optional.empty(), after);
    } catch (SQLException refused) {
      text.append(refused.getMessage());
      return new Outcome(text.toString(), Optional.of(refused), "");
    }
  }

  /** Tells for whom the transaction acts, as the platform does. */
  private void bind(Optional<TenantContext> as) throws SQLException {
    if (as.isPresent()) {
      source.bind(connection, as.get());
    }
  }

  private void one(String sql, StringBuilder text) throws SQLException {
    if (sql.startsWith(COPY)) {
      copy(sql, text);
      return;
    }
    try (Statement statement = Rows.plain(connection)) {
      if (statement.execute(sql)) {
        Rows.read(statement.getResultSet()).forEach(row -> text.append(row).append('\n'));
      }
      for (SQLWarning notice = statement.getWarnings();
          notice != null;
          notice = notice.getNextWarning()) {
        text.append(notice.getMessage()).append('\n');
      }
    }
  }

  private void copy(String sql, StringBuilder text) throws SQLException {
    StringWriter out = new StringWriter();
    try {
      long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
      text.append(rows).append(' ').append(out);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
