package dev.undercroft.pgddl;

import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * How objects of one kind are made, altered and dropped. Owner, privileges and comment are not its
 * affair: {@link Extras} adds them.
 */
interface Ddl {

  List<Step> create(CatalogObject object, List<CatalogObject> inline, Situation situation);

  List<Step> alter(Change.Altered change, Situation situation);

  default List<Step> drop(CatalogObject object, Situation situation) {
    return List.of(Step.of(object.id(), "DROP " + Phrases.of(object)));
  }

  default boolean mustReplace(Change.Altered change, Situation situation) {
    return false;
  }

  default boolean disturbs(Change.Altered change, CatalogObject dependent, Situation situation) {
    return false;
  }

  default Optional<ObjectId> swaps(Change change, Situation situation) {
    return Optional.empty();
  }
}
