package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;

/** The tie of a partition to its whole. Stateless. */
final class PartitionDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject tie, List<CatalogObject> inline, Situation situation) {
    Step step =
        alter(
            tie,
            "ATTACH PARTITION %s %s"
                .formatted(Names.of(tie.id()), tie.get(Attribute.PARTITION_BOUND)));
    boolean standing = situation.isStanding(tie.id().as(Kind.TABLE));
    return List.of(
        standing
            ? step.locking(Lock.ACCESS_EXCLUSIVE)
                .working(Work.SCAN)
                .warning(
                    Hazard.MAY_FAIL,
                    "This fails if a row of %s is outside the bounds.".formatted(tie.id()))
            : refersToOthers(tie, situation) ? step.locking(Lock.SHARE_ROW_EXCLUSIVE) : step);
  }

  /** Foreign keys that the whole has, or that point at it, come with locks on the other tables. */
  private static boolean refersToOthers(CatalogObject tie, Situation situation) {
    ObjectId whole = ObjectId.at(Kind.TABLE, tie.get(Attribute.PARTITION_OF));
    List<CatalogObject> own = situation.after().children(tie.id().as(Kind.TABLE), Kind.CONSTRAINT);
    return own.stream().anyMatch(part -> part.is(Attribute.CONSTRAINT_TYPE, "f"))
        || situation.parts(whole).stream()
            .flatMap(key -> situation.after().neededBy(key).stream())
            .map(need -> situation.after().get(need.from()))
            .anyMatch(from -> from != null && from.is(Attribute.CONSTRAINT_TYPE, "f"));
  }

  private static Step alter(CatalogObject tie, String clause) {
    return Step.of(
            tie.id(),
            "ALTER TABLE %s %s".formatted(Names.at(tie.get(Attribute.PARTITION_OF)), clause))
        .locking(Lock.SHARE_UPDATE_EXCLUSIVE);
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return true;
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return List.of();
  }

  @Override
  public List<Step> drop(CatalogObject tie, Situation situation) {
    List<Step> steps = new ArrayList<>();
    Step detach =
        alter(tie, "DETACH PARTITION " + Names.of(tie.id())).locking(Lock.ACCESS_EXCLUSIVE);
    steps.add(
        situation.isReferenced(tie.id())
            ? detach
                .working(Work.SCAN)
                .warning(
                    Hazard.MAY_FAIL, "This fails if rows of %s are referenced.".formatted(tie.id()))
                .warning(
                    Hazard.TABLE_SCAN,
                    "Rows that point at %s are looked for while others wait.".formatted(tie.id()))
            : detach);
    ObjectId table = tie.id().as(Kind.TABLE);
    if (situation.isStanding(table) && !situation.created().contains(tie.id())) {
      situation
          .before()
          .children(table, Kind.COLUMN)
          .forEach(column -> ownName(column, situation, steps));
    }
    return steps;
  }

  /** What came from the whole was called as there; now it gets the name it shall have. */
  private static void ownName(CatalogObject column, Situation situation, List<Step> steps) {
    CatalogObject after = situation.after().get(column.id());
    String name = column.get(Attribute.NOT_NULL_INHERITED_NAME);
    if (after != null && after.has(Attribute.NOT_NULL) && !name.isEmpty()) {
      String own = NotNull.name(after);
      if (!own.equals(Names.quoted(name))) {
        steps.add(
            ColumnDdl.alterTable(
                after, "RENAME CONSTRAINT %s TO %s".formatted(Names.quoted(name), own)));
      }
    }
  }
}
