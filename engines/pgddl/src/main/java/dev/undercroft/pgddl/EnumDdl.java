package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Enums. Stateless. */
final class EnumDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject type, List<CatalogObject> inline, Situation situation) {
    return List.of(Step.of(type.id(), statement(type)));
  }

  private static String statement(CatalogObject type) {
    return "CREATE TYPE %s AS ENUM (%s)"
        .formatted(Names.of(type.id()), String.join(", ", labels(type)));
  }

  private static List<String> labels(CatalogObject type) {
    return type.get(Attribute.LABELS).isEmpty() ? List.of() : type.lines(Attribute.LABELS);
  }

  /** Whether all old labels are still there in the same order. */
  private static boolean onlyAdds(Change.Altered change) {
    List<String> now = new ArrayList<>(labels(change.after()));
    now.retainAll(labels(change.before()));
    return now.equals(labels(change.before()));
  }

  private static boolean isSwap(Change.Altered change) {
    return change.touches(Attribute.LABELS) && !onlyAdds(change);
  }

  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    return change instanceof Change.Altered altered && isSwap(altered)
        ? Optional.of(change.id())
        : Optional.empty();
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    List<Step> steps = new ArrayList<>();
    List<String> old = labels(change.before());
    List<String> now = labels(change.after());
    for (int index = 0; index < now.size(); index++) {
      if (!old.contains(now.get(index))) {
        steps.add(
            Step.of(
                change.id(),
                "ALTER TYPE %s ADD VALUE %s%s"
                    .formatted(Names.of(change.id()), now.get(index), place(now, index, old))));
      }
    }
    if (!steps.isEmpty()) {
      steps.add(steps.removeLast().in(Transaction.COMMIT_AFTER));
    }
    return steps;
  }

  private static String place(List<String> labels, int index, List<String> old) {
    if (index > 0) {
      return " AFTER " + labels.get(index - 1);
    }
    return old.isEmpty() ? "" : " BEFORE " + old.getFirst();
  }
}
