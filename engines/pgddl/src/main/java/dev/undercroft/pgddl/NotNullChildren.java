package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a not-null constraint of a parent table does to that of its children: dropped, it takes
 * theirs along; added, it is merged with theirs, which then has its own name for good. Stateless.
 */
final class NotNullChildren {

  private NotNullChildren() {}

  /** Columns of children that stay not null although the parent's column no longer is. */
  static List<CatalogObject> restored(ObjectId column, Situation situation) {
    List<CatalogObject> found = new ArrayList<>();
    boolean since18 = situation.after().server().since(18);
    for (ObjectId child : children(column, situation)) {
      CatalogObject before = situation.before().get(child);
      CatalogObject after = situation.after().get(child);
      if (before != null
          && after != null
          && before.has(Attribute.NOT_NULL)
          && after.has(Attribute.NOT_NULL)
          && !(since18 && before.has(Attribute.NOT_NULL_LOCAL))) {
        found.add(after);
      }
      found.addAll(restored(child, situation));
    }
    return found;
  }

  /** Constraints of children that must have another name before the parent gets its own. */
  static List<Change.Altered> renamed(ObjectId column, Situation situation) {
    List<Change.Altered> found = new ArrayList<>();
    for (ObjectId child : children(column, situation)) {
      Change.Altered change = situation.altered().get(child);
      if (change != null
          && change.touches(Attribute.NOT_NULL_NAME)
          && !change.touches(Attribute.NOT_NULL)) {
        found.add(change);
      }
      found.addAll(renamed(child, situation));
    }
    return found;
  }

  /** Whether the parent's own change has dealt with the child's constraint. */
  static boolean isFollowing(Change.Altered change, Situation situation) {
    return Inheritance.parents(change.id(), situation.before()).stream()
        .map(situation.altered()::get)
        .anyMatch(above ->
            above != null && (above.touches(Attribute.NOT_NULL) || isFollowing(above, situation)));
  }

  /** The columns of that name in the tables that are children before and afterwards. */
  private static List<ObjectId> children(ObjectId column, Situation situation) {
    TreeSet<ObjectId> kept = new TreeSet<>(children(column, situation.before()));
    kept.retainAll(children(column, situation.after()));
    kept.removeIf(child -> !situation.isStanding(child));
    return List.copyOf(kept);
  }

  private static List<ObjectId> children(ObjectId column, Catalog catalog) {
    ObjectId table = column.relation(Kind.TABLE);
    return catalog.neededBy(table).stream()
        .map(need -> need.from())
        .filter(id -> id.kind() == Kind.PARTITION || id.kind() == Kind.TABLE)
        .map(id -> ObjectId.in(Kind.COLUMN, id.schema(), id.name(), column.name()))
        .filter(catalog::has)
        .filter(id -> Inheritance.parents(id, catalog).contains(column))
        .toList();
  }
}
