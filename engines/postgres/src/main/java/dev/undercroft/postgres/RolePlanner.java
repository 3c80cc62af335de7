package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.postgres.ProvisionState.Admin;
import dev.undercroft.postgres.ProvisionState.Database;
import dev.undercroft.postgres.ProvisionState.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans what concerns roles and the database as a whole. Pure. */
record RolePlanner(ProvisionTarget target, Map<String, String> passwords) {

  private static final String READ_ALL = "pg_read_all_data";

  void addTo(List<ProvisionStep> steps, ProvisionState state) {
    roles(steps, state);
    memberships(steps, state);
    database(steps, state);
  }

  private void roles(List<ProvisionStep> steps, ProvisionState state) {
    ProjectRoles roles = target.roles();
    for (Identifier role : roles.all()) {
      @Nullable Role present = state.roles().get(role.text());
      if (present == null) {
        String attributes = ProvisionPlanner.attributes(roles, role);
        steps.add(
            ProvisionStep.inCluster(
                "role " + role,
                List.of(("CREATE ROLE " + role.quoted() + " " + attributes).strip())));
      } else if (!ProvisionPlanner.isRight(present, roles, role)) {
        steps.add(
            ProvisionStep.inCluster(
                "attributes of " + role,
                List.of("ALTER ROLE " + role.quoted() + " " + explicit(role, state.admin()))));
      }
    }
    for (Identifier role : roles.logins()) {
      @Nullable Role present = state.roles().get(role.text());
      if (present == null || !present.password().equals(passwords.get(role.text()))) {
        steps.add(ProvisionStep.password(role));
      }
    }
  }

  /** Who is no superuser may not even say NOSUPERUSER. */
  private String explicit(Identifier role, Admin admin) {
    ProjectRoles roles = target.roles();
    return (role.equals(roles.owner()) ? "NOLOGIN" : "LOGIN")
        + (roles.bypassesPolicies(role) ? " BYPASSRLS" : " NOBYPASSRLS")
        + " NOCREATEROLE NOCREATEDB"
        + (admin.isSuper() ? " NOSUPERUSER NOREPLICATION" : "");
  }

  private void memberships(List<ProvisionStep> steps, ProvisionState state) {
    ProjectRoles roles = target.roles();
    List<String> grants = new ArrayList<>();
    if (!state.isMember(roles.migrator().text(), roles.owner().text())) {
      grants.add("GRANT " + roles.owner().quoted() + " TO " + roles.migrator().quoted());
    }
    if (state.admin().isSuper() && !state.isMember(roles.backup().text(), READ_ALL)) {
      grants.add("GRANT " + READ_ALL + " TO " + roles.backup().quoted());
    }
    if (!state.admin().isSuper()) {
      for (Identifier role : roles.all()) {
        if (!state.isMember(state.admin().name(), role.text())) {
          grants.add("GRANT " + role.quoted() + " TO CURRENT_USER WITH INHERIT TRUE, SET TRUE");
        }
      }
    }
    if (!grants.isEmpty()) {
      steps.add(ProvisionStep.inCluster("memberships of roles", grants));
    }
  }

  private void database(List<ProvisionStep> steps, ProvisionState state) {
    ProjectRoles roles = target.roles();
    String name = new Identifier(target.database()).quoted();
    if (state.database().isEmpty()) {
      steps.add(
          ProvisionStep.alone(
              "database " + target.database(),
              createDatabase(target.database(), " OWNER " + roles.owner().quoted())));
    } else if (!state.database().get().owner().equals(roles.owner().text())) {
      steps.add(
          ProvisionStep.inCluster(
              "owner of the database " + target.database(),
              List.of("ALTER DATABASE " + name + " OWNER TO " + roles.owner().quoted())));
    }
    if (!state.database().map(this::admitsOnlyOurs).orElse(false)) {
      steps.add(
          ProvisionStep.inCluster(
              "who may connect to " + target.database(),
              List.of(
                  "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC",
                  "GRANT CONNECT ON DATABASE " + name + " TO " + list(roles.logins()))));
    }
  }

  static String createDatabase(String database, String options) {
    return "CREATE DATABASE "
        + new Identifier(database).quoted()
        + options
        + " TEMPLATE template0 ENCODING 'UTF8'";
  }

  private boolean admitsOnlyOurs(Database database) {
    boolean open = database.grants().stream().anyMatch(grant -> grant.startsWith(":"));
    return !open
        && target.roles().logins().stream()
            .allMatch(role -> database.grants().contains(role + ":CONNECT"));
  }

  static String list(List<Identifier> roles) {
    return String.join(", ", roles.stream().map(Identifier::quoted).toList());
  }
}
