package dev.undercroft.catalog;

/**
 * One object needs another. Immutable.
 *
 * @param from the one that needs
 * @param to the one that is needed
 * @param automatic whether dropping {@code to} silently drops {@code from} as well
 */
public record Dependency(ObjectId from, ObjectId to, boolean automatic)
    implements Comparable<Dependency> {

  @Override
  public int compareTo(Dependency other) {
    int order = from.compareTo(other.from);
    if (order == 0) {
      order = to.compareTo(other.to);
    }
    return order == 0 ? Boolean.compare(automatic, other.automatic) : order;
  }
}
