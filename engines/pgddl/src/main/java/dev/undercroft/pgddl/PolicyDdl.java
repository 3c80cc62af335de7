package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;

/** Row policies. Stateless. */
final class PolicyDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject policy, List<CatalogObject> inline, Situation situation) {
    StringBuilder sql = new StringBuilder("CREATE ").append(Phrases.of(policy));
    sql.append(policy.has(Attribute.RESTRICTIVE) ? " AS RESTRICTIVE" : "");
    String command = policy.get(Attribute.COMMAND);
    sql.append(command.equals("ALL") ? "" : " FOR " + command);
    if (policy.has(Attribute.ROLES)) {
      sql.append(" TO ").append(roles(policy));
    }
    conditions(policy, sql);
    return List.of(step(policy, sql.toString()));
  }

  private static String roles(CatalogObject policy) {
    List<String> roles = policy.lines(Attribute.ROLES);
    return roles.isEmpty() ? "PUBLIC" : String.join(", ", roles);
  }

  private static void conditions(CatalogObject policy, StringBuilder sql) {
    policy
        .find(Attribute.USING)
        .ifPresent(using -> sql.append(" USING (").append(using).append(')'));
    policy
        .find(Attribute.CHECK)
        .ifPresent(check -> sql.append(" WITH CHECK (").append(check).append(')'));
  }

  private static Step step(CatalogObject policy, String sql) {
    return Step.of(policy.id(), sql).locking(Lock.ACCESS_EXCLUSIVE);
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    return change.touches(Attribute.COMMAND)
        || change.touches(Attribute.RESTRICTIVE)
        || (change.touches(Attribute.USING) && !after.has(Attribute.USING))
        || (change.touches(Attribute.CHECK) && !after.has(Attribute.CHECK));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    boolean same =
        !change.touches(Attribute.ROLES)
            && !change.touches(Attribute.USING)
            && !change.touches(Attribute.CHECK);
    if (same) {
      return List.of();
    }
    StringBuilder sql = new StringBuilder("ALTER ").append(Phrases.of(after));
    sql.append(change.touches(Attribute.ROLES) ? " TO " + roles(after) : "");
    conditions(after, sql);
    return List.of(
        step(after, sql.toString())
            .warning(
                Hazard.PRIVILEGES, "Who sees which rows by %s changes.".formatted(after.id())));
  }

  @Override
  public List<Step> drop(CatalogObject policy, Situation situation) {
    Step step = step(policy, "DROP " + Phrases.of(policy));
    return List.of(
        situation.isRemoved(policy.id())
            ? step.warning(
                Hazard.PRIVILEGES, "Who sees which rows by %s changes.".formatted(policy.id()))
            : step);
  }
}
