package dev.undercroft.pgcatalog;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.catalog.ServerVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is good to know about a live database beside its schema. Immutable.
 *
 * @param user the connection's user
 * @param owner the owner of the database
 * @param major the server's major version
 * @param extensions the extensions that could be installed
 */
public record DatabaseFacts(String user, String owner, int major, Set<String> extensions) {

  /** One key for all who change schemas, in whatever database. */
  private static final long LOCK = 0x756e64657263726fL;

  private static final String PATIENCE = "5s";

  /** SQLSTATE {@code lock_not_available}. */
  private static final String TAKEN = "55P03";

  private static final String QUERY =
      """
      select current_user, pg_catalog.pg_get_userbyid(d.datdba),
        current_setting('server_version_num')::int / 10000,
        (select string_agg(name, ' ') from pg_catalog.pg_available_extensions)
      from pg_catalog.pg_database d where d.datname = current_database()
      """;

  /** Copies the set. */
  public DatabaseFacts {
    extensions = Set.copyOf(extensions);
  }

  /**
   * Asks the server.
   *
   * @throws ProblemException if it does not answer
   */
  public static DatabaseFacts of(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      row.next();
      return new DatabaseFacts(
          row.getString(1),
          row.getString(2),
          row.getInt(3),
          Set.of(String.valueOf(row.getString(4)).split(" ", -1)));
    } catch (SQLException e) {
      throw notRead(e);
    }
  }

  /**
   * Takes the lock of those who change the schema of this database, until the connection is closed.
   * Waits a few seconds: a session that was closed a moment ago may still end.
   *
   * @return whether it became free
   */
  public static boolean lock(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '" + PATIENCE + "'");
      try {
        statement.execute("select pg_catalog.pg_advisory_lock(" + LOCK + ")");
        return true;
      } catch (SQLException busy) {
        if (TAKEN.equals(busy.getSQLState())) {
          return false;
        }
        throw busy;
      } finally {
        statement.execute("RESET lock_timeout");
      }
    } catch (SQLException e) {
      throw notRead(e);
    }
  }

  private static ProblemException notRead(SQLException e) {
    return Problem.of(
            "PGCATALOG_NOT_READ", ProblemKind.EXTERNAL, "the database could not be inspected")
        .withDetail(String.valueOf(e.getMessage()))
        .withRemedy("Check that the user may read the system tables, and try again.")
        .exception(e);
  }

  /**
   * What {@code CREATE DATABASE} leaves: the schema {@code public} (manual, chapter 5.10) and the
   * language PL/pgSQL (chapter 43.1).
   */
  public static Catalog fresh(ServerVersion server) {
    ObjectId id = ObjectId.of(Kind.SCHEMA, "", "public");
    CatalogObject schema =
        new CatalogObject(
            id,
            Map.of(
                Attribute.PRIVILEGES, "=\tUSAGE\n@\tCREATE\n@\tUSAGE",
                Attribute.COMMENT, "standard public schema"));
    CatalogObject language =
        new CatalogObject(
            ObjectId.of(Kind.EXTENSION, "", "plpgsql"),
            Map.of(Attribute.EXTENSION_SCHEMA, "pg_catalog", Attribute.VERSION, "1.0"));
    return new Catalog(server, List.of(schema, language), List.of(), List.of());
  }
}
