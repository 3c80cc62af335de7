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
 * The tables in which other tools keep their history. Prisma's is in every database that it deploys
 * to and in no wanted schema: that a schema is silent about it does not mean that it should go. The
 * others' are left behind in a database that was taken over, so they are no drift. Stateless.
 */
final class OtherTools {

  private static final Set<String> PRISMA = Set.of("_prisma_migrations");
  private static final Set<String> ALL =
      Set.of(
          "_prisma_migrations",
          "__drizzle_migrations",
          "flyway_schema_history",
          "databasechangelog",
          "databasechangeloglock",
          "schema_migrations",
          "atlas_schema_revisions",
          "alembic_version",
          "goose_db_version",
          "knex_migrations",
          "knex_migrations_lock",
          "django_migrations",
          "__EFMigrationsHistory",
          "typeorm_metadata",
          "SequelizeMeta",
          "_sqlx_migrations");

  private OtherTools() {}

  /** A wanted schema, with Prisma's table as the database has it. */
  static Catalog kept(Catalog database, Catalog silent) {
    return kept(database, silent, PRISMA);
  }

  /** What migrations give, with the tables of all other tools as the database has them. */
  static Catalog keptOfAll(Catalog database, Catalog silent) {
    return kept(database, silent, ALL);
  }

  private static Catalog kept(Catalog database, Catalog silent, Set<String> histories) {
    Set<ObjectId> kept = new TreeSet<>();
    for (CatalogObject table : database.ofKind(Kind.TABLE)) {
      if (histories.contains(table.id().name()) && !silent.has(table.id())) {
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
