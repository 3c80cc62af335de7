package dev.undercroft.migrate;

import java.util.List;

/**
 * What {@code reset} will drop. Immutable.
 *
 * @param target the database, for people
 * @param database the name of the database, which a consent must repeat
 * @param marker what the database says of itself
 * @param objects the objects that will be dropped, for people, for example {@code table
 *     public.message}
 */
public record ResetPlan(
    String target, String database, DatabaseMarker marker, List<String> objects) {

  /** Copies the list. */
  public ResetPlan {
    objects = List.copyOf(objects);
  }
}
