package dev.undercroft.pgisolation;

import dev.undercroft.pgisolation.Relation.Column;
import dev.undercroft.pgisolation.Relation.Foreign;
import dev.undercroft.pgisolation.Relation.Links;
import dev.undercroft.pgisolation.Relation.Origin;
import dev.undercroft.pgisolation.Relation.Policy;
import dev.undercroft.pgisolation.Relation.Unique;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a database contains, as far as attacks need it. Immutable.
 *
 * @param relations by name
 * @param functions what the intruder may call
 */
record Facts(Map<String, Relation> relations, List<Callable> functions) {

  /** A function that is no trigger: name with schema, for SQL, and the base types it takes. */
  record Callable(String name, String sql, List<String> takes, char kind) {}

  private static final String FOREIGN_TO_US =
      """
       and n.nspname not in ('pg_catalog', 'information_schema', 'undercroft')
       and n.nspname !~ '^pg_'
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'CLASS'::pg_catalog.regclass and d.objid = x.oid and d.deptype = 'e')
      """;

  private static final String RELATIONS =
      """
      select x.oid, n.nspname || '.' || x.relname, x.oid::regclass::text, x.relkind, x.relispartition
        from pg_catalog.pg_class x join pg_catalog.pg_namespace n on n.oid = x.relnamespace
       where x.relkind in ('r', 'p', 'v', 'm', 'f')
      """
          + FOREIGN_TO_US.replace("CLASS", "pg_catalog.pg_class")
          + " order by 2";

  private static final String COLUMNS =
      """
      select a.attname, format_type(a.atttypid, a.atttypmod), b.typname, b.typtype, b.typcategory,
             coalesce((select e.enumlabel from pg_enum e where e.enumtypid = b.oid order by e.enumsortorder limit 1), ''),
             a.attnotnull or t.typnotnull, a.atthasdef and a.attgenerated = '', a.attgenerated <> '', a.attidentity <> '',
             coalesce(pg_get_expr(f.adbin, f.adrelid) ~ 'uuid', false) or b.typname = 'uuid',
             case when has_column_privilege(ROLE, a.attrelid, a.attnum, 'SELECT') then 'r' else '' end
               || case when has_column_privilege(ROLE, a.attrelid, a.attnum, 'INSERT') then 'a' else '' end
               || case when has_column_privilege(ROLE, a.attrelid, a.attnum, 'UPDATE') then 'w' else '' end
        from pg_attribute a
        join pg_type t on t.oid = a.atttypid
        left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
        join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
       where a.attrelid = OID and a.attnum > 0 and not a.attisdropped
       order by a.attnum
      """;

  private static final String KEYS =
      """
      select i.indexrelid::regclass::text, i.indisprimary,
             (select string_agg(distinct a.attname, E'\\n')
                from pg_attribute a
               where a.attrelid = i.indrelid and a.attnum > 0
                 and (a.attnum = any (i.indkey)
                      or (i.indexprs is not null
                          and exists (select from pg_depend d
                                       where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                                         and d.refobjid = i.indrelid and d.refobjsubid = a.attnum))))
        from pg_index i
       where i.indrelid = OID and i.indisunique
       order by 1
      """;

  private static final String FOREIGN =
      """
      select c.conname,
             (select string_agg(a.attname, E'\\n' order by k.place) from unnest(c.conkey) with ordinality k (num, place)
                join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num),
             (select n.nspname || '.' || t.relname from pg_class t join pg_namespace n on n.oid = t.relnamespace
               where t.oid = c.confrelid),
             (select string_agg(a.attname, E'\\n' order by k.place) from unnest(c.confkey) with ordinality k (num, place)
                join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num)
        from pg_constraint c
       where c.conrelid = OID and c.contype = 'f'
       order by 1
      """;

  private static final String POLICIES =
      """
      select p.polname, p.polcmd, coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
             coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
        from pg_policy p where p.polrelid = OID order by 1
      """;

  private static final String FUNCTIONS =
      """
      select n.nspname || '.' || x.proname, x.oid::regproc::text,
             (select string_agg(t.typname, E'\\n' order by a.place)
                from unnest(x.proargtypes) with ordinality a (type, place) join pg_type t on t.oid = a.type),
             x.prokind
        from pg_proc x join pg_namespace n on n.oid = x.pronamespace
       where x.prokind in ('f', 'p') and x.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
         and has_function_privilege(ROLE, x.oid, 'EXECUTE') and has_schema_privilege(ROLE, n.oid, 'USAGE')
      """
          + FOREIGN_TO_US.replace("CLASS", "pg_catalog.pg_proc")
          + " order by x.oid";

  /** Reads as a role that sees everything. */
  static Facts read(Connection connection, String role) throws SQLException {
    String as = Rows.literal(role);
    Map<String, Relation> relations = new LinkedHashMap<>();
    for (List<String> row : Rows.of(connection, RELATIONS)) {
      relations.put(row.get(1), relation(connection, row, as));
    }
    return new Facts(relations, functions(connection, role));
  }

  /** What the intruder may call now. */
  static List<Callable> functions(Connection connection, String role) throws SQLException {
    List<Callable> functions = new ArrayList<>();
    for (List<String> row : Rows.of(connection, FUNCTIONS.replace("ROLE", Rows.literal(role)))) {
      functions.add(new Callable(row.get(0), row.get(1), lines(row.get(2)), row.get(3).charAt(0)));
    }
    return functions;
  }

  /** One relation as it is now; nothing when it is gone. */
  static Optional<Relation> one(Connection connection, String role, String name)
      throws SQLException {
    for (List<String> row : Rows.of(connection, RELATIONS)) {
      if (row.get(1).equals(name)) {
        return Optional.of(relation(connection, row, Rows.literal(role)));
      }
    }
    return Optional.empty();
  }

  private static Relation relation(Connection connection, List<String> row, String as)
      throws SQLException {
    String oid = row.get(0);
    List<Column> columns = new ArrayList<>();
    for (List<String> one : Rows.of(connection, COLUMNS.replace("OID", oid).replace("ROLE", as))) {
      columns.add(column(one));
    }
    List<String> primary = new ArrayList<>();
    List<Unique> unique = new ArrayList<>();
    for (List<String> one : Rows.of(connection, KEYS.replace("OID", oid))) {
      unique.add(new Unique(one.get(0), lines(one.get(2))));
      if (one.get(1).equals("t")) {
        primary.addAll(lines(one.get(2)));
      }
    }
    List<Foreign> foreign = new ArrayList<>();
    for (List<String> one : Rows.of(connection, FOREIGN.replace("OID", oid))) {
      foreign.add(new Foreign(one.get(0), lines(one.get(1)), one.get(2), lines(one.get(3))));
    }
    List<Policy> policies = new ArrayList<>();
    for (List<String> one : Rows.of(connection, POLICIES.replace("OID", oid))) {
      policies.add(new Policy(one.get(0), one.get(1).charAt(0), one.get(2), one.get(3)));
    }
    return new Relation(
        row.get(1),
        row.get(2),
        row.get(3).charAt(0),
        row.get(4).equals("t"),
        List.copyOf(columns),
        new Links(List.copyOf(primary), List.copyOf(foreign), List.copyOf(unique)),
        List.copyOf(policies));
  }

  private static Column column(List<String> row) {
    return new Column(
        row.get(0),
        new Relation.Type(
            row.get(1), row.get(2), row.get(3).charAt(0), row.get(4).charAt(0), row.get(5)),
        new Origin(
            row.get(6).equals("t"),
            row.get(7).equals("t"),
            row.get(8).equals("t"),
            row.get(9).equals("t"),
            row.get(10).equals("t")),
        row.get(11));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  /** Tables, the given one first, and each behind those that it refers to, circles aside. */
  List<Relation> parentsFirst(String first) {
    List<Relation> order = new ArrayList<>();
    Map<String, Boolean> seen = new HashMap<>();
    visit(first, seen, order);
    for (String name : new TreeSet<>(relations.keySet())) {
      visit(name, seen, order);
    }
    return order.stream().filter(one -> one.isTable() && !one.isPartition()).toList();
  }

  private void visit(String name, Map<String, Boolean> seen, List<Relation> order) {
    Relation relation = relations.get(name);
    if (relation == null || seen.putIfAbsent(name, true) != null) {
      return;
    }
    relation.links().foreign().forEach(key -> visit(key.target(), seen, order));
    order.add(relation);
  }
}
