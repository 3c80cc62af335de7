package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Node.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Plans object by object, in the order of dependencies. Thread-safe if its dialect is. */
public final class Planner implements Planning {

  private final Dialect dialect;

  /** A planner that writes in this dialect. */
  public Planner(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public List<Change> changes(Catalog before, Catalog after, Renames renames) {
    Renames all = renames.within(before, after).withTwins(before, after);
    List<Change> changes = new ArrayList<>(all.changes());
    changes.addAll(Diff.between(all.apply(before), after));
    return changes;
  }

  @Override
  public Plan plan(Catalog before, Catalog after, Renames wanted, PlanOptions options) {
    Renames renames = wanted.within(before, after).withTwins(before, after);
    Catalog renamed = renames.apply(before);
    List<Change> changes = Diff.between(renamed, after);
    if (changes.isEmpty() && renames.names().isEmpty()) {
      String fingerprint = before.fingerprint();
      return new Plan(List.of(), fingerprint, fingerprint);
    }
    Situation situation = new Decision(dialect, renamed, after, options).decide(changes);
    Absorption absorption = new Absorption(situation);
    Ordering ordering = new Ordering(situation, absorption);
    List<Node> order = ordering.sorted();
    Map<ObjectId, List<CatalogObject>> inline = inline(order, ordering, absorption, situation);
    List<Step> steps = new ArrayList<>();
    for (Change.Renamed rename : renames.changes()) {
      steps.addAll(dialect.rename(rename, situation));
    }
    for (Node node : order) {
      steps.addAll(write(node, inline, situation));
    }
    return new Plan(steps, before.fingerprint(), after.fingerprint());
  }

  private List<Step> write(
      Node node, Map<ObjectId, List<CatalogObject>> inline, Situation situation) {
    ObjectId id = node.id();
    return switch (node.phase()) {
      case DROP -> dialect.drop(Objects.requireNonNull(situation.before().get(id)), situation);
      case ALTER -> dialect.alter(Objects.requireNonNull(situation.altered().get(id)), situation);
      case CREATE -> {
        List<CatalogObject> with = inline.get(id);
        yield with == null
            ? List.of()
            : dialect.create(Objects.requireNonNull(situation.after().get(id)), with, situation);
      }
    };
  }

  /**
   * For each creation what it makes by the same statement. Defaults and constraints of a new table
   * join it when everything they wait for is there by then; those have no entry of their own.
   */
  private static Map<ObjectId, List<CatalogObject>> inline(
      List<Node> order, Ordering ordering, Absorption absorption, Situation situation) {
    Map<ObjectId, List<CatalogObject>> inline = new HashMap<>();
    Map<ObjectId, Node> joined = new HashMap<>();
    Map<Node, Integer> place = new HashMap<>();
    for (int index = 0; index < order.size(); index++) {
      place.put(order.get(index), index);
      if (order.get(index).phase() == Phase.CREATE) {
        inline.put(order.get(index).id(), new ArrayList<>());
      }
    }
    for (ObjectId id : situation.created()) {
      ObjectId into = absorption.createOf(id);
      if (!into.equals(id)) {
        add(inline, into, id, situation);
      }
    }
    Map<Node, Set<Node>> predecessors = ordering.predecessors();
    for (Node node : order) {
      ObjectId id = node.id();
      Kind home = isOfDomain(id, situation) ? Kind.DOMAIN : Kind.TABLE;
      Node table = new Node(Phase.CREATE, id.relation(home));
      if (node.phase() == Phase.CREATE && mayJoin(id, situation) && place.containsKey(table)) {
        int at = Objects.requireNonNull(place.get(table));
        boolean ready =
            predecessors.getOrDefault(node, Set.of()).stream()
                .allMatch(earlier ->
                    Objects.requireNonNull(place.get(earlier)) <= at
                        || table.equals(joined.get(earlier.id())));
        if (ready) {
          joined.put(id, table);
          inline.remove(id);
          add(inline, table.id(), id, situation);
        }
      }
    }
    return inline;
  }

  private static void add(
      Map<ObjectId, List<CatalogObject>> inline, ObjectId into, ObjectId id, Situation situation) {
    Objects.requireNonNull(inline.get(into)).add(Objects.requireNonNull(situation.after().get(id)));
  }

  private static boolean isOfDomain(ObjectId id, Situation situation) {
    return situation.created().contains(id.relation(Kind.DOMAIN));
  }

  private static boolean mayJoin(ObjectId id, Situation situation) {
    if (id.kind() == Kind.DEFAULT) {
      return true;
    }
    CatalogObject object = situation.after().get(id);
    return id.kind() == Kind.CONSTRAINT && object != null && !object.has(Attribute.NOT_VALID);
  }
}
