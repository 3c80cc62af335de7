package dev.undercroft.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Statements in one transaction of a test, in the name of whom the test chooses: at first the
 * system role, which no row policy binds. One thread at a time.
 */
public final class Trial {

  private final Connection connection;
  private final String project;

  Trial(Connection connection, String project) throws SQLException {
    this.connection = connection;
    this.project = project;
    asSystem();
  }

  /**
   * Why the server refused a statement.
   *
   * @param state the SQLSTATE
   * @param constraint the constraint's name, or empty text
   * @param message the server's message
   */
  public record Refusal(String state, String constraint, String message) {}

  /** From now on as background work: no row policy binds. */
  public Trial asSystem() throws SQLException {
    return as("system", "", "");
  }

  /** From now on as the application on behalf of nobody. */
  public Trial asNobody() throws SQLException {
    return as("app", "", "");
  }

  /** From now on as the application on behalf of this tenant with this role. */
  public Trial asCaller(Object tenant, String actorRole) throws SQLException {
    return as("app", tenant.toString(), actorRole);
  }

  /** From now on as the owner of the tables, on behalf of this tenant with this role. */
  public Trial asOwner(Object tenant, String actorRole) throws SQLException {
    return as("owner", tenant.toString(), actorRole);
  }

  /** From now on as one of the project's roles: owner, migrator, app, system, analytics, backup. */
  public Trial as(String role, String tenant, String actorRole) throws SQLException {
    run("RESET ROLE");
    run(
        "SELECT set_config('undercroft.tenant', ?, true), set_config('undercroft.role', ?, true)",
        tenant,
        actorRole);
    run("SET LOCAL ROLE " + project + "_" + role);
    return this;
  }

  /**
   * Runs a statement.
   *
   * @return how many rows it changed; of a query, how many it found
   */
  public int run(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      if (!statement.execute()) {
        return statement.getUpdateCount();
      }
      int count = 0;
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          count++;
        }
      }
      return count;
    }
  }

  /** The first column of all rows as text; NULL is {@code "NULL"}. */
  public List<String> column(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        String value = rows.getString(1);
        found.add(value == null ? "NULL" : value);
      }
      return found;
    }
  }

  /**
   * The one value of a query as text; NULL is {@code "NULL"}.
   *
   * @throws AssertionError if there is not exactly one row
   */
  public String value(String sql, @Nullable Object... values) throws SQLException {
    List<String> found = column(sql, values);
    if (found.size() != 1) {
      throw new AssertionError("not one row but " + found.size() + ": " + sql);
    }
    return found.getFirst();
  }

  /**
   * Runs a statement that the server must refuse; the transaction goes on as if it had not run.
   *
   * @throws AssertionError if the server accepts it
   */
  public Refusal refusal(String sql, @Nullable Object... values) throws SQLException {
    Savepoint before = connection.setSavepoint();
    int count;
    try {
      count = run(sql, values);
    } catch (PSQLException e) {
      ServerErrorMessage message = e.getServerErrorMessage();
      connection.rollback(before);
      String constraint = message == null ? null : message.getConstraint();
      return new Refusal(
          String.valueOf(e.getSQLState()),
          constraint == null ? "" : constraint,
          String.valueOf(e.getMessage()));
    }
    throw new AssertionError("accepted, " + count + " rows: " + sql);
  }

  /** The lines of a query's plan. */
  public String plan(String sql, @Nullable Object... values) throws SQLException {
    return String.join("\n", column("EXPLAIN " + sql, values));
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
