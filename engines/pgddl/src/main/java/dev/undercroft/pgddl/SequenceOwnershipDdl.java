package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;

/** The tie of a sequence to its column. Stateless. */
final class SequenceOwnershipDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject tie, List<CatalogObject> inline, Situation situation) {
    return List.of(owned(tie, Names.at(tie.get(Attribute.OWNED_BY))));
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
