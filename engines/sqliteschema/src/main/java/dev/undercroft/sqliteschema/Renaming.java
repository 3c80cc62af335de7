package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Step;
import dev.undercroft.schema.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tables and columns that get another name, and the catalog as it is after that. What SQLite then
 * writes into definitions it says itself: they are loaded into a database in memory and renamed
 * there. Views and triggers that speak of them are made anew, so their texts stay. Immutable.
 *
 * @param renames what is renamed
 * @param catalog the catalog after the renaming
 * @param steps the statements
 */
record Renaming(Renames renames, Catalog catalog, List<Step> steps) {

  private static final Set<Kind> REACHED = Set.of(Kind.TABLE, Kind.COLUMN);

  Renaming {
    steps = List.copyOf(steps);
  }

  static Renaming of(Renames wanted, Catalog before, Catalog after) {
    Map<ObjectId, ObjectId> names = new HashMap<>();
    wanted
        .within(before, after)
        .names()
        .forEach((from, to) -> {
          if (REACHED.contains(from.kind())) {
            names.put(from, to);
          }
        });
    Renames renames = new Renames(names);
    if (names.isEmpty()) {
      return new Renaming(renames, before, List.of());
    }
    List<Step> steps = new ArrayList<>();
    for (Change.Renamed one : renames.changes()) {
      steps.add(step(one, renames, before, after));
    }
    return new Renaming(renames, renamed(before, renames, steps), steps);
  }

  private static Step step(Change.Renamed one, Renames renames, Catalog before, Catalog after) {
    CatalogObject old = Objects.requireNonNull(before.get(one.from()));
    CatalogObject now = Objects.requireNonNull(after.get(one.to()));
    String sql;
    if (one.to().kind() == Kind.TABLE) {
      sql = "ALTER TABLE %s RENAME TO %s".formatted(Shape.quoted(old), Shape.quoted(now));
    } else {
      ObjectId table = one.from().relation(Kind.TABLE);
      CatalogObject in =
          renames.names().containsKey(table)
              ? Objects.requireNonNull(after.get(renames.renamed(table)))
              : Objects.requireNonNull(before.get(table));
      sql =
          "ALTER TABLE %s RENAME COLUMN %s TO %s"
              .formatted(Shape.quoted(in), Shape.quoted(old), Shape.quoted(now));
    }
    return Step.of(one.to(), sql)
        .locking(Lock.EXCLUSIVE)
        .warning(Hazard.BREAKS_CLIENTS, "Programs that still say %s fail.".formatted(one.from()));
  }

  private static Catalog renamed(Catalog before, Renames renames, List<Step> steps) {
    try (Connection memory = Memory.open();
        Statement statement = memory.createStatement()) {
      for (Kind kind : List.of(Kind.TABLE, Kind.INDEX)) {
        for (CatalogObject object : before.ofKind(kind)) {
          statement.execute(object.get(Attribute.WRITTEN));
        }
      }
      for (Step step : steps) {
        statement.execute(step.sql());
      }
      return withTheRest(new SqliteIntrospector().read(memory, Scope.ALL), before, renames);
    } catch (SQLException e) {
      throw Guest.refused("the renaming cannot be tried", e);
    }
  }

  private static Catalog withTheRest(Catalog renamed, Catalog before, Renames renames) {
    List<CatalogObject> objects = new ArrayList<>(renamed.objects());
    Set<ObjectId> there = new HashSet<>();
    for (Kind kind : List.of(Kind.VIEW, Kind.TRIGGER)) {
      for (CatalogObject object : before.ofKind(kind)) {
        ObjectId id = renames.renamed(object.id());
        objects.add(new CatalogObject(id, object.values()));
        there.add(id);
      }
    }
    List<Dependency> needs = new ArrayList<>(renamed.dependencies());
    for (Dependency need : before.dependencies()) {
      ObjectId from = renames.renamed(need.from());
      if (there.contains(from)) {
        needs.add(new Dependency(from, renames.renamed(need.to()), need.automatic()));
      }
    }
    return new Catalog(renamed.server(), objects, needs, renamed.unmodelled());
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  List<Change.Renamed> changes() {
    return renames.changes();
  }

  /** The tables that are renamed or hold a column that is, by the names they have afterwards. */
  Set<String> tables() {
    Set<String> tables = new HashSet<>();
    renames
        .names()
        .forEach((from, to) -> tables.add(to.kind() == Kind.TABLE ? to.name() : to.parent()));
    return tables;
  }
}
