package dev.undercroft.plan;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides for every changed object whether it is dropped, created, altered in place or made anew,
 * and draws in the objects that must step aside meanwhile. Used once; not thread-safe.
 */
final class Decision {

  private final Dialect dialect;
  private final Catalog before;
  private final Catalog after;
  private final Set<ObjectId> dropped = new TreeSet<>();
  private final Set<ObjectId> created = new TreeSet<>();
  private final Map<ObjectId, Change.Altered> altered = new TreeMap<>();
  private final Map<ObjectId, ObjectId> swapped = new TreeMap<>();
  private final Map<ObjectId, ObjectId> converted = new TreeMap<>();
  private final Deque<ObjectId> open = new ArrayDeque<>();
  private final Situation situation;

  Decision(Dialect dialect, Catalog before, Catalog after, PlanOptions options) {
    this.dialect = dialect;
    this.before = before;
    this.after = after;
    this.situation =
        new Situation(before, after, dropped, created, altered, swapped, converted, options);
  }

  Situation decide(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Added added -> created.add(added.id());
        case Change.Removed removed when isOnlySettings(removed.id()) -> bare(removed.id());
        case Change.Removed removed -> drop(removed.id());
        case Change.Altered alteration -> {
          altered.put(alteration.id(), alteration);
          open.add(alteration.id());
        }
        case Change.Renamed _ -> {}
      }
    }
    swaps(changes);
    overloads(changes);
    changes.stream().map(Change::id).filter(id -> id.kind() == Kind.PARTITION).forEach(this::drop);
    for (ObjectId tie : List.copyOf(created)) {
      if (tie.kind() == Kind.PARTITION && situation.isStanding(tie.as(Kind.TABLE))) {
        Rivals.of(tie, situation).forEach(this::drop);
      }
    }
    while (!open.isEmpty()) {
      ObjectId id = open.remove();
      Change.Altered change = altered.get(id);
      if (change != null && swapped.containsKey(id)) {
        clearTheWayOfSwap(change);
      } else if (change != null && dialect.mustReplace(change, situation)) {
        drop(id);
      } else if (change != null) {
        clearTheWay(change);
      } else if (dropped.contains(id)) {
        before.neededBy(id).forEach(this::follow);
        whole(id);
      }
    }
    return situation;
  }

  /**
   * What calls a function that gives way to another of its name is made again: altering it while
   * both are there, the server may not know which one is meant.
   */
  private void overloads(List<Change> changes) {
    for (Change change : changes) {
      ObjectId old = change.id();
      if (!(change instanceof Change.Removed) || old.kind() != Kind.FUNCTION) {
        continue;
      }
      for (ObjectId other : situation.overloads(old)) {
        for (Dependency need : after.neededBy(other)) {
          if (altered.containsKey(need.from()) && !holdsRows(need.from())) {
            drop(need.from());
          }
        }
      }
    }
  }

  /** A column of a view is listed for what is set on it; without that it is still there. */
  private boolean isOnlySettings(ObjectId id) {
    return id.kind() == Kind.COLUMN
        && (after.has(id.relation(Kind.VIEW)) || after.has(id.relation(Kind.MATERIALIZED_VIEW)))
        && (before.has(id.relation(Kind.VIEW)) || before.has(id.relation(Kind.MATERIALIZED_VIEW)));
  }

  private void bare(ObjectId column) {
    CatalogObject old = Objects.requireNonNull(before.get(column));
    CatalogObject now = new CatalogObject(column, Map.of());
    altered.put(column, new Change.Altered(old, now, old.differences(now)));
  }

  /** Types that are swapped, with their fields and checks, have one statement list for all. */
  private void swaps(List<Change> changes) {
    Set<ObjectId> seeds = new TreeSet<>();
    changes.forEach(change -> dialect.swaps(change, situation).ifPresent(seeds::add));
    swapped.putAll(Swaps.of(seeds, before, after));
    for (Set<ObjectId> ids : List.of(dropped, created, altered.keySet())) {
      ids.removeIf(id -> situation.leader(id) != null);
    }
    for (ObjectId leader : new TreeSet<>(swapped.values())) {
      CatalogObject old = Objects.requireNonNull(before.get(leader));
      CatalogObject now = Objects.requireNonNull(after.get(leader));
      altered.put(leader, new Change.Altered(old, now, old.differences(now)));
      open.add(leader);
    }
  }

  private void clearTheWayOfSwap(Change.Altered change) {
    ObjectId leader = change.id();
    for (ObjectId member : situation.group(leader)) {
      for (Dependency need : before.neededBy(member)) {
        if (isCarried(need.from(), member)) {
          converted.put(need.from(), leader);
          clearTheWay(change, need.from());
        }
      }
      clearTheWay(change, member);
      for (Kind kind : List.of(Kind.COLUMN, Kind.CONSTRAINT)) {
        for (CatalogObject part : before.children(member, kind)) {
          clearTheWay(change, part.id());
        }
      }
    }
  }

  /** Whether it is a column of a standing table that is of the type before and afterwards. */
  private boolean isCarried(ObjectId id, ObjectId type) {
    return id.kind() == Kind.COLUMN
        && !dropped.contains(id)
        && (situation.isStanding(id.relation(Kind.TABLE))
            || situation.isStanding(id.relation(Kind.FOREIGN_TABLE)))
        && !situation.isReleased(id, type);
  }

  private void drop(ObjectId id) {
    if (before.has(id) && dropped.add(id)) {
      altered.remove(id);
      if (after.has(id) && situation.leader(id) == null) {
        created.add(id);
      }
      open.add(id);
    }
  }

  /** The index of a partition can only go together with that of the whole. */
  private void whole(ObjectId index) {
    CatalogObject object = before.get(index);
    if (object == null || !object.has(Attribute.PARTITION_OF) || index.kind() == Kind.PARTITION) {
      return;
    }
    ObjectId tie = ObjectId.at(Kind.PARTITION, object.get(Attribute.TABLE));
    if (situation.isStanding(tie) && situation.isStanding(tie.as(Kind.TABLE))) {
      before.needs(index).stream()
          .map(Dependency::to)
          .filter(to -> to.kind() == Kind.INDEX || to.kind() == Kind.CONSTRAINT)
          .forEach(this::drop);
    }
  }

  private void clearTheWay(Change.Altered change) {
    clearTheWay(change, change.id());
  }

  private void clearTheWay(Change.Altered change, ObjectId moving) {
    for (Dependency dependency : before.neededBy(moving)) {
      CatalogObject dependent = before.get(dependency.from());
      if (dependent != null
          && situation.leader(dependent.id()) == null
          && dialect.disturbs(change, dependent, situation)) {
        drop(dependent.id());
      }
    }
  }

  private void follow(Dependency dependency) {
    ObjectId dependent = dependency.from();
    ObjectId needed = dependency.to();
    boolean field = dependent.kind() == Kind.COLUMN;
    if (swapped.containsKey(dependent) || (field && situation.leader(dependent) != null)) {
      return;
    }
    if (dropped.contains(dependent)
        || isReleased(dependent, needed)
        || situation.isDetached(dependent, needed)) {
      return;
    }
    if (holdsRows(dependent) && after.has(dependent)) {
      throw Problem.of(
              "PLAN_ROWS_IN_THE_WAY",
              ProblemKind.CONFLICT,
              "%s must be made anew, and %s needs it".formatted(needed, dependent))
          .withRemedy(
              "Change it in two steps: first move %s to something else, then change %s."
                  .formatted(dependent, needed))
          .exception();
    }
    drop(dependent);
  }

  /** Whether the change of the dependent itself ends its need. */
  private boolean isReleased(ObjectId dependent, ObjectId needed) {
    return altered.containsKey(dependent) && situation.isReleased(dependent, needed);
  }

  private boolean holdsRows(ObjectId id) {
    if (id.kind() == Kind.TABLE) {
      return true;
    }
    CatalogObject object = before.get(id);
    return id.kind() == Kind.COLUMN
        && object != null
        && !object.has(Attribute.GENERATED)
        && situation.isStanding(id.relation(Kind.TABLE));
  }
}
