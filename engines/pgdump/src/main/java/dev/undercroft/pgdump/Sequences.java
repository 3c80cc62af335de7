package dev.undercroft.pgdump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks where sequences stand. Stateless. */
final class Sequences {

  private static final int TOGETHER = 300;
  private static final String ALL =
      """
      select n.nspname, c.relname, t.relname is not null, tn.nspname, t.relname
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_depend d on d.classid = c.tableoid and d.objid = c.oid
        and d.deptype in ('a', 'i') and d.refclassid = c.tableoid and d.refobjsubid > 0
      left join pg_catalog.pg_class t on t.oid = d.refobjid
      left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
      where c.relkind = 'S' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (select from pg_catalog.pg_depend e where e.classid = c.tableoid
          and e.objid = c.oid and e.deptype = 'e')
      order by 1, 2
      """;

  private Sequences() {}

  /** Queries that give the qualified name, the last value and whether it was called. */
  static List<String> queries(Connection connection, DumpPlan plan) throws SQLException {
    Set<String> chosen = new HashSet<>();
    plan.tables().forEach(rows -> chosen.add(rows.table().place()));
    List<String> parts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ALL)) {
      while (rows.next()) {
        String owner = rows.getString(4) + '\t' + rows.getString(5);
        String own = rows.getString(1) + '\t' + rows.getString(2);
        if (rows.getBoolean(3) ? chosen.contains(owner) : plan.sequences().contains(own)) {
          String name = Names.quoted(rows.getString(1)) + '.' + Names.quoted(rows.getString(2));
          parts.add(
              "select %s, last_value, is_called from %s".formatted(Names.literal(name), name));
        }
      }
    }
    List<String> queries = new ArrayList<>();
    for (int from = 0; from < parts.size(); from += TOGETHER) {
      queries.add(
          String.join(" union all ", parts.subList(from, Math.min(parts.size(), from + TOGETHER))));
    }
    return queries;
  }
}
