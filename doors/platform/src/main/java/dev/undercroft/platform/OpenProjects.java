package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.settings.Project;
import java.sql.Connection;
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
   * @param project the project
   * @param database the name of its database
   * @param migrations the executor for it
   * @param inside asks and grants what the executor does not
   */
  record OpenProject(Project project, String database, Migrations migrations, Inside inside) {

    /** The project's name. */
    public String name() {
      return project.name();
    }
  }

  /** What else can be done inside the database of a project. Thread-safe implementations only. */
  interface Inside {

    /** What a person should know of the database, for example rights that could not be given. */
    List<Problem> warnings();

    /** Gives the roles what the project's {@code grants.sql} says; repeatable. */
    void grant();

    /**
     * A connection by the role that migrates; the caller closes it.
     *
     * @throws dev.undercroft.base.ProblemException if there is none to be had
     */
    Connection connect();

    /**
     * The same, and what is made through it belongs to the owner of the database, where the role
     * that migrates may do so.
     */
    Connection connectAsOwner();

    /** Asks the database how it is. Does not throw. */
    HealthReport.ProjectHealth health();
  }

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
