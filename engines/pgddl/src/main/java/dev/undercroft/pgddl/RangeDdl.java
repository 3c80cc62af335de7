package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;
import java.util.Optional;

/** Range types. Stateless. */
final class RangeDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject type, List<CatalogObject> inline, Situation situation) {
    return List.of(Step.of(type.id(), statement(type)));
  }

  private static String statement(CatalogObject type) {
    return "CREATE TYPE %s AS RANGE (%s)"
        .formatted(Names.of(type.id()), type.get(Attribute.DEFINITION));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return change.touches(Attribute.DEFINITION);
  }

  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    return change instanceof Change.Altered altered
            && altered.touches(Attribute.DEFINITION)
            && TypeUse.isHeld(change.id(), situation)
        ? Optional.of(change.id())
        : Optional.empty();
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return List.of();
  }
}
