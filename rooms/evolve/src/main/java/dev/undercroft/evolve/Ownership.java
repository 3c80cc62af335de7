package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.evolve.SchemaEngine.Facts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Files hardly ever say who owns a thing. Where a database belongs to somebody else than the user
 * who changes it, silence means: what is there keeps its owner, what is new belongs to the owner of
 * the database. Stateless.
 */
final class Ownership {

  private static final Set<Kind> OWNED =
      EnumSet.of(
          Kind.SCHEMA,
          Kind.LANGUAGE,
          Kind.COLLATION,
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE,
          Kind.RANGE,
          Kind.SEQUENCE,
          Kind.SERVER,
          Kind.TABLE,
          Kind.FOREIGN_TABLE,
          Kind.FUNCTION,
          Kind.AGGREGATE,
          Kind.OPERATOR,
          Kind.OPERATOR_FAMILY,
          Kind.OPERATOR_CLASS,
          Kind.TEXT_SEARCH_DICTIONARY,
          Kind.TEXT_SEARCH_CONFIGURATION,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.STATISTICS);

  private Ownership() {}

  /** The wanted catalog with the owners that silence means in this database. */
  static Catalog settle(Catalog before, Catalog after, Facts facts) {
    if (facts.user().equals(facts.owner())) {
      return after;
    }
    List<CatalogObject> objects =
        after.objects().stream().map(object -> settle(object, before, facts)).toList();
    return new Catalog(after.server(), objects, after.dependencies(), after.unmodelled());
  }

  private static CatalogObject settle(CatalogObject wanted, Catalog before, Facts facts) {
    if (!OWNED.contains(wanted.id().kind()) || wanted.has(Attribute.OWNER)) {
      return wanted;
    }
    CatalogObject old = before.get(wanted.id());
    boolean isPublic = wanted.id().kind() == Kind.SCHEMA && wanted.id().name().equals("public");
    String owner = old == null ? (isPublic ? "" : facts.owner()) : old.get(Attribute.OWNER);
    return wanted.with(Attribute.OWNER, owner);
  }
}
