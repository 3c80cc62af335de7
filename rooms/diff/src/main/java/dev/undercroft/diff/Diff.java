package dev.undercroft.diff;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares two catalogs. Stateless. */
public final class Diff {

  private Diff() {}

  /**
   * Everything that must change so that {@code before} becomes {@code after}, in the order of the
   * ids; empty exactly when the two are equal. Nothing is taken for renamed.
   */
  public static List<Change> between(Catalog before, Catalog after) {
    List<Change> changes = new ArrayList<>();
    for (CatalogObject old : before.objects()) {
      CatalogObject now = after.get(old.id());
      if (now == null) {
        changes.add(new Change.Removed(old));
        continue;
      }
      Set<Attribute> different = old.differences(now);
      if (!different.isEmpty()) {
        changes.add(new Change.Altered(old, now, different));
      }
    }
    for (CatalogObject now : after.objects()) {
      if (!before.has(now.id())) {
        changes.add(new Change.Added(now));
      }
    }
    return changes;
  }
}
