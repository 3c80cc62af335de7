package dev.undercroft.pgisolation;

import dev.undercroft.access.TenantContext;
import dev.undercroft.pgisolation.Intruder.Outcome;
import dev.undercroft.pgisolation.Relation.Column;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Tries on one relation what a tenant could do to another tenant's rows. Not thread-safe. */
final class Attacks {

  private final Intruder intruder;
  private final Stage stage;
  private final Map<String, Finding> found = new TreeMap<>();
  private final Map<String, Boolean> seen = new TreeMap<>();
  private final Map<String, String> before = new LinkedHashMap<>();

  /**
   * What stands on the stage.
   *
   * @param facts what the database contains
   * @param tenancy which columns name tenants
   * @param rules what the project declares
   * @param planting knows how rows are made
   * @param worlds the rows that are attacked and the intruder's own
   */
  record Stage(
      Facts facts, Tenancy tenancy, IsolationRules rules, Planting planting, Worlds worlds) {

    World victim() {
      return worlds.victim();
    }

    World own() {
      return worlds.own();
    }

    /** For whom an actor of a world acts. */
    TenantContext context(Map.Entry<String, String> actor, World world) {
      String literal = planting.tenant(actor.getValue(), world);
      return new TenantContext(
          literal.substring(1, literal.length() - 1).replace("''", "'"), actor.getKey());
    }
  }

  /** Both sides. */
  record Worlds(World victim, World own) {}

  Attacks(Intruder intruder, Stage stage) {
    this.intruder = intruder;
    this.stage = stage;
  }

  /** What was found, when all actors are through. */
  List<Finding> found() {
    seen.forEach((relation, is) -> {
      if (!is) {
        report(
            "own-row-hidden",
            relation,
            "a tenant does not see the row that names it",
            "Compare the column that names the tenant in the policy for SELECT.");
      }
    });
    return List.copyOf(found.values());
  }

  /** Whether a tenant saw its own row; one actor that does is enough. */
  void seen(Relation relation, boolean is) {
    seen.merge(relation.name(), is, Boolean::logicalOr);
  }

  /** Attacks one relation as one actor. */
  void on(Relation relation, Map.Entry<String, String> actor) throws SQLException {
    TenantContext context = stage.context(actor, stage.own());
    boolean shared = stage.rules().shared().contains(relation.name());
    if (!shared) {
      new Reading(intruder, stage, this).on(relation, actor);
    }
    overwrite(relation, context, shared);
    remove(relation, context);
    if (relation.isTable() && !relation.isPartition()) {
      new Crossing(intruder, stage, this).on(relation, context);
    }
  }

  void report(String rule, String object, String detail, String remedy) {
    Finding finding = new Finding(rule, object, detail, remedy);
    found.putIfAbsent(finding.key(), finding);
  }

  /** Whether the marks of the victim came out, which are none of the statement's own. */
  void look(Relation relation, String how, String sql, Outcome outcome) {
    Set<String> marks = Marks.of(outcome.text(), sql);
    if (!marks.isEmpty()) {
      report(
          "read",
          relation.name(),
          "another tenant's values come out by " + how + ": " + String.join(", ", marks),
          "Compare the table's tenant column with the tenant in its policies for SELECT.");
    }
  }

  /** A question whose answer tells whether the victim's row is as it was. */
  String question(Relation relation) {
    Optional<String> key = key(relation, stage.victim());
    return key.map(where ->
            "select coalesce(md5(string_agg(t::text, '' order by t::text)), 'gone') from "
                + relation.sql()
                + " t where "
                + where)
        .orElse("");
  }

  /** The condition that finds a world's row. */
  static Optional<String> key(Relation relation, World world) {
    List<String> primary = relation.links().primary();
    if (primary.isEmpty() || world.row(relation.name()).isEmpty()) {
      return Optional.empty();
    }
    List<String> parts =
        primary.stream()
            .map(column -> Rows.name(column) + " = " + world.value(relation.name(), column))
            .toList();
    boolean known =
        parts.stream().noneMatch(part -> part.endsWith("= null") || part.contains("default"));
    return known ? Optional.of(String.join(" and ", parts)) : Optional.empty();
  }

  private void overwrite(Relation relation, TenantContext context, boolean shared)
      throws SQLException {
    Optional<Column> target = harmless(relation);
    if (target.isEmpty()) {
      return;
    }
    String set = target.get().sql() + " = " + some(target.get());
    String blind = "update %s set %s".formatted(relation.sql(), set);
    changes(relation, context, "UPDATE", blind);
    key(relation, stage.victim())
        .ifPresent(where -> {
          String merge =
              "merge into %s t using (values (1)) v (x) on %s when matched then update set %s"
                  .formatted(relation.sql(), where, set);
          quietly(relation, context, "MERGE", merge);
        });
    if (!shared && !relation.readable().isEmpty()) {
      String returning = blind + " returning " + relation.readable();
      look(
          relation,
          "UPDATE ... RETURNING",
          returning,
          intruder.send(Optional.of(context), returning));
    }
  }

  private void quietly(Relation relation, TenantContext context, String how, String sql) {
    try {
      changes(relation, context, how, sql);
    } catch (SQLException broken) {
      throw new IllegalStateException("the connection to the copy broke", broken);
    }
  }

  private void remove(Relation relation, TenantContext context) throws SQLException {
    changes(relation, context, "DELETE", "delete from " + relation.sql());
    if (relation.isTable()) {
      changes(relation, context, "TRUNCATE", "truncate " + relation.sql() + " cascade");
    }
  }

  /** Reports when the victim's row is another one afterwards. */
  void changes(Relation relation, TenantContext context, String how, String sql)
      throws SQLException {
    String question = question(relation);
    if (question.isEmpty()) {
      Outcome outcome = intruder.send(Optional.of(context), sql);
      if (outcome.done() && how.equals("TRUNCATE")) {
        report("write", relation.name(), "TRUNCATE removes the rows of all tenants", "REVOKE it.");
      }
      return;
    }
    Outcome outcome = intruder.send(Optional.of(context), question, sql);
    if (outcome.done() && !outcome.after().equals(untouched(question))) {
      report(
          "write",
          relation.name(),
          "another tenant's row is changed by " + how,
          "Compare the table's tenant column with the tenant in its policies for " + how + ".");
    }
  }

  /** The answer to a question while nobody has done anything. */
  String untouched(String question) throws SQLException {
    String known = before.get(question);
    if (known == null) {
      known = intruder.send(Optional.empty(), question, "select 1").after();
      before.put(question, known);
    }
    return known;
  }

  /** A column that can be set without moving the row. */
  static Optional<Column> harmless(Relation relation) {
    return relation.columns().stream()
        .filter(Column::updatable)
        .filter(column -> !relation.isPrimary(column.name()))
        .filter(column ->
            relation.links().foreign().stream()
                .noneMatch(key -> key.columns().contains(column.name())))
        .filter(column ->
            relation.links().unique().stream()
                .noneMatch(key -> key.columns().contains(column.name())))
        .min(
            java.util.Comparator.comparing(
                (Column column) -> column.type().category() != 'S' || column.origin().defaulted()));
  }

  static String some(Column column) {
    return column.type().category() == 'S'
        ? "'changed'"
        : column.origin().required() ? World.some(column) : "null";
  }
}
