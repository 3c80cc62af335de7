package dev.undercroft.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * A project installed on several servers, and trials on each of them that leave nothing behind.
 * Thread-safe.
 */
public final class Trials {

  private final List<InstalledProject> projects;

  private Trials(List<InstalledProject> projects) {
    this.projects = projects;
  }

  /** What is tried. */
  @FunctionalInterface
  public interface Body {
    /** Tries it on one server. */
    void run(Trial trial) throws Exception;
  }

  /** Installs the project whose folder is the working directory, by its migrations. */
  public static Trials of(String project, PostgresDatabase... databases) {
    return new Trials(
        Arrays.stream(databases)
            .map(database -> {
              try {
                return InstalledProject.migrated(database, project, Path.of("").toAbsolutePath());
              } catch (SQLException e) {
                throw new AssertionError("the project cannot be installed", e);
              }
            })
            .toList());
  }

  /**
   * Runs statements on each server before the trials and keeps their effect: as the superuser, with
   * ordinary triggers and foreign keys off.
   */
  public Trials prepare(String... statements) {
    for (InstalledProject project : projects) {
      try (Connection connection = project.database().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET session_replication_role = replica");
        for (String sql : statements) {
          statement.execute(sql);
        }
      } catch (SQLException e) {
        throw new AssertionError("the trials cannot be prepared", e);
      }
    }
    return this;
  }

  /** The installed projects, in the order of their databases. */
  public List<InstalledProject> projects() {
    return projects;
  }

  /** Runs the same trial on each server, in a transaction that is rolled back. */
  public void each(Body body) {
    for (InstalledProject project : projects) {
      try (Connection connection = project.database().connect()) {
        connection.setAutoCommit(false);
        try {
          body.run(new Trial(connection, project.name()));
        } finally {
          connection.rollback();
        }
      } catch (AssertionError | Exception e) {
        throw new AssertionError(
            "on PostgreSQL "
                + project.database().server().version().major()
                + ": "
                + e.getMessage(),
            e);
      }
    }
  }
}
