package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.List;

/**
 * The roles of one project. Immutable.
 *
 * @param owner owns everything and cannot log in
 * @param migrator runs migrations and seeds, not bound by row policies
 * @param app serves requests, bound by row policies
 * @param system does background work, not bound by row policies, cannot change the schema
 * @param analytics reads
 * @param backup reads everything
 */
public record ProjectRoles(
    Identifier owner,
    Identifier migrator,
    Identifier app,
    Identifier system,
    Identifier analytics,
    Identifier backup) {

  /**
   * The roles of the project of this name: {@code seda_owner}, {@code seda_migrator} and so on.
   *
   * @throws dev.undercroft.base.ProblemException if the names would be longer than the server keeps
   */
  public static ProjectRoles of(String project) {
    ProjectRoles roles =
        new ProjectRoles(
            named(project, "owner"),
            named(project, "migrator"),
            named(project, "app"),
            named(project, "system"),
            named(project, "analytics"),
            named(project, "backup"));
    if (roles.analytics.isTooLong()) {
      throw Problem.of(
              "POSTGRES_PROJECT_NAME",
              ProblemKind.INPUT,
              "the name of the project is too long for names of roles: " + project)
          .withRemedy("Choose one of at most 53 bytes.")
          .exception();
    }
    return roles;
  }

  private static Identifier named(String project, String role) {
    return new Identifier(project + "_" + role);
  }

  /** All six. */
  public List<Identifier> all() {
    return List.of(owner, migrator, app, system, analytics, backup);
  }

  /** Those that can log in. */
  public List<Identifier> logins() {
    return List.of(migrator, app, system, analytics, backup);
  }

  /** Those that may read rows. */
  List<Identifier> readers() {
    return List.of(app, system, analytics, backup);
  }

  /** Those that may write rows. */
  List<Identifier> writers() {
    return List.of(app, system);
  }

  /** Whether a role gets around row policies. */
  boolean bypassesPolicies(Identifier role) {
    return role.equals(migrator) || role.equals(system) || role.equals(backup);
  }
}
