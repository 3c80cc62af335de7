package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import java.util.List;

/**
 * What a database is before, between and behind the batches of a plan, a fingerprint each. Owners
 * do not count: a copy belongs to whoever makes it. Stateless.
 */
final class Stages {

  private Stages() {}

  static String of(Catalog catalog) {
    List<CatalogObject> objects =
        catalog.objects().stream().map(object -> object.with(Attribute.OWNER, "")).toList();
    return new Catalog(catalog.server(), objects, List.of(), catalog.unmodelled()).fingerprint();
  }
}
