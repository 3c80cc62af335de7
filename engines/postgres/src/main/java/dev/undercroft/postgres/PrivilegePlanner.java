package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import dev.undercroft.postgres.ProvisionState.Inside;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plans who may do what inside the project's database. Pure. */
record PrivilegePlanner(ProvisionTarget target) {

  List<ProvisionStep> steps(Inside inside) {
    List<ProvisionStep> steps = new ArrayList<>();
    List<String> schemas = schemas(inside.schemaGrants());
    if (!schemas.isEmpty()) {
      steps.add(ProvisionStep.inDatabase("who may use the schemas", schemas));
    }
    List<String> defaults = defaults(inside.defaults());
    if (!defaults.isEmpty()) {
      steps.add(ProvisionStep.inDatabase("privileges of what migrations will make", defaults));
    }
    if (!inside.exposed().isEmpty()) {
      steps.add(ProvisionStep.inDatabase("closing the platform's tables", closing()));
    }
    return steps;
  }

  private List<String> schemas(Set<String> present) {
    ProjectRoles roles = target.roles();
    List<String> sql = new ArrayList<>();
    if (present.contains("public::CREATE")) {
      sql.add("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    }
    if (lacks(present, "public", "CREATE", List.of(roles.owner()))) {
      sql.add("GRANT USAGE, CREATE ON SCHEMA public TO " + roles.owner().quoted());
    }
    if (lacks(present, "public", "USAGE", roles.readers())) {
      sql.add("GRANT USAGE ON SCHEMA public TO " + RolePlanner.list(roles.readers()));
    }
    if (lacks(present, "undercroft", "USAGE", roles.all())) {
      sql.add("GRANT USAGE ON SCHEMA undercroft TO " + RolePlanner.list(roles.all()));
    }
    if (lacks(present, "undercroft", "CREATE", List.of(roles.migrator()))) {
      sql.add("GRANT CREATE ON SCHEMA undercroft TO " + roles.migrator().quoted());
    }
    return sql;
  }

  private static boolean lacks(
      Set<String> present, String schema, String privilege, List<Identifier> roles) {
    return !roles.stream()
        .allMatch(role -> present.contains(schema + ":" + role + ":" + privilege));
  }

  /** What one of two roles makes, the migrator or the owner, is open to the others at once. */
  private List<String> defaults(Set<String> present) {
    ProjectRoles roles = target.roles();
    List<String> sql = new ArrayList<>();
    for (Identifier maker : List.of(roles.migrator(), roles.owner())) {
      Default rule = new Default(maker, present, sql);
      rule.give("r", "TABLES", List.of("SELECT", "INSERT", "UPDATE", "DELETE"), roles.writers());
      rule.give("r", "TABLES", List.of("SELECT"), List.of(roles.analytics(), roles.backup()));
      rule.give("S", "SEQUENCES", List.of("USAGE", "SELECT"), roles.writers());
      rule.give("S", "SEQUENCES", List.of("SELECT"), List.of(roles.backup()));
      rule.give("n", "SCHEMAS", List.of("USAGE"), roles.readers());
    }
    return sql;
  }

  /** Default privileges of what one role makes. */
  private record Default(Identifier maker, Set<String> present, List<String> sql) {
    void give(String kind, String kinds, List<String> privileges, List<Identifier> roles) {
      boolean there =
          roles.stream()
              .allMatch(role ->
                  privileges.stream()
                      .allMatch(privilege ->
                          present.contains(maker + ":" + kind + ":" + role + ":" + privilege)));
      if (!there) {
        sql.add(
            "ALTER DEFAULT PRIVILEGES FOR ROLE %s GRANT %s ON %s TO %s"
                .formatted(
                    maker.quoted(), String.join(", ", privileges), kinds, RolePlanner.list(roles)));
      }
    }
  }

  /** Default privileges know no exception: the history of migrations is not the applications'. */
  List<String> closing() {
    String roles = RolePlanner.list(target.roles().readers());
    return List.of(
        "REVOKE ALL ON ALL TABLES IN SCHEMA undercroft FROM " + roles,
        "REVOKE ALL ON ALL SEQUENCES IN SCHEMA undercroft FROM " + roles);
  }
}
