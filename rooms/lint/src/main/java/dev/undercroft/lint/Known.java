package dev.undercroft.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What earlier statements have made of the database, as far as their text tells. Things that this
 * very file made are nobody's yet: no lock on them hurts. Mutable, for one run.
 */
final class Known {

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> tableOfIndex = new HashMap<>();
  private final Map<String, String> columnOfCheck = new HashMap<>();
  private final Set<String> proven = new HashSet<>();
  private final Set<String> made = new HashSet<>();
  private final Set<String> unchecked = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private final Set<String> labels = new HashSet<>();

  /** A new file begins: what was made before stands now, and others use it. */
  void nextFile() {
    made.clear();
    unchecked.clear();
    changed.clear();
    labels.clear();
  }

  /** Whether others use this table already. */
  boolean isStanding(String table) {
    return !made.contains(table);
  }

  /** Whether others use the table of this index already. */
  boolean isStandingIndex(String index) {
    return isStanding(tableOfIndex.getOrDefault(index, ""));
  }

  Optional<String> type(String table, String column) {
    return Optional.ofNullable(types.get(table + "." + column));
  }

  /** Whether a checked constraint says that the column has no nulls. */
  boolean isProven(String table, String column) {
    return proven.contains(table + "." + column);
  }

  boolean wasAddedUnchecked(String table, String constraint) {
    return unchecked.contains(table + "." + constraint);
  }

  /** Whether this file has changed a table that others use. */
  boolean hasChanged(String table) {
    return changed.contains(table);
  }

  boolean hasChangedAny() {
    return !changed.isEmpty();
  }

  Set<String> labels() {
    return labels;
  }

  /** Takes notice of what a statement does. */
  void take(Phrase statement) {
    Made.in(statement)
        .ifPresent(table -> {
          made.add(table.name());
          table.columns().forEach((column, type) -> types.put(table.name() + "." + column, type));
        });
    if (statement.starts("create") && statement.has("index")) {
      takeIndex(statement);
    } else if (statement.starts("alter", "type") && statement.has("add", "value")) {
      Phrase label = statement.after("add", "value").skip("if", "not", "exists");
      labels.add(label.word(0));
    } else {
      AlterTable.of(statement).ifPresent(this::takeAlter);
    }
  }

  private void takeIndex(Phrase statement) {
    Phrase rest = statement.after("index").skip("concurrently").skip("if", "not", "exists");
    String table = statement.after("on").skip("only").name();
    if (!rest.starts("on")) {
      tableOfIndex.put(rest.name(), table);
    }
  }

  private void takeAlter(AlterTable alter) {
    if (isStanding(alter.table())) {
      changed.add(alter.table());
    }
    for (Phrase clause : alter.clauses()) {
      takeClause(alter.table(), clause);
    }
  }

  private void takeClause(String table, Phrase clause) {
    if (clause.starts("rename", "to") && !isStanding(table)) {
      made.add(clause.from(2).name());
    } else if (clause.starts("validate", "constraint")) {
      String column = columnOfCheck.get(table + "." + clause.from(2).name());
      if (column != null) {
        proven.add(table + "." + column);
      }
    } else if (clause.starts("add", "constraint")) {
      takeConstraint(table, clause);
    } else {
      Column.added(clause).ifPresent(c -> types.put(table + "." + c.name(), c.type()));
      Column.retyped(clause).ifPresent(c -> types.put(table + "." + c.name(), c.type()));
    }
  }

  private void takeConstraint(String table, Phrase clause) {
    String name = clause.from(2).name();
    Phrase rule = clause.from(2).named().map(Phrase.Named::rest).orElse(clause);
    boolean isLater = clause.has("not", "valid");
    if (isLater) {
      unchecked.add(table + "." + name);
    }
    Phrase condition = rule.starts("check") ? rule.group() : rule.skip("not", "null");
    boolean saysNotNull =
        rule.starts("not", "null")
            || (condition.mentions("is", "not", "null") && !condition.mentions("or"));
    if (saysNotNull) {
      String column = condition.name();
      columnOfCheck.put(table + "." + name, column);
      if (!isLater) {
        proven.add(table + "." + column);
      }
    }
  }
}
