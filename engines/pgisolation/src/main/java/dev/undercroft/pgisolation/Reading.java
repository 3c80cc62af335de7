package dev.undercroft.pgisolation;

import dev.undercroft.access.TenantContext;
import dev.undercroft.pgisolation.Attacks.Stage;
import dev.undercroft.pgisolation.Intruder.Outcome;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The ways to read what is another tenant's. */
record Reading(Intruder intruder, Stage stage, Attacks attacks) {

  void on(Relation relation, Map.Entry<String, String> actor) throws SQLException {
    String columns = relation.readable();
    if (columns.isEmpty()) {
      return;
    }
    TenantContext own = stage.context(actor, stage.own());
    for (Map.Entry<String, String[]> way : ways(relation, columns).entrySet()) {
      Outcome outcome = intruder.send(Optional.of(own), "", way.getValue());
      attacks.look(relation, way.getKey(), String.join(" ", way.getValue()), outcome);
    }
    exists(relation, own);
    without(relation, columns);
    stale(relation, columns, actor);
    hidden(relation, columns, actor);
  }

  private static Map<String, String[]> ways(Relation relation, String columns) {
    String select = "select " + columns + " from " + relation.sql();
    Map<String, String[]> ways = new LinkedHashMap<>();
    ways.put("SELECT", new String[] {select});
    ways.put("COPY", new String[] {"copy (" + select + ") to stdout"});
    ways.put(
        "a cursor",
        new String[] {"declare intruder cursor for " + select, "fetch all from intruder"});
    ways.put(
        "EXPLAIN",
        new String[] {"explain (analyze, verbose, costs off, timing off, summary off) " + select});
    ways.put(
        "statistics",
        new String[] {
          "select most_common_vals::text, histogram_bounds::text from pg_catalog.pg_stats"
              + " where schemaname || '.' || tablename = "
              + Rows.literal(relation.name())
        });
    if (relation.isTable()) {
      ways.put("FOR UPDATE", new String[] {select + " for update"});
      ways.put("TABLESAMPLE", new String[] {select + " tablesample bernoulli (100)"});
    }
    return ways;
  }

  /** Counting says whether a row is there without showing it. */
  private void exists(Relation relation, TenantContext own) throws SQLException {
    Optional<String> key = Attacks.key(relation, stage.victim());
    if (key.isPresent()) {
      String sql = "select count(*) from " + relation.sql() + " where " + key.get();
      Outcome outcome = intruder.send(Optional.of(own), sql);
      if (outcome.done() && !outcome.text().contains("[0]")) {
        attacks.report(
            "read",
            relation.name(),
            "another tenant's row is counted",
            "Compare the table's tenant column with the tenant in its policies for SELECT.");
      }
    }
  }

  private void without(Relation relation, String columns) throws SQLException {
    String sql = "select " + columns + " from " + relation.sql();
    Outcome outcome = intruder.send(Optional.empty(), sql);
    if (!Marks.of(outcome.text(), sql).isEmpty()) {
      attacks.report(
          "read-without-tenant",
          relation.name(),
          "rows come out where no tenant is set",
          "Let the policies be false without a context; comparisons with null are.");
    }
  }

  /** A plan that was made for one tenant, used for the next. */
  private void stale(Relation relation, String columns, Map.Entry<String, String> actor)
      throws SQLException {
    Outcome outcome =
        intruder.handedOn(
            stage.context(actor, stage.victim()),
            stage.context(actor, stage.own()),
            "select " + columns + " from " + relation.sql());
    attacks.look(relation, "a prepared statement of the session", "", outcome);
  }

  /** A policy that compares the wrong column shuts the owner of the row out. */
  private void hidden(Relation relation, String columns, Map.Entry<String, String> actor)
      throws SQLException {
    if (stage.tenancy().shows(relation) && stage.victim().row(relation.name()).isPresent()) {
      String sql = "select " + columns + " from " + relation.sql();
      Outcome outcome = intruder.send(Optional.of(stage.context(actor, stage.victim())), sql);
      attacks.seen(relation, outcome.done() && !Marks.of(outcome.text(), "").isEmpty());
    }
  }
}
