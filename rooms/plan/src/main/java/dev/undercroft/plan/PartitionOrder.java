package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Node.Phase;
import java.util.ArrayList;
import java.util.List;

/** When partitions come off and on, beside what else happens to them and their wholes. */
final class PartitionOrder {

  private final Situation situation;
  private final Ordering order;

  PartitionOrder(Situation situation, Ordering order) {
    this.situation = situation;
    this.order = order;
  }

  void add() {
    situation.created().forEach(this::partitions);
    situation.dropped().stream().filter(id -> id.kind() == Kind.PARTITION).forEach(this::detached);
  }

  /** The table or foreign table that is a part. */
  private ObjectId part(ObjectId tie) {
    ObjectId foreign = tie.as(Kind.FOREIGN_TABLE);
    return situation.before().has(foreign) || situation.after().has(foreign)
        ? foreign
        : tie.as(Kind.TABLE);
  }

  /** Bounds that are left may be those that another part takes. */
  private void bounds(ObjectId tie, String place) {
    for (ObjectId other : situation.dropped()) {
      if (other.kind() == Kind.PARTITION
          && situation.before().find(other).orElseThrow().is(Attribute.PARTITION_OF, place)) {
        order.first(order.dropping(other), order.creating(tie));
      }
    }
  }

  /**
   * A partition is complete before it is attached, and so are the indexes of the whole: the server
   * then finds for each of them the one of the part.
   */
  private void partitions(ObjectId id) {
    String place = situation.after().find(id).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
    if (id.kind() != Kind.PARTITION || place.isEmpty()) {
      return;
    }
    bounds(id, place);
    ObjectId whole = ObjectId.at(Kind.TABLE, place);
    order.preferably(whole, part(id));
    List<ObjectId> indexes = new ArrayList<>();
    List<ObjectId> rivals = Rivals.of(id, situation);
    for (ObjectId part : situation.parts(part(id))) {
      if (rivals.contains(part)) {
        order.first(order.dropping(part), order.creating(id));
        order.first(order.creating(id), order.creating(part));
        continue;
      }
      order.first(order.creatingOrItself(part), order.creating(id));
      order.first(new Node(Phase.ALTER, part), order.creating(id));
      if (part.kind() == Kind.INDEX || part.kind() == Kind.CONSTRAINT) {
        indexes.add(part);
      }
    }
    alike(indexes);
    for (Kind kind : List.of(Kind.COLUMN, Kind.CONSTRAINT, Kind.TRIGGER)) {
      for (CatalogObject part : situation.before().children(part(id), kind)) {
        order.first(order.dropping(part.id()), order.creating(id));
      }
    }
    for (ObjectId part : situation.parts(whole)) {
      order.first(order.creatingOrItself(part), order.creating(id));
      if (part.kind() == Kind.COLUMN) {
        order.first(new Node(Phase.ALTER, part), order.creating(id));
      }
    }
    for (CatalogObject column : situation.before().children(whole, Kind.COLUMN)) {
      order.first(order.dropping(column.id()), order.creating(id));
    }
  }

  /** An index of the whole is only valid when it has those of all partitions that there are. */
  private void withoutPart(ObjectId tie, ObjectId whole) {
    for (ObjectId part : situation.parts(whole)) {
      if (part.kind() == Kind.INDEX || part.kind() == Kind.CONSTRAINT) {
        order.first(order.dropping(tie), order.creatingOrItself(part));
      }
    }
  }

  /** Of two indexes that are alike, the server ties the older one to that of the whole. */
  private void alike(List<ObjectId> indexes) {
    for (ObjectId one : indexes) {
      for (ObjectId other : indexes) {
        if (isTied(one) && !isTied(other)) {
          order.preferably(one, other);
        }
      }
    }
  }

  private boolean isTied(ObjectId index) {
    return situation.after().find(index).map(i -> i.has(Attribute.PARTITION_OF)).orElse(false);
  }

  /**
   * What was a part changes its columns on its own once it stands alone, and keeps its indexes when
   * those of the whole go afterwards.
   */
  private void detached(ObjectId tie) {
    if (!situation.isStanding(part(tie))) {
      situation
          .before()
          .find(tie)
          .map(t -> ObjectId.at(Kind.TABLE, t.get(Attribute.PARTITION_OF)))
          .ifPresent(whole -> withoutPart(tie, whole));
      return;
    }
    for (ObjectId part : Situation.parts(part(tie), situation.before())) {
      order.first(order.dropping(tie), new Node(Phase.ALTER, part));
      order.first(order.dropping(tie), order.dropping(part));
    }
    for (ObjectId part : situation.parts(part(tie))) {
      order.first(order.dropping(tie), order.creatingOrItself(part));
    }
    for (CatalogObject part : situation.after().children(part(tie), Kind.TRIGGER)) {
      order.first(order.dropping(tie), order.creatingOrItself(part.id()));
    }
    String place = situation.before().find(tie).map(t -> t.get(Attribute.PARTITION_OF)).orElse("");
    if (!place.isEmpty()) {
      for (ObjectId part : Situation.parts(ObjectId.at(Kind.TABLE, place), situation.before())) {
        order.first(order.dropping(tie), order.dropping(part));
        if (part.kind() == Kind.COLUMN) {
          order.first(order.dropping(tie), new Node(Phase.ALTER, part));
        }
      }
      ObjectId whole = ObjectId.at(Kind.TABLE, place);
      for (ObjectId part : situation.parts(whole)) {
        order.first(order.dropping(tie), order.creatingOrItself(part));
      }
    }
  }
}
