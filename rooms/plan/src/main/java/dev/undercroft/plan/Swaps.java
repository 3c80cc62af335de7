package dev.undercroft.plan;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Types that are swapped for new ones of their name. What is made of such a type (a domain over it,
 * a composite with a field of it, a range over it) must be swapped together with it. Stateless.
 */
final class Swaps {

  private Swaps() {}

  /** Each type that is swapped, with the first one of its group. */
  static Map<ObjectId, ObjectId> of(Collection<ObjectId> seeds, Catalog before, Catalog after) {
    List<Set<ObjectId>> groups = new ArrayList<>();
    for (ObjectId seed : seeds) {
      Set<ObjectId> group = madeOf(seed, before, after);
      List<Set<ObjectId>> shared =
          groups.stream().filter(other -> other.stream().anyMatch(group::contains)).toList();
      groups.removeAll(shared);
      shared.forEach(group::addAll);
      groups.add(group);
    }
    Map<ObjectId, ObjectId> leaders = new TreeMap<>();
    for (Set<ObjectId> group : groups) {
      ObjectId first = group.iterator().next();
      group.forEach(type -> leaders.put(type, first));
    }
    return leaders;
  }

  private static Set<ObjectId> madeOf(ObjectId seed, Catalog before, Catalog after) {
    Set<ObjectId> all = new TreeSet<>(List.of(seed));
    Deque<ObjectId> open = new ArrayDeque<>(all);
    while (!open.isEmpty()) {
      for (Dependency need : before.neededBy(open.remove())) {
        container(need.from(), before).filter(after::has).filter(all::add).ifPresent(open::add);
      }
    }
    return all;
  }

  private static Optional<ObjectId> container(ObjectId id, Catalog catalog) {
    return switch (id.kind()) {
      case DOMAIN, RANGE -> Optional.of(id);
      case COLUMN -> Optional.of(id.relation(Kind.COMPOSITE)).filter(catalog::has);
      default -> Optional.empty();
    };
  }
}
