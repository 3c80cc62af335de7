package dev.undercroft.plan;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.List;
import java.util.Optional;

/**
 * Indexes of a table that shall become a partition, alike to one that shall be tied to the index of
 * the whole. The server ties the oldest that fits, so these must be away meanwhile. Stateless.
 */
final class Rivals {

  private Rivals() {}

  /** Those of the part of this tie. */
  static List<ObjectId> of(ObjectId tie, Situation situation) {
    List<CatalogObject> indexes =
        situation.parts(tie.as(Kind.TABLE)).stream()
            .filter(part -> part.kind() == Kind.INDEX)
            .map(situation.after()::find)
            .flatMap(Optional::stream)
            .toList();
    return indexes.stream()
        .filter(index -> !index.has(Attribute.PARTITION_OF))
        .filter(index -> situation.before().has(index.id()))
        .filter(index ->
            indexes.stream()
                .anyMatch(
                    other -> other.has(Attribute.PARTITION_OF) && form(other).equals(form(index))))
        .map(CatalogObject::id)
        .toList();
  }

  private static String form(CatalogObject index) {
    String definition = index.get(Attribute.DEFINITION);
    return index.get(Attribute.UNIQUE) + definition.substring(definition.indexOf(" USING "));
  }
}
