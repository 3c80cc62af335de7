package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what needs no statement of its own: columns come with their table, and go with it, and so
 * do indexes, constraints and whatever else the server drops silently. Immutable once made.
 */
final class Absorption {

  private final Situation situation;
  private final Map<ObjectId, ObjectId> drops = new HashMap<>();
  private final Map<ObjectId, ObjectId> creates = new HashMap<>();

  Absorption(Situation situation) {
    this.situation = situation;
    situation.dropped().forEach(id -> dropsWith(id).ifPresent(other -> drops.put(id, other)));
    breakCircles();
    situation.created().forEach(id -> comesWith(id).ifPresent(other -> creates.put(id, other)));
  }

  /** What needs something that goes and that itself needs what this one belongs to, goes first. */
  private void breakCircles() {
    Circles<ObjectId> circles = new Circles<>();
    for (ObjectId id : situation.dropped()) {
      for (Dependency need : situation.before().needs(id)) {
        if (situation.dropped().contains(need.to())) {
          circles.edge(dropOf(id), dropOf(need.to()));
        }
      }
    }
    Set<ObjectId> core = circles.core();
    if (core.isEmpty()) {
      return;
    }
    List<ObjectId> apart =
        drops.keySet().stream().filter(id -> maySplit(id) && isBetween(id, core)).toList();
    apart.forEach(drops::remove);
  }

  private static boolean maySplit(ObjectId id) {
    return switch (id.kind()) {
      case PARTITION, SEQUENCE, SEQUENCE_OWNERSHIP, INDEX -> false;
      default -> true;
    };
  }

  private boolean isBetween(ObjectId id, Set<ObjectId> core) {
    ObjectId home = dropOf(id);
    return core.contains(home)
        && situation.before().needs(id).stream()
            .map(Dependency::to)
            .filter(situation.dropped()::contains)
            .map(this::dropOf)
            .anyMatch(needed -> !needed.equals(home) && core.contains(needed));
  }

  /** The object whose drop drops this one too; itself when it needs its own. */
  ObjectId dropOf(ObjectId id) {
    return last(drops, id);
  }

  /** The object whose creation creates this one too; itself when it needs its own. */
  ObjectId createOf(ObjectId id) {
    return last(creates, id);
  }

  private static ObjectId last(Map<ObjectId, ObjectId> into, ObjectId id) {
    ObjectId now = id;
    for (ObjectId next = into.get(now); next != null; next = into.get(now)) {
      now = next;
    }
    return now;
  }

  private Optional<ObjectId> comesWith(ObjectId id) {
    if (id.kind() == Kind.COLUMN) {
      return List.of(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.COMPOSITE).stream()
          .map(kind -> ObjectId.of(kind, id.schema(), id.parent()))
          .filter(situation.created()::contains)
          .findFirst();
    }
    ObjectId column = id.as(Kind.COLUMN);
    boolean newColumn =
        id.kind() == Kind.DEFAULT
            && situation.created().contains(column)
            && comesWith(column).isEmpty()
            && !situation.after().find(column).map(c -> c.has(Attribute.INHERITED)).orElse(true);
    return newColumn ? Optional.of(column) : Optional.empty();
  }

  private Optional<ObjectId> dropsWith(ObjectId id) {
    return switch (id.kind()) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, FUNCTION -> Optional.empty();
      case PARTITION ->
          situation.isReferenced(id)
              ? Optional.empty()
              : ifDropped(id.as(Kind.TABLE)).or(() -> ifDropped(id.as(Kind.FOREIGN_TABLE)));
      case SEQUENCE_OWNERSHIP -> ifDropped(id.as(Kind.SEQUENCE));
      case SEQUENCE -> ownedColumn(id);
      case CONSTRAINT -> isForeignToDropped(id) ? Optional.empty() : automatic(id);
      default -> automatic(id);
    };
  }

  private Optional<ObjectId> ifDropped(ObjectId id) {
    return situation.dropped().contains(id) ? Optional.of(id) : Optional.empty();
  }

  private Optional<ObjectId> automatic(ObjectId id) {
    return situation.before().needs(id).stream()
        .filter(Dependency::automatic)
        .map(Dependency::to)
        .filter(situation.dropped()::contains)
        .filter(needed -> !situation.isDetached(id, needed))
        .min((one, other) -> one.compareTo(other));
  }

  private Optional<ObjectId> ownedColumn(ObjectId sequence) {
    return situation.before().needs(sequence.as(Kind.SEQUENCE_OWNERSHIP)).stream()
        .map(Dependency::to)
        .filter(id -> id.kind() == Kind.COLUMN)
        .filter(situation.dropped()::contains)
        .findFirst();
  }

  /** A foreign key between two tables that both go: it goes first, so that neither blocks. */
  private boolean isForeignToDropped(ObjectId id) {
    CatalogObject constraint = situation.before().get(id);
    return constraint != null
        && constraint.is(Attribute.CONSTRAINT_TYPE, "f")
        && situation.before().needs(id).stream()
            .filter(need -> !need.automatic())
            .anyMatch(need -> situation.dropped().contains(need.to()));
  }
}
