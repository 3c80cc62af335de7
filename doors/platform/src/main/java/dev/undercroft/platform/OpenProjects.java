package dev.undercroft.platform;

import dev.undercroft.migrate.Migrations;
import java.util.List;

/**
 * The databases of the projects of a scope, reachable until closed: the running server's, or those
 * of a server started for this one verb. Thread-safe.
 */
public interface OpenProjects extends AutoCloseable {

  /** The projects, in the order of the workspace. */
  List<OpenProject> projects();

  /** Gives back what was opened for this verb. */
  @Override
  void close();

  /**
   * One project with its database.
   *
   * @param name the project's name
   * @param database the name of its database
   * @param migrations the executor for it
   */
  record OpenProject(String name, String database, Migrations migrations) {}

  /** Opens projects. Thread-safe implementations only. */
  @FunctionalInterface
  interface Opener {

    /**
     * Makes the databases of a scope reachable.
     *
     * @throws dev.undercroft.base.ProblemException if settings are wrong or no server can be had
     */
    OpenProjects open(Scope scope);
  }
}
