package dev.undercroft.plan;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * What a dialect may look at while it writes a step: both catalogs, and what happens to every
 * object. Immutable once the planner has decided.
 *
 * @param before the catalog there is, under its new names where things were renamed
 * @param after the catalog wanted
 * @param dropped what is dropped, silently or not, for good or to be made again
 * @param created what is created, for the first time or again
 * @param altered what is altered in place
 * @param converted columns that keep their type's name while the type is swapped for a new one, and
 *     that type
 * @param options how the plan shall be made
 */
public record Situation(
    Catalog before,
    Catalog after,
    Set<ObjectId> dropped,
    Set<ObjectId> created,
    Map<ObjectId, Change.Altered> altered,
    Map<ObjectId, ObjectId> converted,
    PlanOptions options) {

  /** Makes the collections unmodifiable views. */
  public Situation {
    dropped = Collections.unmodifiableSet(dropped);
    created = Collections.unmodifiableSet(created);
    altered = Collections.unmodifiableMap(altered);
    converted = Collections.unmodifiableMap(converted);
  }

  /** Whether the object is there before and is not touched by a drop: its rows, if any, stay. */
  public boolean isStanding(ObjectId id) {
    return before.has(id) && !dropped.contains(id);
  }

  /** Whether an object needed another before, and does no longer. */
  public boolean isReleased(ObjectId dependent, ObjectId needed) {
    return before.needs(dependent).stream().anyMatch(need -> need.to().equals(needed))
        && after.needs(dependent).stream().noneMatch(need -> need.to().equals(needed));
  }

  /** Whether the object goes for good. */
  public boolean isRemoved(ObjectId id) {
    return dropped.contains(id) && !created.contains(id);
  }
}
