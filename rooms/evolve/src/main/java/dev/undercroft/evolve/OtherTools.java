package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table in which Prisma keeps its history. It is in every database that Prisma deploys to and
 * in no wanted schema; that a schema is silent about it does not mean that it should go. Stateless.
 */
final class OtherTools {

  private static final String HISTORY = "_prisma_migrations";

  private OtherTools() {}

  /** A catalog that is not of a database, with the table as the database has it. */
  static Catalog kept(Catalog database, Catalog silent) {
    Set<ObjectId> kept = new TreeSet<>();
    for (CatalogObject table : database.ofKind(Kind.TABLE)) {
      if (table.id().name().equals(HISTORY) && !silent.has(table.id())) {
        database.objects().stream()
            .filter(one -> isOf(one, table.id()))
            .forEach(one -> kept.add(one.id()));
      }
    }
    if (kept.isEmpty()) {
      return silent;
    }
    List<CatalogObject> objects = new ArrayList<>(silent.objects());
    kept.forEach(id -> database.find(id).ifPresent(objects::add));
    List<Dependency> dependencies = new ArrayList<>(silent.dependencies());
    database.dependencies().stream()
        .filter(one -> kept.contains(one.from()))
        .forEach(dependencies::add);
    return new Catalog(silent.server(), objects, dependencies, silent.unmodelled());
  }

  private static boolean isOf(CatalogObject object, ObjectId table) {
    ObjectId id = object.id();
    return id.equals(table)
        || (id.schema().equals(table.schema()) && id.parent().equals(table.name()))
        || (id.kind() == Kind.INDEX && object.is(Attribute.TABLE, table.place()));
  }
}
