package dev.undercroft.postgres;

import dev.undercroft.migrate.MigrationSession;
import dev.undercroft.migrate.MigrationSession.ProjectObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a project has made in its database: schemas but {@code public} and extensions that belong to
 * this role or one it is a member of, and everything in {@code public} that belongs to no
 * extension. The schema {@code undercroft} is not the project's.
 */
final class MigrationObjects {

  private static final String SCHEMAS =
      """
      select 'schema ' || quote_ident(nspname) as name,
        format('drop schema if exists %I cascade', nspname) as sql
      from pg_namespace n
      where nspname not in ('public', 'undercroft', 'information_schema')
        and nspname not like 'pg\\_%' and pg_has_role(nspowner, 'usage')
        and not exists (select from pg_depend d where d.classid = 'pg_namespace'::regclass
          and d.objid = n.oid and d.deptype = 'e')
      order by nspname\
      """;

  /** Extensions first: what they own must go with them, and not piece by piece. */
  private static final String EXTENSIONS =
      """
      select 'extension ' || quote_ident(extname) as name,
        format('drop extension if exists %I cascade', extname) as sql
      from pg_extension
      where extname <> 'plpgsql' and pg_has_role(extowner, 'usage')
      order by extname\
      """;

  /** What stands in {@code public} by itself: not part of a table, a type or an extension. */
  private static final String IN_PUBLIC =
      """
      select o.type || ' ' || o.identity as name,
        format('drop %s if exists %s cascade',
          case o.type when 'statistics object' then 'statistics' else o.type end,
          o.identity) as sql
      from pg_depend d,
        lateral pg_identify_object(d.classid, d.objid, 0) as o
      where d.refclassid = 'pg_namespace'::regclass and d.refobjid = to_regnamespace('public')
        and d.deptype = 'n' and d.objsubid = 0
        and o.type not in ('default acl', 'publication namespace')
        and not exists (select from pg_depend e where e.classid = d.classid
          and e.objid = d.objid and e.deptype in ('e', 'i')
          and (e.refclassid, e.refobjid) <> (d.classid, d.objid))
      order by o.type = 'function', o.type, o.identity\
      """;

  private static final String PUBLICATIONS =
      """
      select 'publication ' || quote_ident(pubname) as name,
        format('drop publication if exists %I', pubname) as sql
      from pg_publication where pg_has_role(pubowner, 'usage')
      union all
      select 'event trigger ' || quote_ident(evtname),
        format('drop event trigger if exists %I cascade', evtname)
      from pg_event_trigger where pg_has_role(evtowner, 'usage')\
      """;

  private static final String OTHER_TOOLS =
      """
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relname in (
        '_prisma_migrations', '__drizzle_migrations', 'flyway_schema_history',
        'databasechangelog', 'schema_migrations', 'atlas_schema_revisions', 'alembic_version',
        'goose_db_version', 'knex_migrations', 'django_migrations', '__EFMigrationsHistory',
        'typeorm_metadata', 'SequelizeMeta', '_sqlx_migrations')
      order by 1 limit 1\
      """;

  private final MigrationSession session;

  MigrationObjects(MigrationSession session) {
    this.session = session;
  }

  List<ProjectObject> all() {
    List<ProjectObject> objects = new ArrayList<>();
    for (String query : List.of(PUBLICATIONS, EXTENSIONS, SCHEMAS, IN_PUBLIC)) {
      session
          .query(query)
          .forEach(row ->
              objects.add(
                  new ProjectObject(
                      String.valueOf(row.get("name")), String.valueOf(row.get("sql")))));
    }
    return objects;
  }

  static Optional<String> foreignHistory(MigrationSession session) {
    return session.query(OTHER_TOOLS).stream()
        .findFirst()
        .map(row -> String.valueOf(row.get("name")));
  }
}
