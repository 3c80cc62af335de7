package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that one plan does. SQLite reads all views and triggers whenever a table is altered,
 * so those that speak of a table that is renamed, made anew, dropped or loses a column step aside.
 */
final class Work {

  private final Catalog now;
  private final Catalog after;
  private final Map<ObjectId, Change> changes = new LinkedHashMap<>();
  private final Map<String, TableChange> altered = new LinkedHashMap<>();
  private final Set<String> dropped = new TreeSet<>();
  private final Set<String> made = new TreeSet<>();
  private final Set<ObjectId> aside = new HashSet<>();

  /**
   * Decides.
   *
   * @param now what there is once things have their new names
   * @param after what is wanted
   * @param changes what differs between the two
   */
  Work(Catalog now, Catalog after, List<Change> changes, Renaming renaming) {
    this.now = now;
    this.after = after;
    changes.forEach(change -> this.changes.put(change.id(), change));
    for (String name : touched(changes)) {
      decide(name);
    }
    standAside(renaming);
  }

  /** The tables that differ in themselves or in what is theirs. */
  private static Set<String> touched(List<Change> changes) {
    Set<String> names = new TreeSet<>();
    for (Change change : changes) {
      switch (change.id().kind()) {
        case TABLE -> names.add(change.id().name());
        case COLUMN, DEFAULT, CONSTRAINT -> names.add(change.id().parent());
        default -> {
          // Indexes, views and triggers are made by statements of their own.
        }
      }
    }
    return names;
  }

  private void decide(String name) {
    boolean was = now.has(Contents.table(name));
    boolean is = after.has(Contents.table(name));
    if (was && is) {
      Shape from = Shape.find(now, name).orElseThrow();
      Shape to = Shape.find(after, name).orElseThrow();
      if (from.isVirtual() == to.isVirtual()) {
        altered.put(name, TableChange.of(from, to, changes));
        return;
      }
    }
    if (was) {
      dropped.add(name);
    }
    if (is) {
      made.add(name);
    }
  }

  private void standAside(Renaming renaming) {
    Set<ObjectId> moving = new HashSet<>();
    renaming.tables().forEach(name -> moving.add(Contents.table(name)));
    dropped.forEach(name -> moving.add(Contents.table(name)));
    altered.forEach((name, change) -> {
      if (change.disturbs()) {
        moving.add(Contents.table(name));
      }
    });
    for (Kind kind : List.of(Kind.VIEW, Kind.TRIGGER)) {
      for (CatalogObject object : now.ofKind(kind)) {
        if (changes.get(object.id()) instanceof Change.Removed
            || changes.get(object.id()) instanceof Change.Altered) {
          aside.add(object.id());
        }
      }
    }
    boolean more = !moving.isEmpty();
    if (more) {
      moving.addAll(aside);
    }
    while (more) {
      more = false;
      for (Kind kind : List.of(Kind.VIEW, Kind.TRIGGER)) {
        for (CatalogObject object : now.ofKind(kind)) {
          boolean speaks =
              now.needs(object.id()).stream().map(Dependency::to).anyMatch(moving::contains);
          if (speaks && moving.add(object.id())) {
            aside.add(object.id());
            more = true;
          }
        }
      }
    }
  }

  boolean needsKeysOff() {
    return !dropped.isEmpty() || altered.values().stream().anyMatch(TableChange::needsKeysOff);
  }

  /** Takes out of the way what goes, or must not be there while tables change. */
  List<Step> clearing() {
    List<Step> steps = new ArrayList<>();
    for (CatalogObject trigger : now.ofKind(Kind.TRIGGER)) {
      if (aside.contains(trigger.id())) {
        Step step = Step.of(trigger.id(), "DROP TRIGGER " + Shape.quoted(trigger));
        steps.add(
            comesBack(trigger.id())
                ? step
                : step.warning(
                    Hazard.LESS_PROTECTED, "%s no longer runs.".formatted(trigger.id())));
      }
    }
    for (CatalogObject view : now.ofKind(Kind.VIEW)) {
      if (aside.contains(view.id())) {
        Step step = Step.of(view.id(), "DROP VIEW " + Shape.quoted(view));
        steps.add(
            after.has(view.id())
                ? step
                : step.warning(
                    Hazard.BREAKS_CLIENTS, "Queries that name %s fail.".formatted(view.id())));
      }
    }
    for (CatalogObject index : now.ofKind(Kind.INDEX)) {
      String table = ObjectId.at(Kind.TABLE, index.get(Attribute.TABLE)).name();
      if (goes(index.id()) && !dropped.contains(table) && !isRebuilt(table)) {
        steps.add(dropIndex(index));
      }
    }
    for (String name : dropped) {
      steps.add(drop(name));
    }
    return steps;
  }

  private boolean comesBack(ObjectId trigger) {
    return after.ofKind(Kind.TRIGGER).stream()
        .anyMatch(object -> object.id().name().equals(trigger.name()));
  }

  private boolean goes(ObjectId id) {
    Change change = changes.get(id);
    return change instanceof Change.Removed || change instanceof Change.Altered;
  }

  private boolean isRebuilt(String table) {
    TableChange change = altered.get(table);
    return change != null && change.isRebuild();
  }

  private Step dropIndex(CatalogObject index) {
    Step step = Step.of(index.id(), "DROP INDEX " + Shape.quoted(index)).locking(Lock.EXCLUSIVE);
    return after.has(index.id())
        ? step
        : step.warning(
            Hazard.INDEX_DROPPED, "Queries that used %s become slow.".formatted(index.id()));
  }

  private Step drop(String name) {
    CatalogObject table = Objects.requireNonNull(now.get(Contents.table(name)));
    return Step.of(table.id(), "DROP TABLE " + Shape.quoted(table))
        .locking(Lock.EXCLUSIVE)
        .warning(Risks.lostRows(Shape.of(now, table)));
  }

  /** Changes tables, and makes new ones. */
  List<Step> tables() {
    List<Step> steps = new ArrayList<>();
    altered.values().forEach(change -> steps.addAll(change.steps()));
    for (boolean virtual : new boolean[] {false, true}) {
      for (String name : made) {
        Shape shape = Shape.find(after, name).orElseThrow();
        if (shape.isVirtual() == virtual) {
          steps.add(Step.of(shape.table().id(), shape.table().get(Attribute.WRITTEN)));
          if (VirtualTable.isMirror(shape)) {
            steps.add(VirtualTable.refill(shape));
          }
        }
      }
    }
    return steps;
  }

  /** Makes indexes, views and triggers, those too that stood aside. */
  List<Step> restoring() {
    List<Step> steps = new ArrayList<>();
    for (CatalogObject index : after.ofKind(Kind.INDEX)) {
      String table = ObjectId.at(Kind.TABLE, index.get(Attribute.TABLE)).name();
      if (changes.containsKey(index.id()) || isRebuilt(table) || made.contains(table)) {
        steps.add(createIndex(index, table));
      }
    }
    for (CatalogObject view : inOrder(after.ofKind(Kind.VIEW))) {
      if (changes.containsKey(view.id()) || aside.contains(view.id())) {
        steps.add(Step.of(view.id(), view.get(Attribute.WRITTEN)));
      }
    }
    for (CatalogObject trigger : after.ofKind(Kind.TRIGGER)) {
      boolean gone =
          dropped.contains(trigger.id().parent())
              || isRebuilt(trigger.id().parent())
              || aside.contains(trigger.id().relation(Kind.VIEW));
      if (changes.containsKey(trigger.id()) || aside.contains(trigger.id()) || gone) {
        steps.add(Step.of(trigger.id(), trigger.get(Attribute.WRITTEN)));
      }
    }
    return steps;
  }

  private Step createIndex(CatalogObject index, String table) {
    Step step = Step.of(index.id(), index.get(Attribute.WRITTEN));
    return now.has(Contents.table(table)) && !made.contains(table)
        ? Risks.index(
            step,
            index,
            Shape.find(now, table).orElseThrow(),
            Shape.find(after, table).orElseThrow())
        : step;
  }

  /** Views after those they speak of, for whoever reads. */
  private List<CatalogObject> inOrder(List<CatalogObject> views) {
    List<CatalogObject> order = new ArrayList<>();
    Set<ObjectId> seen = new HashSet<>();
    views.forEach(view -> visit(view, seen, order));
    return order;
  }

  private void visit(CatalogObject view, Set<ObjectId> seen, List<CatalogObject> order) {
    if (seen.add(view.id())) {
      for (Dependency need : after.needs(view.id())) {
        CatalogObject other = after.get(need.to());
        if (other != null && other.id().kind() == Kind.VIEW) {
          visit(other, seen, order);
        }
      }
      order.add(view);
    }
  }
}
