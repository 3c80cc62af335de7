package dev.undercroft.platform;

import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.settings.Project;
import java.sql.Connection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads how migration files and histories compare. Starts no server, makes no database and no role,
 * and changes nothing. Thread-safe implementations only.
 */
@FunctionalInterface
public interface Histories {

  /**
   * The projects of a scope, in the order of the workspace.
   *
   * @throws dev.undercroft.base.ProblemException if settings or files are wrong, or a database that
   *     exists cannot be read
   */
  List<ProjectHistory> of(Scope scope);

  /**
   * One project.
   *
   * @param project the project
   * @param database the name of its database, which need not exist
   * @param status how files and history compare
   * @param connect a connection that the caller closes; nothing is opened before it is asked
   */
  record ProjectHistory(
      Project project, String database, MigrationStatus status, Supplier<Connection> connect) {}
}
