package dev.undercroft.main;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the projects' databases are on: the embedded server, or servers that somebody else runs.
 * Thread-safe.
 */
interface Host extends AutoCloseable {

  /** For people, for example {@code PostgreSQL 18.6, embedded, port 54321}. */
  String description();

  /** The folder of the data, or of the workspace when somebody else has it. */
  Path data();

  /** How its superuser reaches the server, if it is ours. */
  Optional<PostgresAddress> administrator();

  /** How other processes reach the server, if it is ours. */
  Optional<RunState.ServerReach> reach();

  /**
   * Makes the database of a project and its roles, if they are not there.
   *
   * @throws dev.undercroft.base.ProblemException if the settings are wrong, or the server refuses
   *     or does not answer
   */
  ProjectDatabase prepare(Project project, Settings settings);

  /** Stops what is ours; whether it went in time. */
  boolean stop(Duration patience);

  @Override
  default void close() {
    boolean inTime = stop(Duration.ofSeconds(30));
    if (!inTime) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.WARNING, "the database server did not stop in time");
    }
  }
}
