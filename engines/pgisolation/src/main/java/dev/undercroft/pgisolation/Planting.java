package dev.undercroft.pgisolation;

import dev.undercroft.pgisolation.Relation.Column;
import dev.undercroft.pgisolation.Relation.Foreign;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plants a row of each tenant in every table of a copy. Conditions on values are taken off before,
 * triggers and foreign keys sleep meanwhile: what must hold is that rows are there, and an intruder
 * with fewer obstacles proves more.
 */
final class Planting {

  private static final String CHECKS =
      """
      select c.conrelid::regclass::text, quote_ident(c.conname), n.nspname || '.' || t.relname,
             (select string_agg(a.attname, E'\\n') from pg_attribute a
               where a.attrelid = c.conrelid and a.attnum = any (c.conkey)),
             pg_get_constraintdef(c.oid)
        from pg_constraint c join pg_namespace n on n.oid = c.connamespace
        join pg_class t on t.oid = c.conrelid
       where c.contype = 'c' and c.conrelid <> 0 and c.conislocal and c.coninhcount = 0
         and n.nspname not in ('pg_catalog', 'information_schema', 'undercroft')
      """;

  private final Connection connection;
  private final Facts facts;
  private final Tenancy tenancy;
  private final IsolationRules rules;
  private final Map<String, String> unchecked = new TreeMap<>();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Map<String, String> checked = new LinkedHashMap<>();

  Planting(Connection connection, Facts facts, Tenancy tenancy, IsolationRules rules) {
    this.connection = connection;
    this.facts = facts;
    this.tenancy = tenancy;
    this.rules = rules;
  }

  /** Tables without a row of each tenant, with the reason. */
  Map<String, String> unchecked() {
    return unchecked;
  }

  /** Plants in a transaction of its own, and has the server look at what is there. */
  void plant(World... worlds) throws SQLException {
    connection.setAutoCommit(false);
    for (List<String> row : Rows.of(connection, CHECKS)) {
      for (String column : row.get(3).split("\n", -1)) {
        checked.merge(row.get(2) + "." + column, row.get(4), (one, other) -> one + " " + other);
      }
      Rows.run(connection, "alter table " + row.get(0) + " drop constraint " + row.get(1));
    }
    Rows.run(connection, "set local session_replication_role = replica");
    for (Relation relation : facts.parentsFirst(tenancy.root().orElse(""))) {
      for (World world : worlds) {
        plant(relation, world);
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    Rows.run(connection, "analyze");
  }

  private void plant(Relation relation, World world) throws SQLException {
    Map<String, String> row = row(relation, world);
    Savepoint before = connection.setSavepoint();
    try {
      Rows.run(connection, insert(relation, row));
      world.rows().put(relation.name(), stored(relation, row));
    } catch (SQLException refused) {
      connection.rollback(before);
      unchecked.putIfAbsent(
          relation.name(), "no row could be planted: " + String.valueOf(refused.getMessage()));
    }
    connection.releaseSavepoint(before);
  }

  /** An insert of these values. */
  static String insert(Relation relation, Map<String, String> row) {
    if (row.isEmpty()) {
      return "insert into " + relation.sql() + " default values";
    }
    return "insert into %s (%s) overriding system value values (%s)"
        .formatted(
            relation.sql(),
            row.keySet().stream().map(Rows::name).collect(Collectors.joining(", ")),
            String.join(", ", row.values()));
  }

  /** Keys that the table made itself are read back, so that the row can be found. */
  private Map<String, String> stored(Relation relation, Map<String, String> row)
      throws SQLException {
    Map<String, String> stored = new LinkedHashMap<>(row);
    List<String> missing =
        relation.links().primary().stream()
            .filter(column ->
                row.getOrDefault(column, "default").equals("default")
                    || row.getOrDefault(column, "").contains("now()"))
            .toList();
    if (!missing.isEmpty()) {
      Optional<String> known =
          row.entrySet().stream()
              .filter(entry -> entry.getValue().contains("'uc") || entry.getValue().contains("7c1"))
              .map(entry -> Rows.name(entry.getKey()) + " = " + entry.getValue())
              .findFirst();
      for (String column : missing) {
        List<List<String>> found =
            Rows.of(
                connection,
                "select %s::text from %s where %s"
                    .formatted(Rows.name(column), relation.sql(), known.orElse("false")));
        if (found.size() == 1) {
          stored.put(column, Rows.literal(found.getFirst().getFirst()));
        }
      }
    }
    return stored;
  }

  /** The values of a world's row, as SQL expressions by column. */
  Map<String, String> row(Relation relation, World world) {
    Map<String, String> row = new LinkedHashMap<>();
    for (Column column : relation.columns()) {
      if (!column.origin().generated()) {
        String value = value(relation, column, world);
        if (!value.isEmpty()) {
          row.put(column.name(), value);
        }
      }
    }
    return row;
  }

  private String value(Relation relation, Column column, World world) {
    String declared = rules.values().get(relation.name() + "." + column.name());
    if (declared != null) {
      return declared;
    }
    for (Foreign key : relation.links().foreign()) {
      int at = key.columns().indexOf(column.name());
      if (at >= 0) {
        return world.row(key.target()).isPresent()
            ? world.value(key.target(), key.targets().get(at))
            : "null";
      }
    }
    if (tenancy.names(relation, column.name()) && !relation.isPrimary(column.name())) {
      return tenant(tenancy.root().orElse(""), world) + "::" + column.type().sql();
    }
    return own(relation, column, world);
  }

  private String own(Relation relation, Column column, World world) {
    boolean key =
        relation.links().unique().stream().anyMatch(one -> one.columns().contains(column.name()));
    boolean plain = !column.origin().required() || column.origin().defaulted();
    String condition = checked.get(relation.name() + "." + column.name());
    boolean figure = List.of("int4", "int8", "oid").contains(column.type().base());
    boolean asItComes = column.origin().defaulted() || figure || condition != null;
    if (!key && plain && asItComes) {
      return "";
    }
    Optional<String> listed = condition == null ? Optional.empty() : first(column, condition);
    return listed
        .or(() -> world.marked(column, place(relation, column)))
        .orElseGet(() -> plain || column.origin().identity() ? "" : World.some(column));
  }

  /** The first of the values that a condition lists for a column. */
  private static Optional<String> first(Column column, String condition) {
    Matcher matcher =
        Pattern.compile(
                "\\b" + column.name() + "\\)?(?:::[a-z ]+)?\\)? = ANY \\(+ARRAY\\[\\(*('[^']*')")
            .matcher(condition);
    return matcher.find()
        ? Optional.of(matcher.group(1) + "::" + column.type().sql())
        : Optional.empty();
  }

  private int place(Relation relation, Column column) {
    return places.computeIfAbsent(relation.name() + "." + column.name(), any -> places.size() + 1);
  }

  /** The id of a world's tenant, as an SQL literal. */
  String tenant(String root, World world) {
    Relation table = facts.relations().get(root);
    if (table != null && table.links().primary().size() == 1) {
      String value = world.value(root, table.links().primary().getFirst());
      int cast = value.indexOf("'::");
      return cast > 0 ? value.substring(0, cast + 1) : value;
    }
    return Rows.literal(tenancy.idType(facts).equals("uuid") ? world.uuid(0) : world.word(0));
  }
}
