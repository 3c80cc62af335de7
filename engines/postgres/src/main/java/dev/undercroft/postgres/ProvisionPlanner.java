package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.postgres.ProvisionPlan.Mode;
import dev.undercroft.postgres.ProvisionState.Inside;
import dev.undercroft.postgres.ProvisionState.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what a project shall have with what it has. Pure. */
record ProvisionPlanner(ProvisionTarget target, Map<String, String> passwords) {

  /** The version of the platform's schema that this program installs. */
  static final int PLATFORM_VERSION = 2;

  /** The name under which the fingerprint of the key for contexts is given. */
  static final String CONTEXT_KEY = "context-key";

  private static final String STATISTICS = "pg_stat_statements";

  private static final String NOT_MADE = "not made yet";
  private static final Inside NOTHING =
      new Inside(0, "", Set.of(), Set.of(), Set.of(), Set.of(STATISTICS), List.of(), List.of());

  /**
   * Everything that is missing. What is in a database that does not exist yet is planned as if it
   * were empty.
   *
   * @param state what there is
   * @param platformSql the statements that install the platform's schema
   */
  ProvisionPlan plan(ProvisionState state, List<String> platformSql) {
    List<ProvisionStep> steps = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    Inside inside = state.inside().orElse(NOTHING);
    if (inside.platformVersion() > PLATFORM_VERSION) {
      throw newer(inside.platformVersion());
    }
    Mode mode = state.admin().mayMakeRoles() ? Mode.OWN_ROLES : Mode.SINGLE_ROLE;
    if (mode == Mode.OWN_ROLES) {
      new RolePlanner(target, passwords).addTo(steps, state);
    } else {
      warnings.add(singleRole(state));
      if (state.database().isEmpty()) {
        steps.add(createDatabase(state));
      }
    }
    if (inside.platformVersion() < PLATFORM_VERSION) {
      steps.add(ProvisionStep.inDatabase("schema undercroft", platformSql));
    }
    if (mode == Mode.OWN_ROLES) {
      if (!inside.contextKey().equals(passwords.getOrDefault(CONTEXT_KEY, NOT_MADE))) {
        steps.add(ProvisionStep.contextKey());
      }
      steps.addAll(new PrivilegePlanner(target).steps(inside));
      steps.addAll(extensions(state, inside));
      if (!inside.foreign().isEmpty()) {
        warnings.add(foreign(inside.foreign()));
      }
    }
    return new ProvisionPlan(mode, steps, warnings);
  }

  private ProvisionStep createDatabase(ProvisionState state) {
    if (!state.admin().mayMakeDatabases()) {
      throw Problem.of(
              "POSTGRES_NO_DATABASE",
              ProblemKind.NOT_FOUND,
              "the database "
                  + target.database()
                  + " does not exist, and the role "
                  + state.admin().name()
                  + " may not make it")
          .withRemedy(
              "An administrator runs: CREATE DATABASE "
                  + new Identifier(target.database()).quoted()
                  + " OWNER "
                  + new Identifier(state.admin().name()).quoted())
          .exception();
    }
    return ProvisionStep.alone(
        "database " + target.database(), RolePlanner.createDatabase(target.database(), ""));
  }

  private List<ProvisionStep> extensions(ProvisionState state, Inside inside) {
    List<String> wanted = new ArrayList<>(target.extensions());
    if (state.admin().isSuper() && inside.available().contains(STATISTICS)) {
      wanted.add(STATISTICS);
    }
    return wanted.stream()
        .filter(name -> !inside.extensions().contains(name))
        .map(name ->
            ProvisionStep.inDatabase(
                "extension " + name,
                List.of(
                    "CREATE EXTENSION IF NOT EXISTS "
                        + new Identifier(name).quoted()
                        + (name.equals(STATISTICS) ? " SCHEMA undercroft" : ""))))
        .toList();
  }

  /** What somebody made before is not taken away from its owner without being asked. */
  private Problem foreign(List<String> tables) {
    String owner = target.roles().owner().quoted();
    StringBuilder sql = new StringBuilder();
    tables.forEach(table -> sql.append("ALTER TABLE %s OWNER TO %s;\n".formatted(table, owner)));
    sql.append(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %s;\n"
            .formatted(RolePlanner.list(target.roles().writers())));
    sql.append(
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO %s;"
            .formatted(RolePlanner.list(target.roles().readers())));
    return Problem.of(
            "POSTGRES_FOREIGN_OBJECTS",
            ProblemKind.CONFLICT,
            "the database %s has %d tables that belong to no role of the project %s"
                .formatted(target.database(), tables.size(), target.project()))
        .withDetail(sql.toString())
        .withRemedy(
            "Migrations cannot change them and the application cannot read them until an"
                + " administrator runs the statements of the detail in that database.")
        .with("database", target.database());
  }

  private Problem singleRole(ProvisionState state) {
    String user = new Identifier(state.admin().name()).quoted();
    return Problem.of(
            "POSTGRES_SINGLE_ROLE",
            ProblemKind.CONFLICT,
            "the role "
                + state.admin().name()
                + " may not make roles: everything of the project "
                + target.project()
                + " runs as this one role")
        .withDetail(
            "Row policies still bind requests, but the role that serves them owns the tables and"
                + " could change the policies. Work without a tenant, such as background jobs,"
                + " analytics and backups, sees no row of a table with policies.")
        .withRemedy(
            "To get them, an administrator runs once: ALTER ROLE "
                + user
                + " CREATEROLE CREATEDB BYPASSRLS; on PostgreSQL 15 it must be a superuser.")
        .with("project", target.project());
  }

  private dev.undercroft.base.ProblemException newer(int version) {
    return Problem.of(
            "POSTGRES_PLATFORM_NEWER",
            ProblemKind.CONFLICT,
            "the database " + target.database() + " was prepared by a newer Undercroft")
        .withDetail(
            "Its platform schema has version "
                + version
                + ", this program knows "
                + PLATFORM_VERSION)
        .withRemedy("Use the newer program.")
        .exception();
  }

  /** For messages: the attributes of a role as CREATE ROLE writes them. */
  static String attributes(ProjectRoles roles, Identifier role) {
    return List.of(
            roles.bypassesPolicies(role) ? "BYPASSRLS" : "",
            role.equals(roles.owner()) ? "" : "LOGIN")
        .stream()
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  static boolean isRight(Role role, ProjectRoles roles, Identifier name) {
    return role.attributes().equals(attributes(roles, name));
  }
}
