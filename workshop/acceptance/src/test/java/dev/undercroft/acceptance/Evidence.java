package dev.undercroft.acceptance;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is remembered of a database before a plan runs, to see afterwards what became of it.
 *
 * @param catalog what was there
 * @param rows how many rows each table had
 * @param contents a digest of the values of the columns that the plan does not speak of
 * @param files the file of each table and index
 * @param oids the server's number of each object
 */
record Evidence(
    Catalog catalog,
    Set<ObjectId> changed,
    Map<ObjectId, Long> rows,
    Map<ObjectId, String> contents,
    Map<String, Long> files,
    Map<String, Long> oids) {

  private static final String OIDS =
      """
      select pg_describe_object('pg_class'::regclass, oid, 0), oid from pg_class
        where oid >= 16384 and relkind <> 't' and relnamespace <> 99
      union all select pg_describe_object('pg_proc'::regclass, oid, 0), oid from pg_proc where oid >= 16384
      union all select pg_describe_object('pg_type'::regclass, oid, 0), oid from pg_type
        where oid >= 16384 and typtype in ('e', 'd', 'r')
      union all select pg_describe_object('pg_policy'::regclass, oid, 0), oid from pg_policy
      union all select pg_describe_object('pg_trigger'::regclass, oid, 0), oid from pg_trigger where not tgisinternal
      union all select pg_describe_object('pg_constraint'::regclass, oid, 0), oid from pg_constraint where oid >= 16384
      """;

  /** Looks at a database that the changes are about to be made in. */
  static Evidence before(Connection connection, Catalog before, Catalog after) throws SQLException {
    Set<ObjectId> changed =
        Diff.between(before, after).stream().map(Change::id).collect(Collectors.toSet());
    for (ObjectId id : List.copyOf(changed)) {
      holders(id, before, changed);
    }
    return new Evidence(
        before,
        changed,
        Rows.counts(connection, before),
        contents(connection, before, changed),
        Rows.files(connection),
        oids(connection));
  }

  /** Columns of a type that changes, or of one made of it. */
  private static void holders(ObjectId id, Catalog before, Set<ObjectId> changed) {
    List<ObjectId> types =
        id.kind() == Kind.COLUMN ? List.of(id.relation(Kind.COMPOSITE)) : List.of(id);
    for (ObjectId type : types) {
      boolean holds =
          type.kind() == Kind.COMPOSITE || type.kind() == Kind.DOMAIN || type.kind() == Kind.RANGE;
      for (Dependency need : holds ? before.neededBy(type) : List.<Dependency>of()) {
        if (changed.add(need.from())) {
          holders(need.from(), before, changed);
        }
      }
    }
  }

  private static Map<ObjectId, String> contents(
      Connection connection, Catalog catalog, Set<ObjectId> changed) throws SQLException {
    Map<ObjectId, String> contents = new TreeMap<>();
    for (CatalogObject table : catalog.ofKind(Kind.TABLE)) {
      String columns = columns(catalog, table.id(), changed);
      if (!table.has(Attribute.PARTITION_KEY) && !columns.isEmpty()) {
        contents.put(table.id(), digest(connection, table.id(), columns));
      }
    }
    return contents;
  }

  private static String columns(Catalog catalog, ObjectId table, Set<ObjectId> changed) {
    return catalog.children(table, Kind.COLUMN).stream()
        .map(CatalogObject::id)
        .filter(column -> !changed.contains(column))
        .map(column -> '"' + column.name().replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(", "));
  }

  private static String digest(Connection connection, ObjectId table, String columns)
      throws SQLException {
    String sql =
        "SELECT coalesce(md5(string_agg(r, ',' ORDER BY r)), '') FROM (SELECT row(%s)::text FROM ONLY %s) t(r)"
            .formatted(columns, Rows.name(table));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Map<String, Long> oids(Connection connection) throws SQLException {
    Map<String, Long> oids = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OIDS)) {
      while (rows.next()) {
        oids.put(rows.getString(1), rows.getLong(2));
      }
    }
    return oids;
  }

  /** What got lost without a word of the plan. */
  void lost(Connection live, Plan plan, Renames renames, List<String> wrong) throws SQLException {
    Set<ObjectId> declared =
        plan.steps().stream()
            .filter(step -> step.warnings().stream().anyMatch(w -> w.hazard() == Hazard.DATA_LOSS))
            .map(Step::subject)
            .collect(Collectors.toSet());
    for (Map.Entry<ObjectId, Long> entry : rows.entrySet()) {
      ObjectId table = entry.getKey();
      ObjectId now = renames.renamed(table);
      if (!declared.contains(table)) {
        long left = Rows.count(live, now);
        if (left != entry.getValue()) {
          wrong.add("%s had %d rows, now %d".formatted(table, entry.getValue(), left));
        } else if (now.equals(table) && contents.containsKey(table)) {
          valuesKept(live, table, wrong);
        }
      }
    }
    Map<String, Long> expected = new TreeMap<>(files);
    expected.keySet().removeIf(name -> isDeclared(name, plan));
    filesKept(expected, Rows.files(live), wrong);
  }

  private void valuesKept(Connection live, ObjectId table, List<String> wrong) throws SQLException {
    if (!digest(live, table, columns(catalog, table, changed)).equals(contents.get(table))) {
      wrong.add(table + " has other values in its rows");
    }
  }

  /** Objects that were dropped and made again. */
  List<String> recreated(Connection live) throws SQLException {
    Map<String, Long> now = oids(live);
    return oids.entrySet().stream()
        .filter(entry -> now.containsKey(entry.getKey()))
        .filter(entry -> !entry.getValue().equals(now.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the plan says that the file of this table or index is written anew. */
  private boolean isDeclared(String name, Plan plan) {
    return plan.steps().stream()
        .filter(step ->
            step.work() == Work.REWRITE
                || step.work() == Work.INDEX
                || step.sql().startsWith("DROP MATERIALIZED VIEW"))
        .map(Step::subject)
        .anyMatch(id -> {
          String own = id.schema() + '.' + id.name();
          String parent = id.schema() + '.' + id.parent();
          String table = tableOf(name);
          return List.of(own, parent).contains(name) || parent.equals(table);
        });
  }

  /** Tables and indexes that nobody speaks of keep their files. */
  private void filesKept(Map<String, Long> old, Map<String, Long> now, List<String> wrong) {
    Set<String> touched = new HashSet<>();
    for (ObjectId id : changed) {
      touched.add(id.schema() + '.' + id.name());
      touched.add(id.schema() + '.' + id.parent());
      if (id.kind() == Kind.ENUM || id.kind() == Kind.DOMAIN) {
        catalog
            .neededBy(id)
            .forEach(need -> touched.add(need.from().schema() + '.' + need.from().parent()));
      }
    }
    old.forEach((name, file) -> {
      boolean ofTouched =
          touched.contains(name) || touched.contains(tableOf(name)) || !now.containsKey(name);
      if (!ofTouched && !file.equals(now.get(name))) {
        wrong.add(name + " has another file");
      }
    });
  }

  private String tableOf(String index) {
    for (CatalogObject object : catalog.ofKind(Kind.INDEX)) {
      if ((object.id().schema() + '.' + object.id().name()).equals(index)) {
        return object.get(Attribute.TABLE).replace('\t', '.');
      }
    }
    for (CatalogObject object : catalog.ofKind(Kind.CONSTRAINT)) {
      if ((object.id().schema() + '.' + object.id().name()).equals(index)) {
        return object.id().schema() + '.' + object.id().parent();
      }
    }
    return "";
  }
}
