package dev.undercroft.lint;

import dev.undercroft.sql.Token;

/** Rules that are added to tables with rows. */
final class Constraints implements Family {

  @Override
  public void look(Sight sight, Phrase statement) {
    AlterTable.of(statement)
        .ifPresent(alter -> alter.clauses().forEach(clause -> clause(sight, alter, clause)));
    if (statement.starts("alter", "domain")
        && statement.has("add")
        && !statement.has("not", "valid")) {
      sight.report(
          Rule.DOMAIN_CONSTRAINT,
          statement.first(),
          "all tables with a column of the domain %s are read".formatted(statement.from(2).name()));
    }
  }

  private static void clause(Sight sight, AlterTable alter, Phrase clause) {
    if (clause.starts("validate", "constraint")) {
      validated(sight, alter, clause);
      return;
    }
    boolean isNamed = clause.starts("add", "constraint");
    Phrase rule =
        isNamed
            ? clause.from(2).named().map(Phrase.Named::rest).orElse(clause)
            : clause.starts("add") ? clause.from(1) : clause;
    boolean adds = clause.starts("add") && sight.known().isStanding(alter.table());
    if (adds && !clause.has("not", "valid") && !clause.has("using", "index")) {
      added(sight, alter.table(), clause.first(), rule);
    }
  }

  private static void added(Sight sight, String table, Token at, Phrase rule) {
    if (rule.starts("foreign", "key")) {
      sight.report(
          Rule.ADD_FOREIGN_KEY,
          at,
          "all rows of %s are checked while nobody may write it or %s"
              .formatted(table, rule.after("references").name()));
    } else if (rule.starts("check") || rule.starts("not", "null")) {
      sight.report(
          Rule.ADD_CHECK, at, "all rows of " + table + " are read while nobody may use it");
    } else if (rule.starts("unique")) {
      sight.report(
          Rule.ADD_UNIQUE,
          at,
          "a unique index of " + table + " is built while nobody may use it; fails on duplicates");
    } else if (rule.starts("primary", "key")) {
      sight.report(
          Rule.ADD_PRIMARY_KEY, at, "the key of " + table + " is built while nobody may use it");
    } else if (rule.starts("exclude")) {
      sight.report(
          Rule.ADD_EXCLUSION,
          at,
          "an exclusion constraint of " + table + " is built while nobody may use it");
    }
  }

  private static void validated(Sight sight, AlterTable alter, Phrase clause) {
    String name = clause.from(2).name();
    if (sight.isTransaction()
        && sight.known().isStanding(alter.table())
        && sight.known().wasAddedUnchecked(alter.table(), name)) {
      sight.report(
          Rule.VALIDATE_AT_ONCE,
          clause.first(),
          "%s is checked in the transaction that added it, whose lock stays until the end"
              .formatted(name));
    }
  }
}
