package dev.undercroft.pgisolation;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.pgdump.DatabaseDump;
import dev.undercroft.pgdump.DumpOptions;
import dev.undercroft.postgres.ContextKey;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The definitions of a database in a scratch database on the same server, with the same roles and
 * no row of it. Gone when it is closed. Not thread-safe.
 */
public final class ScratchCopy implements AutoCloseable {

  private static final String PURPOSE = "undercroft isolation";

  private final PostgresAddress admin;
  private final String name;
  private final ContextKey key;

  private ScratchCopy(PostgresAddress admin, String name, ContextKey key) {
    this.admin = admin;
    this.name = name;
    this.key = key;
  }

  /**
   * Makes a copy.
   *
   * @param live a superuser's address of the database
   * @throws ProblemException if the database cannot be read whole, or not be made again
   */
  public static ScratchCopy of(PostgresAddress live) {
    String random = HexFormat.of().formatHex(new SecureRandom().generateSeed(6));
    ScratchCopy copy =
        new ScratchCopy(
            live,
            "undercroft_isolation_" + random,
            ContextKey.of(Secret.of(random + live.database())));
    boolean whole = false;
    try {
      copy.make();
      whole = true;
      return copy;
    } catch (SQLException | IOException failed) {
      throw Problem.of(
              "ISOLATION_NO_COPY",
              ProblemKind.EXTERNAL,
              "no copy of " + live.database() + " could be made to attack")
          .withDetail(String.valueOf(failed.getMessage()))
          .withRemedy(
              "It takes a superuser, and a server with room for a small database; what is named in the"
                  + " detail stands in the way.")
          .exception(failed);
    } finally {
      if (!whole) {
        copy.close();
      }
    }
  }

  private void make() throws SQLException, IOException {
    try (Connection connection = at(admin).open()) {
      Rows.run(connection, "CREATE DATABASE " + quoted() + " TEMPLATE template0");
      Rows.run(connection, "REVOKE ALL ON DATABASE " + quoted() + " FROM PUBLIC");
    }
    Path file = Files.createTempFile("undercroft-isolation", ".sql");
    try {
      DumpOptions options = new DumpOptions(List.of(), List.of(), true, false);
      new DatabaseDump(() -> at(admin).open(), options, Progress.NONE).toFile(file);
      fill(Files.readString(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void fill(String text) throws SQLException {
    List<dev.undercroft.sql.Statement> statements =
        Script.read(new SqlSource("copy of " + admin.database(), text), Dialect.POSTGRESQL)
            .orThrow()
            .statements();
    try (Connection connection = connections().open()) {
      connection.setAutoCommit(false);
      for (dev.undercroft.sql.Statement statement : statements) {
        Rows.run(connection, statement.text());
      }
      boolean signed =
          !Rows.of(connection, "select 1 where to_regclass('undercroft.context_key') is not null")
              .isEmpty();
      if (signed) {
        key.install(connection);
      }
      connection.commit();
    }
  }

  private String quoted() {
    return new Identifier(name).quoted();
  }

  private static PostgresConnections at(PostgresAddress address) {
    return new PostgresConnections(address, PURPOSE);
  }

  /** The copy's name. */
  public String name() {
    return name;
  }

  /** Connects to the copy; contexts are signed with the copy's own key. */
  public ConnectionSource connections() {
    return new PostgresConnections(admin.withDatabase(name), PURPOSE, Optional.of(key));
  }

  /** Drops the copy. */
  @Override
  public void close() {
    try (Connection connection = at(admin).open()) {
      Rows.run(connection, "DROP DATABASE IF EXISTS " + quoted() + " WITH (FORCE)");
    } catch (SQLException failed) {
      throw Problem.of(
              "ISOLATION_COPY_LEFT",
              ProblemKind.EXTERNAL,
              "the copy " + name + " could not be dropped")
          .withDetail(String.valueOf(failed.getMessage()))
          .withRemedy("Drop it by hand: DROP DATABASE " + quoted() + " WITH (FORCE).")
          .exception(failed);
    }
  }
}
