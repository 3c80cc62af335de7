package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Subscriptions, without ever connecting to a publisher: whether one is enabled, and the slot at
 * the other end, are the business of those who run both. Stateless.
 */
final class SubscriptionDdl implements Ddl {

  private static final String NO_SLOT = "slot_name=NONE";

  @Override
  public List<Step> create(
      CatalogObject subscription, List<CatalogObject> inline, Situation situation) {
    List<String> options = new ArrayList<>(List.of("connect = false"));
    subscription.lines(Attribute.PROPERTIES).forEach(line -> options.add(option(line)));
    return List.of(
        Step.of(
                subscription.id(),
                "CREATE %s CONNECTION %s PUBLICATION %s WITH (%s)"
                    .formatted(
                        Phrases.of(subscription),
                        Names.literal(subscription.get(Attribute.CONNECTION)),
                        subscription.get(Attribute.PUBLISH),
                        String.join(", ", options)))
            .warning(
                Hazard.UNTRACKED,
                "%s is made without connecting; make its slot on the publisher, enable it and refresh it."
                    .formatted(subscription.id())));
  }

  private static String option(String line) {
    String[] parts = line.split("=", 2);
    boolean bare = line.equals(NO_SLOT);
    return parts[0] + " = " + (bare ? parts[1] : Names.literal(parts[1]));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    // Up to 17 it is fixed; since then the server asks the publisher.
    return isTwoPhase(change.before()) != isTwoPhase(change.after());
  }

  private static boolean isTwoPhase(CatalogObject subscription) {
    return subscription.lines(Attribute.PROPERTIES).contains("two_phase=true");
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    List<Step> steps = new ArrayList<>();
    if (change.touches(Attribute.CONNECTION)) {
      steps.add(alter(after, "CONNECTION " + Names.literal(after.get(Attribute.CONNECTION))));
    }
    if (change.touches(Attribute.PUBLISH)) {
      steps.add(
          alter(
              after,
              "SET PUBLICATION %s WITH (refresh = false)".formatted(after.get(Attribute.PUBLISH))));
    }
    List<String> changed = new ArrayList<>(after.lines(Attribute.PROPERTIES));
    changed.removeAll(change.before().lines(Attribute.PROPERTIES));
    if (changed.contains(NO_SLOT)) {
      steps.add(alter(after, "DISABLE"));
    }
    if (!changed.isEmpty()) {
      steps.add(
          alter(
              after,
              "SET (%s)"
                  .formatted(
                      String.join(", ", changed.stream().map(SubscriptionDdl::option).toList()))));
    }
    return steps;
  }

  private static Step alter(CatalogObject subscription, String clause) {
    return Step.of(subscription.id(), "ALTER %s %s".formatted(Phrases.of(subscription), clause));
  }

  @Override
  public List<Step> drop(CatalogObject subscription, Situation situation) {
    List<Step> steps = new ArrayList<>();
    if (!subscription.lines(Attribute.PROPERTIES).contains(NO_SLOT)) {
      steps.add(alter(subscription, "DISABLE"));
      steps.add(
          alter(subscription, "SET (slot_name = NONE)")
              .warning(
                  Hazard.UNTRACKED,
                  "The slot of %s stays on the publisher, which keeps its log for it; drop it there."
                      .formatted(subscription.id())));
    }
    steps.add(Step.of(subscription.id(), "DROP " + Phrases.of(subscription)));
    return steps;
  }
}
