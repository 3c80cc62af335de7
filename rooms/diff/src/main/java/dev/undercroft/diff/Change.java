package dev.undercroft.diff;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import java.util.Set;

/** One difference between two catalogs. Immutable. */
public sealed interface Change {

  /** The object as it is called afterwards; for a removed one, as it was called. */
  ObjectId id();

  /**
   * An object that was not there before.
   *
   * @param object the new object
   */
  record Added(CatalogObject object) implements Change {
    @Override
    public ObjectId id() {
      return object.id();
    }
  }

  /**
   * An object that is there no longer.
   *
   * @param object the old object
   */
  record Removed(CatalogObject object) implements Change {
    @Override
    public ObjectId id() {
      return object.id();
    }
  }

  /**
   * An object that is there before and after, and differs.
   *
   * @param before the old object
   * @param after the new object, of the same id
   * @param attributes what differs, not empty
   */
  record Altered(CatalogObject before, CatalogObject after, Set<Attribute> attributes)
      implements Change {
    /** Copies the set. */
    public Altered {
      attributes = Set.copyOf(attributes);
    }

    /** Whether this attribute differs. */
    public boolean touches(Attribute attribute) {
      return attributes.contains(attribute);
    }

    @Override
    public ObjectId id() {
      return after.id();
    }
  }

  /**
   * An object that was given another name, on instruction. Other changes to it stand on their own
   * and speak of it by its new name.
   *
   * @param from its old id
   * @param to its new id
   */
  record Renamed(ObjectId from, ObjectId to) implements Change {
    @Override
    public ObjectId id() {
      return to;
    }
  }
}
