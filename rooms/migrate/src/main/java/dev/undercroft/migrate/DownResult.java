package dev.undercroft.migrate;

import java.time.Duration;
import java.util.List;

/**
 * What {@code down} did. Immutable.
 *
 * @param target the database, for people
 * @param undone the migrations undone, in that order
 * @param took how long all of it took
 */
public record DownResult(String target, List<String> undone, Duration took) {

  /** Copies the list. */
  public DownResult {
    undone = List.copyOf(undone);
  }
}
