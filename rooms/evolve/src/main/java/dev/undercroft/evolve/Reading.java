package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.schema.ScratchServer.Scratch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source gave. Immutable.
 *
 * @param source where it stands
 * @param catalog what it says
 * @param notes what was left out of it, a problem each
 * @param renames what its comments say was renamed
 * @param scratch the scratch database that holds it, open until the desk is cleared
 * @param facts about the database it is, if it is live
 */
record Reading(
    Source source,
    Catalog catalog,
    List<Problem> notes,
    Map<ObjectId, ObjectId> renames,
    Optional<Scratch> scratch,
    Optional<SchemaEngine.Facts> facts) {

  static Reading of(Source source, Catalog catalog) {
    return new Reading(source, catalog, List.of(), Map.of(), Optional.empty(), Optional.empty());
  }
}
