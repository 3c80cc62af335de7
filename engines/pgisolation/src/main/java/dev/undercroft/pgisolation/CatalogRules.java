package dev.undercroft.pgisolation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The static rules: queries over the catalog. Immutable, thread-safe. */
final class CatalogRules {

  /**
   * What the rules stand on: our schemas, our relations with what the application may, policies.
   */
  private static final String GROUND =
      """
      with ours_n as (
        select * from pg_namespace n
         where n.nspname not in ('pg_catalog', 'information_schema', 'undercroft') and n.nspname !~ '^pg_'),
      rel as (
        select c.*, n.nspname || '.' || c.relname as name, n.nspname || '.' || c.relname = any (SHARED::text[]) as shared,
               has_schema_privilege(APP, n.oid, 'USAGE') and (
                 case when c.relkind = 'S' then false
                      else has_any_column_privilege(APP, c.oid, 'SELECT,INSERT,UPDATE') or has_table_privilege(APP, c.oid, 'DELETE')
                  end) as reachable
          from pg_class c join ours_n n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
           and not exists (select from pg_depend d
                            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')),
      policy as (
        select p.*, coalesce(pg_get_expr(p.polqual, p.polrelid), '') as using_text,
               coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as check_text
          from pg_policy p
         where exists (select from unnest(p.polroles) r where r = 0 or pg_has_role(APP, r, 'MEMBER')))
      """;

  private final RuleBook book = RuleBook.read(CatalogRules.class, "rules.sql", GROUND);
  private final Map<String, String> words;

  CatalogRules(String app, Set<String> shared) {
    this.words =
        Map.of(
            "APP",
            Rows.literal(app),
            "SHARED",
            shared.stream()
                .sorted()
                .map(Rows::literal)
                .collect(Collectors.joining(", ", "array[", "]")));
  }

  int count() {
    return book.count();
  }

  /** Asks all rules, in a transaction; a rule that fails is a finding too. */
  List<Finding> ask(Connection connection) throws SQLException {
    return book.ask(connection, words).stream()
        .map(one -> new Finding(one.rule(), one.object(), one.detail(), one.remedy()))
        .toList();
  }
}
