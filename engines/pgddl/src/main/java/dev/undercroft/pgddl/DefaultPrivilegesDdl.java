package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Privileges that later objects receive. Stateless. */
final class DefaultPrivilegesDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject rule, List<CatalogObject> inline, Situation situation) {
    return steps(rule, usual(rule, situation), given(rule), situation);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return steps(change.after(), given(change.before()), given(change.after()), situation);
  }

  @Override
  public List<Step> drop(CatalogObject rule, Situation situation) {
    return steps(rule, given(rule), usual(rule, situation), situation);
  }

  private static Set<String> given(CatalogObject rule) {
    return Privileges.lines(rule.get(Attribute.PRIVILEGES));
  }

  /** What holds when there is no rule: within one schema nothing is added to the usual. */
  private static Set<String> usual(CatalogObject rule, Situation situation) {
    if (!rule.id().schema().isEmpty()) {
      return Set.of();
    }
    if (rule.id().arguments().equals("LARGE OBJECTS")) {
      return new TreeSet<>(Set.of("@\tSELECT", "@\tUPDATE"));
    }
    Kind kind =
        switch (rule.id().arguments()) {
          case "SEQUENCES" -> Kind.SEQUENCE;
          case "FUNCTIONS" -> Kind.FUNCTION;
          case "TYPES" -> Kind.ENUM;
          case "SCHEMAS" -> Kind.SCHEMA;
          default -> Kind.TABLE;
        };
    return Privileges.of(new CatalogObject(ObjectId.of(kind, "", "any"), Map.of()), situation);
  }

  private static List<Step> steps(
      CatalogObject rule, Set<String> from, Set<String> to, Situation situation) {
    List<Step> steps = new ArrayList<>();
    Set<String> gone = new TreeSet<>(from);
    gone.removeAll(to);
    Set<String> come = new TreeSet<>(to);
    come.removeAll(from);
    gone.forEach(line -> steps.add(step(rule, line, "REVOKE %s ON %s FROM %s%s", situation)));
    come.forEach(line -> steps.add(step(rule, line, "GRANT %s ON %s TO %s%s", situation)));
    return steps;
  }

  private static Step step(CatalogObject rule, String line, String form, Situation situation) {
    ObjectId id = rule.id();
    int tab = line.indexOf('\t');
    String grantee = line.substring(0, tab);
    String role = id.name().equals("CURRENT_USER") ? "" : " FOR ROLE " + id.name();
    String who =
        grantee.equals("@")
            ? (role.isEmpty() ? "CURRENT_USER" : id.name())
            : Privileges.role(grantee, rule, situation);
    boolean handOn = line.endsWith("*") && form.startsWith("GRANT");
    String clause =
        form.formatted(
            line.substring(tab + 1).replace("*", ""),
            id.arguments(),
            who,
            handOn ? " WITH GRANT OPTION" : "");
    String schema = id.schema().isEmpty() ? "" : " IN SCHEMA " + Names.quoted(id.schema());
    return Step.of(id, "ALTER DEFAULT PRIVILEGES%s%s %s".formatted(role, schema, clause))
        .warning(Hazard.PRIVILEGES, "Who may use objects made later changes.");
  }
}
