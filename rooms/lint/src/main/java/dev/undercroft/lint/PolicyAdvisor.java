package dev.undercroft.lint;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.sql.TokenKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Row policies: applied, cheap, and saying what they seem to. */
final class PolicyAdvisor implements Advisor {

  /** Functions whose value is the same for a whole statement. */
  private static final Set<String> CALLS =
      Set.of(
          "current_setting", "tenant", "tenant_uuid", "actor_role", "uid", "jwt", "role", "email");

  @Override
  public void judge(Advice advice) {
    Set<String> guarded = new HashSet<>();
    for (CatalogObject table : advice.catalog().ofKind(Kind.TABLE)) {
      List<CatalogObject> policies = advice.catalog().children(table.id(), Kind.POLICY);
      boolean isGuarded = table.has(Attribute.ROW_SECURITY);
      if (isGuarded) {
        guarded.add(table.id().place());
      }
      if (!isGuarded && !policies.isEmpty()) {
        advice.report(
            Rule.POLICY_WITHOUT_ROW_SECURITY,
            table.id(),
            "it has %d policies that are not applied".formatted(policies.size()));
      } else if (isGuarded && policies.isEmpty() && !table.has(Attribute.PARTITION_OF)) {
        advice.report(Rule.ROW_SECURITY_WITHOUT_POLICY, table.id(), "it has no policy");
      }
      policies.forEach(policy -> policy(advice, policy));
      overlap(advice, policies);
    }
    open(advice, guarded);
  }

  private static void policy(Advice advice, CatalogObject policy) {
    for (Attribute part : List.of(Attribute.USING, Attribute.CHECK)) {
      if (!policy.has(part)) {
        continue;
      }
      Phrase condition = Advice.read(policy.get(part));
      String call = perRow(condition);
      if (!call.isEmpty()) {
        advice.report(Rule.POLICY_PER_ROW, policy.id(), call + "() is called for each row");
      }
      if (condition.written().contains("user_metadata")) {
        advice.report(
            Rule.POLICY_TRUSTS_USER, policy.id(), "it decides by user_metadata, which users write");
      }
      boolean writes = !policy.is(Attribute.COMMAND, "SELECT");
      boolean isAll = policy.get(Attribute.USING).equals("true") && part == Attribute.USING;
      if (writes && isAll && !policy.has(Attribute.CHECK) && !policy.has(Attribute.RESTRICTIVE)) {
        advice.report(Rule.POLICY_ALWAYS_TRUE, policy.id(), "its condition is true for everybody");
      }
    }
  }

  /** The first call that is made again for each row, because no SELECT stands before it. */
  private static String perRow(Phrase condition) {
    for (int i = 0; i + 1 < condition.tokens().size(); i++) {
      boolean isCall =
          CALLS.contains(condition.word(i))
              && condition.tokens().get(i + 1).kind() == TokenKind.OPEN;
      int begin = i;
      while (begin > 1 && condition.tokens().get(begin - 1).kind() == TokenKind.DOT) {
        begin -= 2;
      }
      if (isCall && !isSelected(condition, begin)) {
        return condition.word(i);
      }
    }
    return "";
  }

  /** Whether a SELECT stands in the parentheses around this token, or around those. */
  private static boolean isSelected(Phrase condition, int index) {
    int depth = 0;
    for (int i = index - 1; i >= 0; i--) {
      TokenKind kind = condition.tokens().get(i).kind();
      depth += kind == TokenKind.CLOSE ? 1 : kind == TokenKind.OPEN ? -1 : 0;
      if (depth <= 0 && condition.word(i).equals("select")) {
        return true;
      }
    }
    return false;
  }

  private static void overlap(Advice advice, List<CatalogObject> policies) {
    Set<String> seen = new HashSet<>();
    for (CatalogObject policy : policies) {
      if (policy.has(Attribute.RESTRICTIVE)) {
        continue;
      }
      String key = policy.get(Attribute.COMMAND) + "\n" + policy.get(Attribute.ROLES);
      if (!seen.add(key)) {
        advice.report(
            Rule.POLICIES_OVERLAP,
            policy.id(),
            "another permissive policy is for %s too".formatted(policy.get(Attribute.COMMAND)));
      }
    }
  }

  /** A table that points at a guarded one holds rows of the same people. */
  private static void open(Advice advice, Set<String> guarded) {
    for (CatalogObject key : advice.catalog().ofKind(Kind.CONSTRAINT)) {
      ObjectId table = key.id().relation(Kind.TABLE);
      if (!key.is(Attribute.CONSTRAINT_TYPE, "f") || guarded.contains(table.place())) {
        continue;
      }
      boolean pointsAtGuarded =
          advice.catalog().needs(key.id()).stream()
              .map(need -> need.to())
              .map(to -> to.kind() == Kind.TABLE ? to : to.relation(Kind.TABLE))
              .anyMatch(to -> !to.equals(table) && guarded.contains(to.place()));
      boolean isPart =
          advice.catalog().find(table).filter(t -> t.has(Attribute.PARTITION_OF)).isPresent();
      if (pointsAtGuarded && !isPart) {
        advice.report(
            Rule.ROW_SECURITY_MISSING,
            table,
            "no policy guards it, but one guards what %s points at".formatted(key.id().name()));
      }
    }
  }
}
