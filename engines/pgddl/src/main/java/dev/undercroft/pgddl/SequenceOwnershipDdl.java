package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;
import java.util.Set;

/** The tie of a sequence to its column. Stateless. */
final class SequenceOwnershipDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject tie, List<CatalogObject> inline, Situation situation) {
    Step owned = owned(tie, Names.at(tie.get(Attribute.OWNED_BY)));
    ObjectId column = column(tie);
    boolean fresh = situation.created().contains(tie.id().as(Kind.SEQUENCE));
    return fresh && situation.isStanding(column) && counts(tie, column, situation)
        ? List.of(owned, beyondRows(tie, column))
        : List.of(owned);
  }

  private static ObjectId column(CatalogObject tie) {
    List<String> parts = List.of(tie.get(Attribute.OWNED_BY).split("\t", -1));
    return ObjectId.in(Kind.COLUMN, parts.get(0), parts.get(1), parts.get(2));
  }

  /** Whether the numbers of the rows that there are come from such a sequence. */
  private static boolean counts(CatalogObject tie, ObjectId column, Situation situation) {
    String type = situation.before().find(column).orElseThrow().get(Attribute.TYPE);
    boolean upwards =
        situation
            .after()
            .find(tie.id().as(Kind.SEQUENCE))
            .map(sequence -> !sequence.get(Attribute.INCREMENT).startsWith("-"))
            .orElse(false);
    return upwards && Set.of("smallint", "integer", "bigint").contains(type);
  }

  /** A new sequence goes on behind the rows that there are. */
  private static Step beyondRows(CatalogObject tie, ObjectId column) {
    String name = Names.quoted(column.name());
    return Step.of(
        tie.id(),
        "SELECT setval(%s, max(%s)) FROM %s HAVING max(%s) > 0"
            .formatted(Names.literal(Names.of(tie.id())), name, Names.parent(column), name));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return create(change.after(), List.of(), situation);
  }

  @Override
  public List<Step> drop(CatalogObject tie, Situation situation) {
    return List.of(owned(tie, "NONE"));
  }

  private static Step owned(CatalogObject tie, String by) {
    return Step.of(tie.id(), "ALTER SEQUENCE %s OWNED BY %s".formatted(Names.of(tie.id()), by));
  }
}
