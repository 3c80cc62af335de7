package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
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
import java.util.Set;
import java.util.TreeSet;
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
  private final Map<Node, Set<Node>> preferred = new HashMap<>();

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
    overloads();
    situation.altered().values().forEach(this::newParents);
    situation.dropped().forEach(this::keys);
    situation.dropped().forEach(id -> persistence(id, situation.before()));
    situation.created().forEach(id -> persistence(id, situation.after()));
    situation.created().forEach(this::partitions);
    situation.dropped().stream().filter(id -> id.kind() == Kind.PARTITION).forEach(this::detached);
    situation.dropped().stream().filter(id -> id.kind() == Kind.COLUMN).forEach(this::inherited);
    Map<Node, Set<Node>> wishes = new Wishes(situation, absorption).successors();
    wishes.forEach(
        (node, later) -> preferred.computeIfAbsent(node, any -> new TreeSet<>()).addAll(later));
    preferred.keySet().retainAll(nodes);
    preferred.values().forEach(later -> later.retainAll(nodes));
    return new Sorting(nodes, successors, preferred).sort();
  }

  /** One thing rather before another. */
  private void preferably(ObjectId first, ObjectId then) {
    Node later = situation.created().contains(then) ? creating(then) : new Node(Phase.ALTER, then);
    Node earlier = creating(first);
    if (!earlier.equals(later) && nodes.contains(earlier) && nodes.contains(later)) {
      preferred.computeIfAbsent(earlier, any -> new TreeSet<>()).add(later);
    }
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
    if (needed.equals(situation.converted().get(needy))) {
      first(new Node(Phase.ALTER, needed), new Node(Phase.ALTER, needy));
    } else if (situation.altered().containsKey(needy) && situation.isReleased(needy, needed)) {
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
    CatalogObject needy = situation.after().get(need.from());
    if (needy != null && needy.is(Attribute.CONSTRAINT_TYPE, "f")) {
      complete(need.to(), need.from());
    }
  }

  /** A foreign key can only go by the index of a whole once it has those of all partitions. */
  private void complete(ObjectId index, ObjectId foreign) {
    if (index.kind() != Kind.CONSTRAINT && index.kind() != Kind.INDEX) {
      return;
    }
    for (Dependency part : situation.after().neededBy(index)) {
      boolean tied = part.automatic() && !part.from().equals(foreign);
      if (tied && part.from().kind() != Kind.COLUMN) {
        first(creatingOrItself(part.from()), creatingOrItself(foreign));
        first(new Node(Phase.ALTER, part.from()), creatingOrItself(foreign));
        complete(part.from(), foreign);
      }
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

  /** While an old overload is there, the server may not know which of the two a call means. */
  private void overloads() {
    for (ObjectId old : situation.dropped()) {
      if (old.kind() != Kind.FUNCTION || situation.created().contains(old)) {
        continue;
      }
      for (ObjectId other : situation.overloads(old)) {
        for (Dependency need : situation.after().neededBy(other)) {
          if (situation.created().contains(need.from())) {
            first(dropping(old), creating(need.from()));
          }
        }
      }
    }
  }

  /** A table has all columns and checks of its new parents before it gets them. */
  private void newParents(Change.Altered change) {
    if (change.touches(Attribute.INHERITS)) {
      for (ObjectId part : situation.parts(change.id())) {
        first(creatingOrItself(part), new Node(Phase.ALTER, change.id()));
      }
    }
  }

  /** A table can only become unlogged, or logged, while no foreign key stands against it. */
  private void persistence(ObjectId key, Catalog catalog) {
    CatalogObject constraint = catalog.get(key);
    if (constraint == null || !constraint.is(Attribute.CONSTRAINT_TYPE, "f")) {
      return;
    }
    for (Dependency need : catalog.needs(key)) {
      ObjectId table = need.to().relation(Kind.TABLE);
      Change.Altered change = situation.altered().get(table);
      if (change != null && change.touches(Attribute.PERSISTENCE)) {
        first(dropping(key), new Node(Phase.ALTER, table));
        first(new Node(Phase.ALTER, table), creatingOrItself(key));
      }
    }
  }

  /** A foreign key takes any key that fits, so what goes must be gone when it is made. */
  private void keys(ObjectId old) {
    ObjectId table = old.relation(Kind.TABLE);
    if (old.kind() != Kind.CONSTRAINT || !situation.isStanding(table)) {
      return;
    }
    for (ObjectId key : situation.parts(table)) {
      boolean unique = key.kind() == Kind.CONSTRAINT || key.kind() == Kind.INDEX;
      for (Dependency need : situation.after().neededBy(key)) {
        boolean foreign = need.from().kind() == Kind.CONSTRAINT;
        if (unique && foreign && situation.created().contains(need.from())) {
          first(dropping(old), creating(need.from()));
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

  /**
   * A partition is complete before it is attached, and so are the indexes of the whole: the server
   * then finds for each of them the one of the part.
   */
  private void partitions(ObjectId id) {
    String place = situation.after().find(id).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
    if (id.kind() != Kind.PARTITION || place.isEmpty()) {
      return;
    }
    ObjectId whole = ObjectId.at(Kind.TABLE, place);
    preferably(whole, id.as(Kind.TABLE));
    List<ObjectId> indexes = new ArrayList<>();
    for (ObjectId part : situation.parts(id.as(Kind.TABLE))) {
      first(creatingOrItself(part), creating(id));
      first(new Node(Phase.ALTER, part), creating(id));
      if (part.kind() == Kind.INDEX || part.kind() == Kind.CONSTRAINT) {
        indexes.add(part);
      }
    }
    alike(indexes);
    for (Kind kind : List.of(Kind.COLUMN, Kind.CONSTRAINT, Kind.TRIGGER)) {
      for (CatalogObject part : situation.before().children(id.as(Kind.TABLE), kind)) {
        first(dropping(part.id()), creating(id));
      }
    }
    for (ObjectId part : situation.parts(whole)) {
      first(creatingOrItself(part), creating(id));
      if (part.kind() == Kind.COLUMN) {
        first(new Node(Phase.ALTER, part), creating(id));
      }
    }
    for (CatalogObject column : situation.before().children(whole, Kind.COLUMN)) {
      first(dropping(column.id()), creating(id));
    }
  }

  /** An index of the whole is only valid when it has those of all partitions that there are. */
  private void withoutPart(ObjectId tie, ObjectId whole) {
    for (ObjectId part : situation.parts(whole)) {
      if (part.kind() == Kind.INDEX || part.kind() == Kind.CONSTRAINT) {
        first(dropping(tie), creatingOrItself(part));
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

  /** Of two indexes that are alike, the server ties the older one to that of the whole. */
  private void alike(List<ObjectId> indexes) {
    for (ObjectId one : indexes) {
      for (ObjectId other : indexes) {
        if (isTied(one) && !isTied(other)) {
          preferably(one, other);
        }
      }
    }
  }

  private boolean isTied(ObjectId index) {
    return situation.after().find(index).map(i -> i.has(Attribute.PARTITION_OF)).orElse(false);
  }

  /**
   * What was a part changes its columns on its own once it stands alone, and keeps its indexes when
   * those of the whole go afterwards.
   */
  private void detached(ObjectId tie) {
    if (!situation.isStanding(tie.as(Kind.TABLE))) {
      situation
          .before()
          .find(tie)
          .map(t -> ObjectId.at(Kind.TABLE, t.get(Attribute.PARTITION_OF)))
          .ifPresent(whole -> withoutPart(tie, whole));
      return;
    }
    for (ObjectId part : Situation.parts(tie.as(Kind.TABLE), situation.before())) {
      first(dropping(tie), new Node(Phase.ALTER, part));
      first(dropping(tie), dropping(part));
    }
    for (ObjectId part : situation.parts(tie.as(Kind.TABLE))) {
      first(dropping(tie), creatingOrItself(part));
    }
    for (CatalogObject part : situation.after().children(tie.as(Kind.TABLE), Kind.TRIGGER)) {
      first(dropping(tie), creatingOrItself(part.id()));
    }
    String place = situation.before().find(tie).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
    if (!place.isEmpty()) {
      for (ObjectId part : Situation.parts(ObjectId.at(Kind.TABLE, place), situation.before())) {
        first(dropping(tie), dropping(part));
        if (part.kind() == Kind.COLUMN) {
          first(dropping(tie), new Node(Phase.ALTER, part));
        }
      }
      ObjectId whole = ObjectId.at(Kind.TABLE, place);
      for (ObjectId part : situation.parts(whole)) {
        first(dropping(tie), creatingOrItself(part));
      }
    }
  }
}
