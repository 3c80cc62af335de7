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
  private final Map<ObjectId, ObjectId> converted = new TreeMap<>();
  private final Deque<ObjectId> open = new ArrayDeque<>();
  private final Situation situation;

  Decision(Dialect dialect, Catalog before, Catalog after, PlanOptions options) {
    this.dialect = dialect;
    this.before = before;
    this.after = after;
    this.situation = new Situation(before, after, dropped, created, altered, converted, options);
  }

  Situation decide(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Added added -> created.add(added.id());
        case Change.Removed removed -> drop(removed.id());
        case Change.Altered alteration -> {
          altered.put(alteration.id(), alteration);
          open.add(alteration.id());
        }
        case Change.Renamed _ -> {}
      }
    }
    overloads(changes);
    changes.stream().map(Change::id).filter(id -> id.kind() == Kind.PARTITION).forEach(this::drop);
    while (!open.isEmpty()) {
      ObjectId id = open.remove();
      Change.Altered change = altered.get(id);
      if (change != null && dialect.mustReplace(change, situation)) {
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

  private void drop(ObjectId id) {
    if (before.has(id) && dropped.add(id)) {
      altered.remove(id);
      if (after.has(id)) {
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
    for (ObjectId column : dialect.converts(change, situation)) {
      converted.put(column, change.id());
      clearTheWay(change, column);
    }
  }

  private void clearTheWay(Change.Altered change, ObjectId moving) {
    for (Dependency dependency : before.neededBy(moving)) {
      CatalogObject dependent = before.get(dependency.from());
      if (dependent != null && dialect.disturbs(change, dependent, situation)) {
        drop(dependent.id());
      }
    }
  }

  private void follow(Dependency dependency) {
    ObjectId dependent = dependency.from();
    ObjectId needed = dependency.to();
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
