package dev.undercroft.pgisolation;

import dev.undercroft.access.TenantContext;
import dev.undercroft.pgisolation.Attacks.Stage;
import dev.undercroft.pgisolation.Facts.Callable;
import dev.undercroft.pgisolation.Intruder.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What leads past the tables: a forged context, functions, large objects. */
record SideDoors(Intruder intruder, Stage stage, Attacks attacks) {

  /** Every one, as one actor. */
  void tryAll(Map.Entry<String, String> actor) throws SQLException {
    forge(actor);
    for (Callable function : stage.facts().functions()) {
      call(function, actor);
    }
  }

  /** Naming another tenant by SQL that an application passes through. */
  void forge(Map.Entry<String, String> actor) throws SQLException {
    TenantContext own = stage.context(actor, stage.own());
    TenantContext victim = stage.context(actor, stage.victim());
    String name = Rows.literal(victim.tenant());
    String set = "select set_config('undercroft.";
    List<String> forgeries =
        List.of(
            set + "tenant', " + name + ", true)",
            set + "context', '', true), set_config('undercroft.tenant', " + name + ", true)",
            set
                + "context', replace(current_setting('undercroft.context'), "
                + Rows.literal(own.tenant())
                + ", "
                + name
                + "), true)");
    for (String forgery : forgeries) {
      Outcome outcome =
          intruder.send(
              Optional.of(own),
              "",
              forgery,
              "select undercroft.tenant() is not distinct from " + name);
      if (outcome.done() && outcome.text().contains("[t]")) {
        attacks.report(
            "forged-context",
            "undercroft.tenant()",
            "SQL that the application passes through can name any tenant",
            "Let the platform install its schema again, with roles of the project's own.");
      }
    }
  }

  /** Calls a function with what an intruder would give it. */
  void call(Callable function, Map.Entry<String, String> actor) throws SQLException {
    TenantContext victim = stage.context(actor, stage.victim());
    TenantContext own = stage.context(actor, stage.own());
    String question = everything();
    String before = intruder.send(Optional.empty(), question, "select 1").after();
    for (String word : List.of(victim.tenant(), "mark")) {
      String arguments =
          function.takes().stream()
              .map(type -> argument(type, word, victim))
              .collect(Collectors.joining(", ", "(", ")"));
      String sql =
          (function.kind() == 'p' ? "call " : "select * from ") + function.sql() + arguments;
      Outcome outcome = intruder.send(Optional.of(own), question, sql);
      if (!Marks.of(outcome.text(), sql).isEmpty()) {
        attacks.report(
            "read",
            function.name(),
            "another tenant's values come out of the function: "
                + String.join(", ", Marks.of(outcome.text(), sql)),
            "Let the function compare with the tenant, or run with the rights of its caller.");
      }
      if (outcome.done() && !outcome.after().equals(before)) {
        attacks.report(
            "write",
            function.name(),
            "another tenant's row is changed by the function",
            "Let the function compare with the tenant, or run with the rights of its caller.");
      }
    }
  }

  private static String argument(String type, String word, TenantContext victim) {
    return switch (type) {
      case "text", "varchar", "bpchar", "citext", "name" -> Rows.literal(word);
      case "uuid" ->
          victim.tenant().length() == 36 ? Rows.literal(victim.tenant()) + "::uuid" : "null";
      case "int2", "int4", "int8", "numeric", "float4", "float8" -> "10";
      case "bool" -> "true";
      case "date" -> "date '2030-01-01'";
      case "timestamptz", "timestamp" -> "now()";
      case "json", "jsonb" -> "'{}'";
      default -> "null";
    };
  }

  /** The victim's rows in all tables. */
  private String everything() {
    List<String> parts = new ArrayList<>();
    for (Relation relation : stage.facts().relations().values()) {
      Attacks.key(relation, stage.victim())
          .ifPresent(where ->
              parts.add("select t::text as row from " + relation.sql() + " t where " + where));
    }
    return parts.isEmpty()
        ? "select 1"
        : "select md5(string_agg(row, '' order by row)) from ("
            + String.join(" union all ", parts)
            + ") rows";
  }
}
