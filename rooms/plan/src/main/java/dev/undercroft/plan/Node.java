package dev.undercroft.plan;

import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.Comparator;
import java.util.Locale;

/**
 * One thing to do, before it is written as steps. Ordered by when it is best done if nothing else
 * says so: new things first, old things last. Immutable.
 */
record Node(Phase phase, ObjectId id) implements Comparable<Node> {

  enum Phase {
    ALTER,
    CREATE,
    DROP
  }

  private static final Comparator<Node> ORDER =
      Comparator.comparing(Node::isDrop)
          .thenComparing((one, other) -> compareKinds(one, other))
          .thenComparing(Node::phase)
          .thenComparing(Node::id);

  private boolean isDrop() {
    return phase == Phase.DROP;
  }

  private static int compareKinds(Node one, Node other) {
    if (one.isDrop()) {
      return other.id.kind().compareTo(one.id.kind());
    }
    int order = one.rank().compareTo(other.rank());
    return order == 0 ? one.id.kind().compareTo(other.id.kind()) : order;
  }

  /** Functions come as early as may be: what is made later may call them at once. */
  private Kind rank() {
    return id.kind() == Kind.FUNCTION ? Kind.SEQUENCE : id.kind();
  }

  @Override
  public int compareTo(Node other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return phase.name().toLowerCase(Locale.ROOT) + ' ' + id;
  }
}
