package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a dialect may look at while it writes a step: both catalogs, and what happens to every
 * object. Immutable once the planner has decided.
 *
 * @param before the catalog there is, under its new names where things were renamed
 * @param after the catalog wanted
 * @param dropped what is dropped, silently or not, for good or to be made again
 * @param created what is created, for the first time or again
 * @param altered what is altered in place
 * @param swapped types that are made anew under their name while columns hold their values, each
 *     with the one of its group that stands for all: a type goes together with those made of it
 * @param converted columns whose type is swapped, and the one that stands for its group
 * @param options how the plan shall be made
 */
public record Situation(
    Catalog before,
    Catalog after,
    Set<ObjectId> dropped,
    Set<ObjectId> created,
    Map<ObjectId, Change.Altered> altered,
    Map<ObjectId, ObjectId> swapped,
    Map<ObjectId, ObjectId> converted,
    PlanOptions options) {

  /** Makes the collections unmodifiable views. */
  public Situation {
    dropped = Collections.unmodifiableSet(dropped);
    created = Collections.unmodifiableSet(created);
    altered = Collections.unmodifiableMap(altered);
    swapped = Collections.unmodifiableMap(swapped);
    converted = Collections.unmodifiableMap(converted);
  }

  /** Whether the object is there before and is not touched by a drop: its rows, if any, stay. */
  public boolean isStanding(ObjectId id) {
    return before.has(id) && !dropped.contains(id);
  }

  /** Whether an object needed another before, and does no longer. */
  public boolean isReleased(ObjectId dependent, ObjectId needed) {
    CatalogObject object = before.get(dependent);
    boolean key = needed.kind() == Kind.CONSTRAINT || needed.kind() == Kind.INDEX;
    if (key && object != null && object.is(Attribute.CONSTRAINT_TYPE, "f")) {
      // A foreign key goes by the key it was made with for as long as it lives.
      return false;
    }
    return before.needs(dependent).stream().anyMatch(need -> need.to().equals(needed))
        && after.needs(dependent).stream().noneMatch(need -> need.to().equals(needed));
  }

  /** The types that are swapped together, in the order of their ids. */
  public List<ObjectId> group(ObjectId leader) {
    return swapped.entrySet().stream()
        .filter(entry -> entry.getValue().equals(leader))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The one that stands for the group in which this type is swapped, or the type whose field or
   * check this is; null when it is not swapped.
   */
  public @Nullable ObjectId leader(ObjectId id) {
    return switch (id.kind()) {
      case COLUMN -> swapped.get(id.relation(Kind.COMPOSITE));
      case CONSTRAINT -> swapped.get(id.relation(Kind.DOMAIN));
      default -> swapped.get(id);
    };
  }

  /** Columns, defaults, constraints and indexes of a table as it shall be. */
  public List<ObjectId> parts(ObjectId table) {
    return parts(table, after);
  }

  /** The same as of a catalog. */
  public static List<ObjectId> parts(ObjectId table, Catalog catalog) {
    Set<ObjectId> parts = new TreeSet<>();
    for (Kind kind : List.of(Kind.COLUMN, Kind.DEFAULT, Kind.CONSTRAINT)) {
      catalog.children(table, kind).forEach(part -> parts.add(part.id()));
    }
    List<ObjectId> needed = new ArrayList<>(List.of(table));
    parts.stream().filter(part -> part.kind() == Kind.COLUMN).forEach(needed::add);
    for (ObjectId id : needed) {
      catalog.neededBy(id).stream()
          .map(Dependency::from)
          .filter(from -> from.kind() == Kind.INDEX)
          .forEach(parts::add);
    }
    return List.copyOf(parts);
  }

  /** Functions that are created under the name of this one. */
  public List<ObjectId> overloads(ObjectId function) {
    ObjectId first = new ObjectId(Kind.FUNCTION, function.schema(), "", function.name(), "");
    return after.from(first).stream()
        .takeWhile(id ->
            id.kind() == Kind.FUNCTION
                && id.schema().equals(function.schema())
                && id.name().equals(function.name()))
        .filter(created::contains)
        .toList();
  }

  /** Whether this index of a partition comes off that of the whole because the partition does. */
  public boolean isDetached(ObjectId index, ObjectId whole) {
    CatalogObject object = before.get(index);
    if (object == null
        || index.kind() == Kind.PARTITION
        || !whole.place().equals(object.get(Attribute.PARTITION_OF))) {
      return false;
    }
    ObjectId tie = ObjectId.at(Kind.PARTITION, object.get(Attribute.TABLE));
    return dropped.contains(tie) && isStanding(tie.as(Kind.TABLE));
  }

  /** Whether rows of the standing whole are pointed at: then its parts must be detached first. */
  public boolean isReferenced(ObjectId tie) {
    String place = before.find(tie).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
    if (place.isEmpty() || !isStanding(ObjectId.at(Kind.TABLE, place))) {
      return false;
    }
    return parts(ObjectId.at(Kind.TABLE, place), before).stream()
        .filter(part -> part.kind() == Kind.CONSTRAINT || part.kind() == Kind.INDEX)
        .flatMap(key -> before.neededBy(key).stream())
        .map(Dependency::from)
        .map(before::get)
        .anyMatch(from -> from != null && from.is(Attribute.CONSTRAINT_TYPE, "f"));
  }

  /** Whether the object goes for good. */
  public boolean isRemoved(ObjectId id) {
    return dropped.contains(id) && !created.contains(id);
  }
}
