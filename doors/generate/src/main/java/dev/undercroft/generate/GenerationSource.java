package dev.undercroft.generate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the generator must know of the database before jOOQ reads it. */
final class GenerationSource {

  private static final String SCHEMAS =
      """
      select n.nspname
      from pg_catalog.pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'undercroft')
        and not exists (
          select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_namespace'::regclass
            and d.objid = n.oid and d.deptype = 'e')
        and (n.nspname = 'public'
          or exists (select from pg_catalog.pg_class c where c.relnamespace = n.oid)
          or exists (select from pg_catalog.pg_proc p where p.pronamespace = n.oid)
          or exists (select from pg_catalog.pg_type t where t.typnamespace = n.oid))
      order by n.nspname collate "C"
      """;

  private static final String EXTENSION_OBJECTS =
      """
      select distinct n.nspname || '.' || o.name as name
      from pg_catalog.pg_depend d
      join (
        select 'pg_catalog.pg_proc'::regclass as class, oid, pronamespace as namespace,
          proname as name from pg_catalog.pg_proc
        union all
        select 'pg_catalog.pg_class'::regclass, oid, relnamespace, relname
        from pg_catalog.pg_class
        union all
        select 'pg_catalog.pg_type'::regclass, oid, typnamespace, typname
        from pg_catalog.pg_type
      ) o on o.class = d.classid and o.oid = d.objid
      join pg_catalog.pg_namespace n on n.oid = o.namespace
      where d.deptype = 'e' and n.nspname !~ '^pg_'
      order by 1
      """;

  private static final String NAMESAKES =
      """
      select 'yes'
      from pg_catalog.pg_constraint c
      join pg_catalog.pg_class a on a.oid = c.conrelid
      join pg_catalog.pg_class b on b.oid = c.confrelid
      where c.contype = 'f' and a.relname = b.relname and a.relnamespace <> b.relnamespace
      limit 1
      """;

  private GenerationSource() {}

  /** jOOQ's reader for this database. */
  static Class<?> database(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> org.jooq.meta.postgres.PostgresDatabase.class;
      case "SQLite" -> org.jooq.meta.sqlite.SQLiteDatabase.class;
      default ->
          throw Problem.of(
                  "GENERATE_UNKNOWN_DATABASE",
                  ProblemKind.INPUT,
                  "no classes can be generated from a database of the kind " + product)
              .withRemedy("Give the address of a PostgreSQL or SQLite database.")
              .exception();
    };
  }

  /** The schemas with objects of the project; none on SQLite, which has no schemas. */
  static List<String> schemas(Connection connection) throws SQLException {
    return isPostgres(connection) ? column(connection, SCHEMAS) : List.of();
  }

  /** Expressions for the objects that extensions brought, which are no part of the project. */
  static List<String> extensionObjects(Connection connection) throws SQLException {
    if (!isPostgres(connection)) {
      return List.of();
    }
    return column(connection, EXTENSION_OBJECTS).stream().map(Pattern::quote).toList();
  }

  /**
   * Whether a foreign key joins two tables of the same name in different schemas. For these, jOOQ
   * 3.21 writes a path class that takes itself for the other table's, and does not compile.
   */
  static boolean joinsNamesakes(Connection connection) throws SQLException {
    return isPostgres(connection) && !column(connection, NAMESAKES).isEmpty();
  }

  private static boolean isPostgres(Connection connection) throws SQLException {
    return database(connection) == org.jooq.meta.postgres.PostgresDatabase.class;
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
