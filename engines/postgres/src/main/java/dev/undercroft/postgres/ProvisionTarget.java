package dev.undercroft.postgres;

import java.util.List;

/**
 * The database that a project shall have. Immutable.
 *
 * @param project the project's name, the beginning of its roles' names
 * @param database the database's name
 * @param roles the roles
 * @param extensions extensions that only an administrator may install, and the project needs
 */
public record ProvisionTarget(
    String project, String database, ProjectRoles roles, List<String> extensions) {

  /** Copies the list. */
  public ProvisionTarget {
    extensions = List.copyOf(extensions);
  }

  /** A project without extensions of its own. */
  public static ProvisionTarget of(String project, String database) {
    return new ProvisionTarget(project, database, ProjectRoles.of(project), List.of());
  }

  /** A copy with extensions. */
  public ProvisionTarget withExtensions(List<String> names) {
    return new ProvisionTarget(project, database, roles, names);
  }
}
