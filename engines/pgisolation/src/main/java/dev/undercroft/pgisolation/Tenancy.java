package dev.undercroft.pgisolation;

import dev.undercroft.pgisolation.Relation.Column;
import dev.undercroft.pgisolation.Relation.Foreign;
import dev.undercroft.pgisolation.Relation.Policy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which column of which table names the tenant, as the row policies tell, and where tenants
 * themselves stand. Immutable.
 *
 * @param columns columns that a policy compares with the tenant, by table
 * @param root the table whose primary key is the tenant's id; empty when the policies tell none
 */
record Tenancy(Map<String, Set<String>> columns, Optional<String> root) {

  private static final String CONTEXT =
      "\\(*\\s*SELECT undercroft\\.tenant(?:_uuid)?\\(\\)|\\(*undercroft\\.tenant(?:_uuid)?\\(\\)";
  private static final Pattern COMPARED =
      Pattern.compile(
          "\\(*\"?([A-Za-z_][A-Za-z0-9_]*)\"?\\)*(?:::[a-z ]+)?\\)* = (?:" + CONTEXT + ")");
  private static final Pattern TURNED =
      Pattern.compile(
          "undercroft\\.tenant(?:_uuid)?\\(\\)(?: AS [a-z_]+)?\\)*(?:::[a-z]+)?\\)* ="
              + " \\(*\"?([A-Za-z_][A-Za-z0-9_]*)\"?");

  static Tenancy of(Facts facts) {
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    for (Relation relation : facts.relations().values()) {
      for (Policy policy : relation.policies()) {
        for (String column : compared(relation, policy.using() + " " + policy.check())) {
          columns.computeIfAbsent(relation.name(), any -> new TreeSet<>()).add(column);
        }
      }
    }
    return new Tenancy(columns, root(facts, columns));
  }

  /** The columns of the relation itself that a condition compares with the tenant. */
  static Set<String> compared(Relation relation, String condition) {
    Set<String> found = new TreeSet<>();
    for (Pattern pattern : java.util.List.of(COMPARED, TURNED)) {
      Matcher matcher = pattern.matcher(condition);
      while (matcher.find()) {
        boolean qualified = matcher.start(1) > 0 && condition.charAt(matcher.start(1) - 1) == '.';
        if (!qualified && relation.column(matcher.group(1)).isPresent()) {
          found.add(matcher.group(1));
        }
      }
    }
    return found;
  }

  /** The table that the tenant columns refer to most, or that compares its own key. */
  private static Optional<String> root(Facts facts, Map<String, Set<String>> columns) {
    Map<String, Integer> votes = new TreeMap<>();
    columns.forEach((table, names) -> {
      Relation relation = java.util.Objects.requireNonNull(facts.relations().get(table));
      for (String name : names) {
        for (Foreign key : relation.links().foreign()) {
          if (key.columns().equals(java.util.List.of(name))) {
            votes.merge(key.target(), 1, Integer::sum);
          }
        }
        if (relation.links().primary().equals(java.util.List.of(name))
            && relation.links().foreign().stream().noneMatch(key -> key.columns().contains(name))) {
          votes.merge(table, 1, Integer::sum);
        }
      }
    });
    return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  boolean names(Relation relation, String column) {
    return columns.getOrDefault(relation.name(), Set.of()).contains(column);
  }

  /** Whether a policy for reading lets tenants at rows that name them. */
  boolean shows(Relation relation) {
    return relation.policies().stream()
        .anyMatch(policy ->
            (policy.command() == 'r' || policy.command() == '*')
                && !compared(relation, policy.using()).isEmpty());
  }

  /** Role by role, the table whose key is the tenant's id. */
  Map<String, String> actors(IsolationRules rules) {
    if (!rules.actors().isEmpty()) {
      return new TreeMap<>(rules.actors());
    }
    Map<String, String> one = new HashMap<>();
    one.put("", root.orElse(""));
    return one;
  }

  /** The base type of tenants' ids. */
  String idType(Facts facts) {
    return columns.entrySet().stream()
            .flatMap(
                entry -> entry.getValue().stream().map(name -> column(facts, entry.getKey(), name)))
            .map(column -> column.type().base())
            .anyMatch("uuid"::equals)
        ? "uuid"
        : "text";
  }

  private static Column column(Facts facts, String table, String name) {
    return java.util.Objects.requireNonNull(facts.relations().get(table))
        .column(name)
        .orElseThrow();
  }
}
