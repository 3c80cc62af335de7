package dev.undercroft.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a cluster has of a project. Immutable.
 *
 * @param admin who provisions
 * @param roles the project's roles that exist, by name
 * @param memberships {@code member>role} for each membership among them and the administrator
 * @param database the project's database; empty if it does not exist
 * @param inside what is in the database; empty if it does not exist
 */
record ProvisionState(
    Admin admin,
    Map<String, Role> roles,
    Set<String> memberships,
    Optional<Database> database,
    Optional<Inside> inside) {

  /** The role that provisions. */
  record Admin(String name, int serverVersion, Set<String> rights) {
    static final String SUPER = "super";
    static final String CREATE_ROLE = "createrole";
    static final String CREATE_DATABASE = "createdb";
    static final String BYPASS = "bypassrls";

    /** From 16 on, who may make roles may also give what it has itself; before, superusers only. */
    private static final int DELEGATION = 160000;

    boolean isSuper() {
      return rights.contains(SUPER);
    }

    boolean mayMakeRoles() {
      return isSuper()
          || (serverVersion >= DELEGATION
              && rights.contains(CREATE_ROLE)
              && rights.contains(BYPASS));
    }

    boolean mayMakeDatabases() {
      return isSuper() || rights.contains(CREATE_DATABASE);
    }
  }

  /**
   * One role.
   *
   * @param attributes as {@code CREATE ROLE} writes them, sorted
   * @param password the fingerprint of the password it was given, empty if unknown
   */
  record Role(String attributes, String password) {}

  /**
   * The project's database.
   *
   * @param owner its owner
   * @param grants {@code role:PRIVILEGE}; the role of PUBLIC is empty
   */
  record Database(String owner, Set<String> grants) {}

  /**
   * What is in the project's database.
   *
   * @param platformVersion the version of the schema of the platform, 0 if it is not there
   * @param contextKey the fingerprint of the key that contexts are signed with; empty if none
   * @param schemaGrants {@code schema:role:PRIVILEGE} of the schemas public and undercroft
   * @param defaults {@code owner:kind:role:PRIVILEGE} of default privileges
   * @param extensions those installed
   * @param available those that could be
   * @param exposed tables of the platform that a role of the project may touch
   * @param foreign tables and views that belong to none of the project's roles, quoted
   */
  record Inside(
      int platformVersion,
      String contextKey,
      Set<String> schemaGrants,
      Set<String> defaults,
      Set<String> extensions,
      Set<String> available,
      List<String> exposed,
      List<String> foreign) {}

  /** Whether a role is a member of another. */
  boolean isMember(String member, String role) {
    return memberships.contains(member + ">" + role);
  }
}
