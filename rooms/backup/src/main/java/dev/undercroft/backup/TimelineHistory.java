package dev.undercroft.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From where a timeline comes, as its history file says: one line for each ancestor with the
 * position where it was left (PostgreSQL documentation, "Timelines"). Immutable.
 *
 * @param timeline the timeline itself
 * @param ancestors the oldest first
 */
public record TimelineHistory(int timeline, List<Ancestor> ancestors) {

  /** Copies the ancestors. */
  public TimelineHistory {
    ancestors = List.copyOf(ancestors);
  }

  /**
   * A timeline that was left.
   *
   * @param timeline its number
   * @param end where it was left
   */
  public record Ancestor(int timeline, Lsn end) {}

  /** A timeline that comes from nowhere: the first one. */
  public static TimelineHistory first() {
    return new TimelineHistory(1, List.of());
  }

  /** Reads a history file; lines of another form are remarks. */
  public static TimelineHistory parse(int timeline, byte[] file) {
    List<Ancestor> ancestors = new ArrayList<>();
    new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+\\s+[0-9A-Fa-f]+/[0-9A-Fa-f]+.*"))
        .map(line -> line.split("\\s+", 3))
        .forEach(
            words -> ancestors.add(new Ancestor(Integer.parseInt(words[0]), Lsn.parse(words[1]))));
    return new TimelineHistory(timeline, ancestors);
  }

  /** The timeline before this one. */
  public Optional<Ancestor> parent() {
    return ancestors.isEmpty() ? Optional.empty() : Optional.of(ancestors.getLast());
  }

  /** Which timeline holds a position, seen from this one. */
  public int timelineAt(Lsn position) {
    for (Ancestor ancestor : ancestors) {
      if (position.isBefore(ancestor.end())) {
        return ancestor.timeline();
      }
    }
    return timeline;
  }

  /** Whether this timeline, or an ancestor not yet left at a position, is the one named. */
  public boolean descendsFrom(int other, Lsn position) {
    return timelineAt(position) == other;
  }
}
