package dev.undercroft.lint;

/** New names, which running programs do not know. */
final class Renames implements Family {

  @Override
  public void look(Sight sight, Phrase statement) {
    AlterTable.of(statement).ifPresent(alter -> alter(sight, alter));
    if (statement.starts("alter", "schema") && statement.has("rename", "to")) {
      sight.report(
          Rule.RENAME_SCHEMA,
          statement.first(),
          "schema " + statement.from(2).name() + " gets another name");
    }
    boolean isType = statement.starts("alter", "type") || statement.starts("alter", "domain");
    boolean renames = statement.has("rename", "to") || statement.has("rename", "value");
    if (isType && renames) {
      sight.report(
          Rule.RENAME_TYPE,
          statement.first(),
          statement.has("rename", "value")
              ? "label %s of %s gets another name"
                  .formatted(statement.after("value").word(0), statement.from(2).name())
              : "type " + statement.from(2).name() + " gets another name");
    }
  }

  private static void alter(Sight sight, AlterTable alter) {
    if (!sight.known().isStanding(alter.table())) {
      return;
    }
    for (Phrase clause : alter.clauses()) {
      if (clause.starts("rename", "to")) {
        sight.report(
            Rule.RENAME_TABLE,
            clause.first(),
            "table %s becomes %s".formatted(alter.table(), clause.from(2).name()));
      } else if (clause.starts("rename") && !clause.starts("rename", "constraint")) {
        Phrase column = clause.from(1).skip("column");
        sight.report(
            Rule.RENAME_COLUMN,
            clause.first(),
            "column %s of %s becomes %s"
                .formatted(column.name(), alter.table(), clause.after("to").name()));
      }
    }
  }
}
