package dev.undercroft.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One database on a running server, with a superuser's credentials. Immutable, thread-safe. */
public final class PostgresDatabase {

  private final PostgresServer server;
  private final String name;

  PostgresDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** The server it is on. */
  public PostgresServer server() {
    return server;
  }

  /** Its name; needs quotes in SQL. */
  public String name() {
    return name;
  }

  /** A superuser. */
  public String user() {
    return PostgresServer.USER;
  }

  /** The superuser's password; needs percent-encoding in a URL. */
  public String password() {
    return PostgresServer.PASSWORD;
  }

  /** {@code postgres://user:password@host:port/name}, for the superuser. */
  public String url() {
    return url(user(), password());
  }

  /** {@code postgres://user:password@host:port/name} for another user. */
  public String url(String user, String password) {
    return server.url(user, password, name);
  }

  /** {@code jdbc:postgresql://host:port/name} without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://"
        + PostgresServer.HOST
        + ":"
        + server.port()
        + "/"
        + PostgresServer.encode(name);
  }

  /** A new connection of the superuser; the test closes it. */
  public Connection connect() throws SQLException {
    return connect(user(), password());
  }

  /** A new connection of another user; the test closes it. */
  public Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user, password);
  }

  /** Runs statements as the superuser, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of a query's rows as text, asked as the superuser; NULL is {@code "NULL"}. */
  public List<String> column(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        String value = rows.getString(1);
        values.add(value == null ? "NULL" : value);
      }
      return values;
    }
  }

  /**
   * The one value of a query, as text.
   *
   * @throws AssertionError if there is not exactly one row
   */
  public String value(String query) throws SQLException {
    List<String> values = column(query);
    if (values.size() != 1) {
      throw new AssertionError("not one row but " + values.size() + ": " + query);
    }
    return values.getFirst();
  }
}
