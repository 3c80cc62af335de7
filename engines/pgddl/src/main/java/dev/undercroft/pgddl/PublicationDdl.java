package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;

/** Publications, without what they list. Stateless. */
final class PublicationDdl implements Ddl {

  @Override
  public List<Step> create(
      CatalogObject publication, List<CatalogObject> inline, Situation situation) {
    String all = publication.has(Attribute.ALL_TABLES) ? " FOR ALL TABLES" : "";
    return List.of(
        Step.of(
            publication.id(),
            "CREATE %s%s WITH (%s)"
                .formatted(Phrases.of(publication), all, settings(publication))));
  }

  private static String settings(CatalogObject publication) {
    String text =
        "publish = %s, publish_via_partition_root = %s"
            .formatted(
                Names.literal(publication.get(Attribute.PUBLISH)),
                publication.has(Attribute.VIA_ROOT));
    return publication.has(Attribute.PROPERTIES)
        ? text + ", publish_generated_columns = " + publication.get(Attribute.PROPERTIES)
        : text;
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return change.touches(Attribute.ALL_TABLES);
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    boolean same =
        !change.touches(Attribute.PUBLISH)
            && !change.touches(Attribute.VIA_ROOT)
            && !change.touches(Attribute.PROPERTIES);
    if (same) {
      return List.of();
    }
    boolean none = change.touches(Attribute.PROPERTIES) && !after.has(Attribute.PROPERTIES);
    return List.of(
        Step.of(
            after.id(),
            "ALTER %s SET (%s%s)"
                .formatted(
                    Phrases.of(after),
                    settings(after),
                    none ? ", publish_generated_columns = none" : "")));
  }
}
