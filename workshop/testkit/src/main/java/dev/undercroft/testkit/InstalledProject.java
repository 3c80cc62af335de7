package dev.undercroft.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project's data layer in a test database: the six roles, the platform's functions, the project's
 * migrations (or its wanted schema), its seeds and its grants. Immutable, thread-safe.
 */
public final class InstalledProject {

  /** The password of every login role. */
  private static final String PASSWORD = "trial";

  private static final String ROLES =
      """
      DO $$
      DECLARE
        r record;
      BEGIN
        FOR r IN SELECT * FROM (VALUES
          ('owner', 'NOLOGIN'), ('migrator', 'LOGIN BYPASSRLS'), ('app', 'LOGIN'),
          ('system', 'LOGIN BYPASSRLS'), ('analytics', 'LOGIN'), ('backup', 'LOGIN BYPASSRLS')
        ) AS roles (suffix, attributes)
        LOOP
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'NAME_' || r.suffix) THEN
            EXECUTE format('CREATE ROLE %I %s PASSWORD %L', 'NAME_' || r.suffix, r.attributes, 'trial');
          END IF;
        END LOOP;
        EXECUTE format('ALTER DATABASE %I OWNER TO NAME_owner', current_database());
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO NAME_migrator, NAME_app, NAME_system,
                        NAME_analytics, NAME_backup', current_database());
      END
      $$;
      GRANT NAME_owner TO NAME_migrator;
      GRANT pg_read_all_data TO NAME_backup;
      ALTER SCHEMA public OWNER TO NAME_owner;
      GRANT USAGE ON SCHEMA public TO NAME_app, NAME_system, NAME_analytics;
      ALTER DEFAULT PRIVILEGES FOR ROLE NAME_owner
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO NAME_app, NAME_system;
      ALTER DEFAULT PRIVILEGES FOR ROLE NAME_owner GRANT USAGE ON SEQUENCES TO NAME_app, NAME_system;
      ALTER DEFAULT PRIVILEGES FOR ROLE NAME_owner GRANT SELECT ON TABLES TO NAME_analytics;
      """;

  private static final String PLATFORM =
      """
      CREATE SCHEMA IF NOT EXISTS undercroft;
      GRANT USAGE ON SCHEMA undercroft TO PUBLIC;
      CREATE OR REPLACE FUNCTION undercroft.tenant() RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('undercroft.tenant', true), '') $$;
      CREATE OR REPLACE FUNCTION undercroft.tenant_uuid() RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('undercroft.tenant', true), '')::uuid $$;
      CREATE OR REPLACE FUNCTION undercroft.actor_role() RETURNS text LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('undercroft.role', true), '') $$;
      """;

  private final PostgresDatabase database;
  private final String name;

  private InstalledProject(PostgresDatabase database, String name) {
    this.database = database;
    this.name = name;
  }

  /**
   * Runs the project's migrations, seeds and grants.
   *
   * @param name the project's name, the first part of its roles' names
   * @param folder the project's folder
   */
  public static InstalledProject migrated(PostgresDatabase database, String name, Path folder)
      throws SQLException {
    return install(database, name, folder, files(folder.resolve("migrations"), "migration.sql"));
  }

  /** Runs the project's wanted schema instead of its migrations, then seeds and grants. */
  public static InstalledProject wanted(PostgresDatabase database, String name, Path folder)
      throws SQLException {
    return install(database, name, folder, files(folder.resolve("schema"), ".sql"));
  }

  private static InstalledProject install(
      PostgresDatabase database, String name, Path folder, List<Path> definitions)
      throws SQLException {
    InstalledProject project = new InstalledProject(database, name);
    database.execute(ROLES.replace("NAME", name), PLATFORM);
    try (Connection connection = project.connect("migrator");
        Statement statement = connection.createStatement()) {
      statement.execute("SET ROLE " + name + "_owner");
      for (Path definition : definitions) {
        statement.execute(read(definition));
      }
      statement.execute("RESET ROLE");
    }
    project.seed(folder);
    if (Files.exists(folder.resolve("grants.sql"))) {
      database.execute(read(folder.resolve("grants.sql")));
    }
    return project;
  }

  /** Runs the project's seeds, each file in a transaction. */
  public void seed(Path folder) throws SQLException {
    try (Connection connection = connect("migrator");
        Statement statement = connection.createStatement()) {
      for (Path seed : files(folder.resolve("seed"), ".sql")) {
        statement.execute(read(seed));
      }
    }
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .filter(file -> !file.getFileName().toString().equals("down.sql"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database it is installed in. */
  public PostgresDatabase database() {
    return database;
  }

  /** The project's name. */
  public String name() {
    return name;
  }

  /**
   * A new connection of one of the project's login roles; the test closes it.
   *
   * @param role app, system, migrator, analytics or backup
   */
  public Connection connect(String role) throws SQLException {
    return database.connect(name + "_" + role, PASSWORD);
  }

  /** The address for one of the project's login roles, as {@link PostgresDatabase#url()}. */
  public String url(String role) {
    return database.url(name + "_" + role, PASSWORD);
  }

  /** Removes everything of the project but its roles. */
  public void remove() throws SQLException {
    database.execute(
        "DROP SCHEMA public CASCADE",
        "CREATE SCHEMA public AUTHORIZATION " + name + "_owner",
        "GRANT USAGE ON SCHEMA public TO PUBLIC",
        "COMMENT ON SCHEMA public IS 'standard public schema'");
  }
}
