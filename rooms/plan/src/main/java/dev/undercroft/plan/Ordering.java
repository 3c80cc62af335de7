package dev.undercroft.plan;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Node.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is to be done into an order that the server accepts: what needs something goes before
 * it is dropped, and comes after it is made. Used once; not thread-safe.
 */
final class Ordering {

  private final Situation situation;
  private final Absorption absorption;
  private final Set<Node> nodes = new TreeSet<>();
  private final Map<Node, Set<Node>> successors = new HashMap<>();

  Ordering(Situation situation, Absorption absorption) {
    this.situation = situation;
    this.absorption = absorption;
  }

  /** The nodes in order, and for each the nodes that had to come before it. */
  List<Node> sorted() {
    situation.dropped().forEach(id -> nodes.add(dropping(id)));
    situation.created().forEach(id -> nodes.add(creating(id)));
    situation.altered().keySet().forEach(id -> nodes.add(new Node(Phase.ALTER, id)));
    situation.before().dependencies().forEach(this::oldNeed);
    situation.after().dependencies().forEach(this::newNeed);
    situation.dropped().stream()
        .filter(situation.created()::contains)
        .forEach(id -> first(dropping(id), creating(id)));
    sameNames();
    situation.created().forEach(this::partitions);
    situation.dropped().stream().filter(id -> id.kind() == Kind.PARTITION).forEach(this::detached);
    situation.dropped().stream().filter(id -> id.kind() == Kind.COLUMN).forEach(this::inherited);
    return sort();
  }

  /** What had to come before what. */
  Map<Node, Set<Node>> predecessors() {
    Map<Node, Set<Node>> all = new HashMap<>();
    successors.forEach((from, tos) ->
        tos.forEach(to -> all.computeIfAbsent(to, any -> new TreeSet<>()).add(from)));
    return all;
  }

  private Node dropping(ObjectId id) {
    return new Node(Phase.DROP, absorption.dropOf(id));
  }

  Node creating(ObjectId id) {
    return new Node(Phase.CREATE, absorption.createOf(id));
  }

  private void first(Node earlier, Node later) {
    if (!earlier.equals(later) && nodes.contains(earlier) && nodes.contains(later)) {
      successors.computeIfAbsent(earlier, any -> new TreeSet<>()).add(later);
    }
  }

  private void oldNeed(Dependency need) {
    ObjectId needy = need.from();
    ObjectId needed = need.to();
    boolean needyGoes = situation.dropped().contains(needy);
    ObjectId converter = situation.converted().get(needed);
    if (converter != null && needyGoes) {
      first(dropping(needy), new Node(Phase.ALTER, converter));
    }
    if (situation.altered().containsKey(needy) && situation.isReleased(needy, needed)) {
      first(new Node(Phase.ALTER, needy), new Node(Phase.ALTER, needed));
    }
    if (situation.dropped().contains(needed)) {
      first(needyGoes ? dropping(needy) : new Node(Phase.ALTER, needy), dropping(needed));
    } else if (needyGoes) {
      first(dropping(needy), new Node(Phase.ALTER, needed));
    }
  }

  private void newNeed(Dependency need) {
    ObjectId converter = situation.converted().get(need.to());
    if (converter != null) {
      first(new Node(Phase.ALTER, converter), creatingOrItself(need.from()));
    }
    for (Node needed : List.of(creatingOrItself(need.to()), new Node(Phase.ALTER, need.to()))) {
      first(needed, creatingOrItself(need.from()));
      first(needed, new Node(Phase.ALTER, need.from()));
    }
  }

  private Node creatingOrItself(ObjectId id) {
    return situation.created().contains(id) ? creating(id) : new Node(Phase.CREATE, id);
  }

  /** What takes a name comes after what leaves it. */
  private void sameNames() {
    Map<String, ObjectId> leaving = new HashMap<>();
    for (ObjectId id : situation.dropped()) {
      namespaces(id, situation.before().get(id)).forEach(name -> leaving.put(name, id));
    }
    situation.altered().values().forEach(change -> hiddenSequence(change, leaving));
    for (ObjectId id : situation.created()) {
      for (String name : namespaces(id, situation.after().get(id))) {
        ObjectId old = leaving.get(name);
        if (old != null && !old.equals(id)) {
          first(dropping(old), creating(id));
        }
      }
    }
  }

  /** An identity column takes and leaves the name of its hidden sequence. */
  private void hiddenSequence(Change.Altered change, Map<String, ObjectId> leaving) {
    if (!change.touches(Attribute.IDENTITY)) {
      return;
    }
    ObjectId column = change.id();
    ObjectId sequence =
        ObjectId.of(Kind.SEQUENCE, column.schema(), column.parent() + '_' + column.name() + "_seq");
    Node node = new Node(Phase.ALTER, column);
    ObjectId old = leaving.get("relation " + sequence.place());
    if (old != null) {
      first(dropping(old), node);
    }
    first(node, creatingOrItself(sequence));
  }

  private static List<String> namespaces(ObjectId id, @Nullable CatalogObject object) {
    String relation = "relation " + id.place();
    String type = "type " + id.place();
    return switch (id.kind()) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, COMPOSITE -> List.of(relation, type);
      case INDEX, SEQUENCE -> List.of(relation);
      case ENUM, DOMAIN, RANGE -> List.of(type);
      case FUNCTION, AGGREGATE -> List.of("routine " + id.place() + '\t' + id.arguments());
      case CONSTRAINT -> ofConstraint(id, object, relation);
      default -> List.of();
    };
  }

  private static List<String> ofConstraint(
      ObjectId id, @Nullable CatalogObject constraint, String relation) {
    String type = constraint == null ? "" : constraint.get(Attribute.CONSTRAINT_TYPE);
    return switch (type) {
      case "p" -> List.of(relation, "primary " + id.relation(Kind.TABLE).place());
      case "u", "x" -> List.of(relation);
      default -> List.of();
    };
  }

  /** A partition is complete before it is attached; its indexes come before those of the whole. */
  private void partitions(ObjectId id) {
    if (id.kind() == Kind.PARTITION) {
      String whole = situation.after().find(id).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
      for (Node node : List.copyOf(nodes)) {
        boolean ofWhole = isColumnOf(node.id(), whole);
        boolean ofPart = isPartOf(node.id(), id);
        boolean goes = node.phase() == Phase.DROP;
        if (ofWhole || (ofPart && (!goes || node.id().kind() == Kind.COLUMN))) {
          first(node, creating(id));
        }
      }
      return;
    }
    if (id.kind() == Kind.CONSTRAINT) {
      partitionConstraint(id);
      return;
    }
    String parent = situation.after().find(id).map(o -> o.get(Attribute.PARTITION_OF)).orElse("");
    if (!parent.isEmpty()) {
      for (ObjectId other : situation.created()) {
        if (other.kind() == id.kind() && other.place().equals(parent)) {
          first(creating(id), creating(other));
        }
      }
    }
  }

  /** What was a part stands alone before its columns or those of the whole change. */
  private void detached(ObjectId tie) {
    if (!situation.isStanding(tie.as(Kind.TABLE))) {
      return;
    }
    String whole = situation.before().find(tie).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
    for (Node node : List.copyOf(nodes)) {
      boolean ofPart = node.id().kind() == Kind.COLUMN && isPartOf(node.id(), tie);
      if (ofPart || isColumnOf(node.id(), whole)) {
        first(dropping(tie), node);
      }
    }
  }

  /** A column that came from above can only be dropped when it is gone there. */
  private void inherited(ObjectId id) {
    if (!absorption.dropOf(id).equals(id)) {
      return;
    }
    for (Dependency need : situation.before().needs(id.relation(Kind.TABLE))) {
      ObjectId above = need.to();
      if (above.kind() == Kind.TABLE) {
        first(
            dropping(ObjectId.in(Kind.COLUMN, above.schema(), above.name(), id.name())),
            dropping(id));
      }
    }
  }

  private void partitionConstraint(ObjectId id) {
    CatalogObject constraint = situation.after().get(id);
    CatalogObject tie = situation.after().get(id.relation(Kind.PARTITION));
    if (constraint == null || tie == null || !constraint.has(Attribute.INHERITED)) {
      return;
    }
    String type = constraint.get(Attribute.CONSTRAINT_TYPE);
    for (ObjectId other : situation.created()) {
      CatalogObject above = situation.after().get(other);
      boolean whole =
          other.kind() == Kind.CONSTRAINT
              && other.relation(Kind.TABLE).place().equals(tie.get(Attribute.PARTITION_OF));
      if (whole
          && above != null
          && above.is(Attribute.CONSTRAINT_TYPE, type)
          && !type.equals("c")) {
        first(creating(id), creating(other));
      }
    }
  }

  private boolean isPartOf(ObjectId id, ObjectId partition) {
    return switch (id.kind()) {
      case COLUMN, CONSTRAINT, DEFAULT ->
          id.schema().equals(partition.schema()) && id.parent().equals(partition.name());
      case INDEX ->
          situation
              .after()
              .find(id)
              .map(index -> index.is(Attribute.TABLE, partition.place()))
              .orElse(false);
      default -> false;
    };
  }

  private static boolean isColumnOf(ObjectId id, String table) {
    return id.kind() == Kind.COLUMN && id.relation(Kind.TABLE).place().equals(table);
  }

  /** Keeps every order; of those that are only wished, what does not close a circle. */
  private List<Node> sort() {
    Map<Node, Set<Node>> wishes = new Wishes(situation, absorption).successors();
    Map<Node, Integer> waiting = counts(successors);
    Map<Node, Integer> wishing = counts(wishes);
    NavigableSet<Node> ready = new TreeSet<>();
    NavigableSet<Node> held = new TreeSet<>();
    for (Node node : nodes) {
      if (!waiting.containsKey(node)) {
        (wishing.getOrDefault(node, 0) > 0 ? held : ready).add(node);
      }
    }
    List<Node> sorted = new ArrayList<>(nodes.size());
    Node node = next(ready, held);
    while (node != null) {
      sorted.add(node);
      for (Node later : wishes.getOrDefault(node, Set.of())) {
        if (wishing.merge(later, -1, Integer::sum) == 0 && held.remove(later)) {
          ready.add(later);
        }
      }
      for (Node later : successors.getOrDefault(node, Set.of())) {
        if (waiting.merge(later, -1, Integer::sum) == 0) {
          (wishing.getOrDefault(later, 0) > 0 ? held : ready).add(later);
        }
      }
      node = next(ready, held);
    }
    if (sorted.size() < nodes.size()) {
      throw cycle(waiting);
    }
    return sorted;
  }

  private static @Nullable Node next(NavigableSet<Node> ready, NavigableSet<Node> held) {
    Node node = ready.pollFirst();
    return node == null ? held.pollFirst() : node;
  }

  private Map<Node, Integer> counts(Map<Node, Set<Node>> edges) {
    Map<Node, Integer> counts = new HashMap<>();
    edges.forEach((from, tos) -> {
      if (nodes.contains(from)) {
        tos.forEach(to -> counts.merge(to, 1, Integer::sum));
      }
    });
    return counts;
  }

  private static RuntimeException cycle(Map<Node, Integer> waiting) {
    String stuck =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getKey().toString())
            .sorted()
            .limit(20)
            .collect(Collectors.joining("\n"));
    return Problem.of(
            "PLAN_CYCLE", ProblemKind.CONFLICT, "these changes wait for each other in a circle")
        .withDetail(stuck)
        .withRemedy("Change some of them first, and the others in a second step.")
        .exception();
  }
}
