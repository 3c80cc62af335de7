package dev.undercroft.pgcatalog;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.catalog.Unmodelled;
import dev.undercroft.schema.Introspector;
import dev.undercroft.schema.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole PostgreSQL database (15 to 18) in one repeatable-read snapshot with a constant
 * number of queries. The search path is empty while it reads, so every name in an expression is
 * qualified. Objects of extensions are left out. Stateless, thread-safe.
 */
public final class PostgresIntrospector implements Introspector {

  private static final int OLDEST = 15;
  private static final int FIXED_COLUMNS = 8;

  @Override
  public Catalog read(Connection connection, Scope scope) {
    return read(connection, scope, "");
  }

  /**
   * The same, as of the moment that another transaction sees.
   *
   * @param snapshot what {@code pg_export_snapshot} gave there; empty text for now
   */
  public Catalog read(Connection connection, Scope scope, String snapshot) {
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "set transaction isolation level repeatable read, read only;"
                + (snapshot.isEmpty() ? "" : " set transaction snapshot '" + snapshot + "';")
                + " set local search_path = '';"
                + " set local jit = off; set local extra_float_digits = 1;"
                + " set local quote_all_identifiers = off; set local datestyle = iso;"
                + " set local intervalstyle = postgres; set local enable_mergejoin = on");
        return read(statement, scope);
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw Problem.of(
              "PGCATALOG_NOT_READ", ProblemKind.EXTERNAL, "the database could not be inspected")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that the user may read the system tables, and try again.")
          .exception(e);
    }
  }

  private static Catalog read(Statement statement, Scope scope) throws SQLException {
    ServerVersion server = version(statement);
    CatalogQueries queries = new CatalogQueries(server.major(), scope, seesConnections(statement));
    Gathering gathering = new Gathering();
    for (String name : queries.objectQueries()) {
      String text = queries.text(name);
      if (!text.isEmpty()) {
        objects(statement, text, gathering);
      }
    }
    texts(statement, queries.text("comments"), Attribute.COMMENT, gathering);
    texts(statement, queries.text("labels"), Attribute.SECURITY_LABELS, gathering);
    aliases(statement, queries.text("aliases"), gathering);
    dependencies(statement, queries.text("dependencies"), gathering);
    return new Catalog(
        server,
        gathering.objects(),
        gathering.dependencies(),
        unmodelled(statement, queries.text("unmodelled")));
  }

  /** Only superusers may read how subscriptions reach their publishers. */
  private static boolean seesConnections(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select has_column_privilege('pg_subscription', 'subconninfo', 'select')")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static ServerVersion version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("show server_version_num")) {
      rows.next();
      int major = rows.getInt(1) / 10_000;
      if (major < OLDEST) {
        throw Problem.of(
                "PGCATALOG_TOO_OLD", ProblemKind.INPUT, "the server is PostgreSQL " + major)
            .withRemedy("Use a server of version 15 or newer.")
            .exception();
      }
      return new ServerVersion("PostgreSQL", major);
    }
  }

  private static void objects(Statement statement, String query, Gathering gathering)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      Attribute[] attributes = attributes(rows.getMetaData());
      while (rows.next()) {
        ObjectId id =
            new ObjectId(
                Kind.valueOf(rows.getString(1)),
                gathering.name(text(rows, 5)),
                gathering.name(text(rows, 6)),
                gathering.name(text(rows, 7)),
                gathering.name(text(rows, 8)));
        Map<Attribute, String> values = new EnumMap<>(Attribute.class);
        for (int column = 0; column < attributes.length; column++) {
          String value = rows.getString(column + FIXED_COLUMNS + 1);
          if (value != null) {
            values.put(attributes[column], canonical(attributes[column], value));
          }
        }
        gathering.object(
            new ObjectKey(rows.getLong(2), rows.getLong(3), rows.getInt(4)), id, values);
      }
    }
  }

  /** Only the forms that the server itself does not keep apart are brought together. */
  private static String canonical(Attribute attribute, String value) {
    return switch (attribute) {
      case DEFINITION, EXPRESSION, USING, CHECK, PARTITION_KEY -> CastArrays.outward(value);
      default -> value;
    };
  }

  private static Attribute[] attributes(ResultSetMetaData columns) throws SQLException {
    Attribute[] attributes = new Attribute[columns.getColumnCount() - FIXED_COLUMNS];
    for (int column = 0; column < attributes.length; column++) {
      String label = columns.getColumnLabel(column + FIXED_COLUMNS + 1);
      attributes[column] = Attribute.valueOf(label.toUpperCase(Locale.ROOT));
    }
    return attributes;
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    @Nullable String value = rows.getString(column);
    return value == null ? "" : value;
  }

  private static void texts(
      Statement statement, String query, Attribute attribute, Gathering gathering)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        gathering.attribute(
            new ObjectKey(rows.getLong(1), rows.getLong(2), rows.getInt(3)),
            attribute,
            text(rows, 4));
      }
    }
  }

  private static void aliases(Statement statement, String query, Gathering gathering)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        gathering.alias(
            new ObjectKey(rows.getLong(1), rows.getLong(2), 0),
            new ObjectKey(rows.getLong(3), rows.getLong(4), rows.getInt(5)));
      }
    }
  }

  private static void dependencies(Statement statement, String query, Gathering gathering)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        gathering.dependency(
            new ObjectKey(rows.getLong(1), rows.getLong(2), rows.getInt(3)),
            new ObjectKey(rows.getLong(4), rows.getLong(5), rows.getInt(6)),
            text(rows, 7));
      }
    }
  }

  private static List<Unmodelled> unmodelled(Statement statement, String query)
      throws SQLException {
    List<Unmodelled> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(new Unmodelled(text(rows, 1), text(rows, 2)));
      }
    }
    return found;
  }
}
