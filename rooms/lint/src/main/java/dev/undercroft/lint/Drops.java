package dev.undercroft.lint;

import dev.undercroft.sql.TokenKind;
import java.util.Map;

/** What goes, and with it perhaps rows. */
final class Drops implements Family {

  private static final Map<String, Rule> THINGS =
      Map.of(
          "schema", Rule.DROP_SCHEMA,
          "table", Rule.DROP_TABLE,
          "database", Rule.DROP_DATABASE,
          "policy", Rule.DROP_POLICY);

  @Override
  public void look(Sight sight, Phrase statement) {
    if (statement.starts("drop")) {
      drop(sight, statement);
    } else if (statement.starts("truncate")) {
      truncate(sight, statement);
    } else if (statement.starts("delete", "from") || statement.starts("update")) {
      everyRow(sight, statement);
    }
    AlterTable.of(statement).ifPresent(alter -> alter(sight, alter));
  }

  private static void drop(Sight sight, Phrase statement) {
    Rule rule = THINGS.get(statement.word(1));
    Phrase names = statement.from(2).skip("if", "exists");
    for (Phrase part : names.parts()) {
      boolean isNew = rule == Rule.DROP_TABLE && !sight.known().isStanding(part.name());
      if (rule != null && !isNew) {
        sight.report(rule, part.first(), statement.word(1) + " " + part.name() + " is dropped");
      }
    }
    cascade(sight, statement);
  }

  private static void cascade(Sight sight, Phrase clause) {
    clause.tokens().stream()
        .filter(token -> token.kind() == TokenKind.WORD && clause.has("cascade"))
        .reduce((first, last) -> last)
        .ifPresent(last ->
            sight.report(Rule.DROP_CASCADE, last, "CASCADE drops what this text does not name"));
  }

  private static void truncate(Sight sight, Phrase statement) {
    for (Phrase part : statement.from(1).skip("table").skip("only").parts()) {
      if (sight.known().isStanding(part.name())) {
        sight.report(Rule.TRUNCATE, part.first(), "all rows of " + part.name() + " go");
      }
    }
  }

  private static void everyRow(Sight sight, Phrase statement) {
    boolean isDelete = statement.starts("delete");
    Phrase target = statement.from(isDelete ? 2 : 1).skip("only");
    if (!statement.has("where") && sight.known().isStanding(target.name())) {
      sight.report(
          Rule.ROWS_WITHOUT_WHERE,
          statement.first(),
          "every row of " + target.name() + " is " + (isDelete ? "deleted" : "changed"));
    }
  }

  private static void alter(Sight sight, AlterTable alter) {
    if (!sight.known().isStanding(alter.table())) {
      return;
    }
    for (Phrase clause : alter.clauses()) {
      if (clause.starts("drop", "constraint")) {
        String name = clause.from(2).skip("if", "exists").name();
        sight.report(
            Rule.DROP_CONSTRAINT,
            clause.first(),
            "constraint " + name + " of " + alter.table() + " is dropped");
      } else if (clause.starts("drop") && !clause.starts("drop", "expression")) {
        String name = clause.from(1).skip("column").skip("if", "exists").name();
        sight.report(
            Rule.DROP_COLUMN,
            clause.first(),
            "column " + name + " of " + alter.table() + " is dropped");
      } else if (clause.starts("alter") && clause.has("drop", "not", "null")) {
        sight.report(
            Rule.DROP_NOT_NULL,
            clause.first(),
            clause.from(1).skip("column").name() + " of " + alter.table() + " may be null now");
      }
      if (clause.starts("drop")) {
        cascade(sight, clause);
      }
    }
  }
}
