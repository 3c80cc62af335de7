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
import java.util.Objects;
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
    situation
        .swapped()
        .values()
        .forEach(leader -> {
          nodes.add(new Node(Phase.DROP, leader));
          first(new Node(Phase.ALTER, leader), new Node(Phase.DROP, leader));
        });
    situation.before().dependencies().forEach(this::oldNeed);
    situation.after().dependencies().forEach(this::newNeed);
    situation.dropped().stream()
        .filter(situation.created()::contains)
        .forEach(id -> first(dropping(id), creating(id)));
    sameNames();
    overloads();
    situation.altered().values().forEach(this::newParents);
    situation.dropped().stream()
        .filter(id -> id.kind() == Kind.CONSTRAINT || id.kind() == Kind.INDEX)
        .forEach(this::keys);
    situation.altered().values().forEach(this::keptPersistence);
    situation.dropped().forEach(id -> persistence(id, situation.before()));
    situation.created().forEach(id -> persistence(id, situation.after()));
    new PartitionOrder(situation, this).add();
    situation.dropped().stream().filter(id -> id.kind() == Kind.COLUMN).forEach(this::inherited);
    situation.altered().values().forEach(this::inheritedType);
    Map<Node, Set<Node>> wishes = new Wishes(situation, absorption).successors();
    wishes.forEach(
        (node, later) -> preferred.computeIfAbsent(node, any -> new TreeSet<>()).addAll(later));
    preferred.keySet().retainAll(nodes);
    preferred.values().forEach(later -> later.retainAll(nodes));
    return new Sorting(nodes, successors, preferred).sort();
  }

  /** One thing rather before another. */
  void preferably(ObjectId first, ObjectId then) {
    Node later = situation.created().contains(then) ? creating(then) : new Node(Phase.ALTER, then);
    prefer(creating(first), later);
  }

  private void prefer(Node earlier, Node later) {
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

  Node dropping(ObjectId id) {
    return new Node(Phase.DROP, absorption.dropOf(id));
  }

  Node creating(ObjectId id) {
    return new Node(Phase.CREATE, absorption.createOf(id));
  }

  void first(Node earlier, Node later) {
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
    oldSwap(needy, needed);
    if (situation.converted().containsKey(needy) && situation.leader(needed) != null) {
      ObjectId leader = Objects.requireNonNull(situation.converted().get(needy));
      first(new Node(Phase.ALTER, leader), new Node(Phase.ALTER, needy));
    } else if (situation.leader(needed) == null
        && situation.altered().containsKey(needy)
        && situation.isReleased(needy, needed)) {
      first(new Node(Phase.ALTER, needy), new Node(Phase.ALTER, needed));
    }
    if (situation.dropped().contains(needed)) {
      first(needyGoes ? dropping(needy) : new Node(Phase.ALTER, needy), dropping(needed));
    } else if (needyGoes && isReplaced(needed)) {
      prefer(dropping(needy), new Node(Phase.ALTER, needed));
    } else if (needyGoes) {
      first(dropping(needy), new Node(Phase.ALTER, needed));
    }
  }

  /** Whether what needs such a thing never hinders its change. */
  private boolean isReplaced(ObjectId id) {
    return switch (id.kind()) {
      case ENUM -> situation.leader(id) == null;
      case SCHEMA, EXTENSION, SEQUENCE, FUNCTION, VIEW -> true;
      default -> false;
    };
  }

  /** What needs a type that is swapped leaves it before the old one goes. */
  private void oldSwap(ObjectId needy, ObjectId needed) {
    ObjectId type = situation.leader(needed);
    ObjectId container = situation.leader(needy);
    boolean needyGoes = situation.dropped().contains(needy);
    if (type != null && needyGoes) {
      first(dropping(needy), new Node(Phase.ALTER, type));
    } else if (type != null && container == null && !situation.converted().containsKey(needy)) {
      first(new Node(Phase.ALTER, needy), new Node(Phase.DROP, type));
    }
    if (container != null && !needyGoes && situation.dropped().contains(needed)) {
      first(new Node(Phase.DROP, container), dropping(needed));
    }
  }

  /** What needs a swapped type waits for the new one, which waits for what it needs itself. */
  private void newSwap(ObjectId needy, ObjectId needed) {
    ObjectId type = situation.leader(needed);
    ObjectId container = situation.leader(needy);
    if (container != null) {
      Node swap = new Node(Phase.ALTER, container);
      first(creatingOrItself(needed), swap);
      first(new Node(Phase.ALTER, type == null ? needed : type), swap);
    } else if (type != null) {
      first(new Node(Phase.ALTER, type), creatingOrItself(needy));
      first(new Node(Phase.ALTER, type), new Node(Phase.ALTER, needy));
    }
  }

  private void newNeed(Dependency need) {
    newSwap(need.from(), need.to());
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

  Node creatingOrItself(ObjectId id) {
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

  /** A logged table never points at an unlogged one, not even for a moment. */
  private void keptPersistence(Change.Altered change) {
    if (!change.touches(Attribute.PERSISTENCE)) {
      return;
    }
    for (CatalogObject key : situation.before().children(change.id(), Kind.CONSTRAINT)) {
      if (key.is(Attribute.CONSTRAINT_TYPE, "f")) {
        for (Dependency need : situation.before().needs(key.id())) {
          Node own = new Node(Phase.ALTER, change.id());
          Node other = new Node(Phase.ALTER, need.to().relation(Kind.TABLE));
          boolean unlogged = change.after().has(Attribute.PERSISTENCE);
          first(unlogged ? own : other, unlogged ? other : own);
        }
      }
    }
  }

  /** A foreign key takes any key that fits, so what goes must be gone when it is made. */
  private void keys(ObjectId old) {
    ObjectId table = tableOfKey(old);
    if (!situation.isStanding(table)) {
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

  private ObjectId tableOfKey(ObjectId key) {
    String place = situation.before().find(key).map(k -> k.get(Attribute.TABLE)).orElse("");
    return key.kind() == Kind.INDEX && !place.isEmpty()
        ? ObjectId.at(Kind.TABLE, place)
        : key.relation(Kind.TABLE);
  }

  /** An identity column takes and leaves the name of its hidden sequence. */
  private void hiddenSequence(Change.Altered change, Map<String, ObjectId> leaving) {
    if (!change.touches(Attribute.IDENTITY)) {
      return;
    }
    ObjectId column = change.id();
    Node node = new Node(Phase.ALTER, column);
    ObjectId old = leaving.get("relation " + sequence(change.after()).place());
    if (old != null) {
      first(dropping(old), node);
    }
    first(node, creatingOrItself(sequence(change.before())));
  }

  private static ObjectId sequence(CatalogObject column) {
    ObjectId id = column.id();
    String name = column.get(Attribute.IDENTITY_NAME);
    return name.isEmpty()
        ? ObjectId.of(Kind.SEQUENCE, id.schema(), id.parent() + '_' + id.name() + "_seq")
        : ObjectId.at(Kind.SEQUENCE, name);
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

  /** What a column of a child hangs on steps aside before the column changes above. */
  private void inheritedType(Change.Altered change) {
    if (change.id().kind() != Kind.COLUMN || !change.touches(Attribute.TYPE)) {
      return;
    }
    for (ObjectId above : above(change.id())) {
      Node source = new Node(Phase.ALTER, above);
      first(source, new Node(Phase.ALTER, change.id()));
      for (Dependency need : situation.before().neededBy(change.id())) {
        first(dropping(need.from()), source);
      }
    }
  }

  /** The columns of that name in the tables that the column's table is a child or part of. */
  private List<ObjectId> above(ObjectId column) {
    Catalog catalog = situation.before();
    List<String> places = new ArrayList<>();
    catalog
        .find(column.relation(Kind.TABLE))
        .ifPresent(t -> places.addAll(t.lines(Attribute.INHERITS)));
    catalog
        .find(column.relation(Kind.PARTITION))
        .ifPresent(tie -> places.add(tie.get(Attribute.PARTITION_OF)));
    return places.stream()
        .map(place -> ObjectId.at(Kind.TABLE, place))
        .map(table -> ObjectId.in(Kind.COLUMN, table.schema(), table.name(), column.name()))
        .filter(situation.altered()::containsKey)
        .toList();
  }
}
