package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  /** The log that the server writes, if it is ours. */
  Optional<Path> logFile();

  /**
   * Where the database of a project is, whether it exists yet or not.
   *
   * @throws dev.undercroft.base.ProblemException if the settings are wrong, or a server that
   *     somebody else runs does not answer
   */
  ProjectDatabase database(Project project, Settings settings);

  /**
   * Makes the database of a project and its roles, if they are not there.
   *
   * @return what a person should know, for example rights that could not be given
   * @throws dev.undercroft.base.ProblemException if the server refuses or does not answer
   */
  List<Problem> prepare(Project project, ProjectDatabase database);

  /** Gives the roles what the project's {@code grants.sql} says, after a deploy. */
  void grant(Project project, ProjectDatabase database);

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
