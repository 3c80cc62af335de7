package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a project's database its schema speaks of. Who owns a thing and who may use it is the
 * platform's affair and that of {@code grants.sql}. Stateless.
 */
final class Substance {

  private static final Set<Kind> OF_THE_PLATFORM =
      EnumSet.of(Kind.ROLE, Kind.MEMBERSHIP, Kind.DEFAULT_PRIVILEGES);

  private Substance() {}

  static Catalog of(Catalog catalog) {
    return of(catalog, catalog);
  }

  /**
   * The same of a live database: extensions that the schema does not name are its server's, and
   * partitions of a table that it names come and go with the rows.
   */
  static Catalog of(Catalog catalog, Catalog schema) {
    Catalog shared = withoutPartsBeside(catalog, schema);
    return only(
        shared,
        shared.objects().stream()
            .filter(object -> !OF_THE_PLATFORM.contains(object.id().kind()))
            .filter(object -> object.id().kind() != Kind.EXTENSION || schema.has(object.id()))
            .map(object -> object.with(Attribute.OWNER, "").with(Attribute.PRIVILEGES, ""))
            .toList());
  }

  /** Without partitions that the other lacks although it has their whole. */
  static Catalog withoutPartsBeside(Catalog catalog, Catalog other) {
    Set<String> parts =
        catalog.ofKind(Kind.PARTITION).stream()
            .filter(tie -> !other.has(tie.id()))
            .filter(tie -> other.has(ObjectId.at(Kind.TABLE, tie.get(Attribute.PARTITION_OF))))
            .map(tie -> tie.id().place())
            .collect(Collectors.toSet());
    return parts.isEmpty()
        ? catalog
        : only(catalog, catalog.objects().stream().filter(one -> !isOf(parts, one)).toList());
  }

  private static Catalog only(Catalog catalog, List<CatalogObject> objects) {
    Set<ObjectId> left = objects.stream().map(CatalogObject::id).collect(Collectors.toSet());
    List<Dependency> dependencies =
        catalog.dependencies().stream()
            .filter(one -> left.contains(one.from()) && left.contains(one.to()))
            .toList();
    return new Catalog(catalog.server(), objects, dependencies, catalog.unmodelled());
  }

  private static boolean isOf(Set<String> tables, CatalogObject object) {
    ObjectId id = object.id();
    boolean isTable = id.kind() == Kind.TABLE || id.kind() == Kind.PARTITION;
    return (isTable && tables.contains(id.place()))
        || tables.contains(id.schema() + '\t' + id.parent())
        || tables.contains(object.get(Attribute.TABLE));
  }
}
