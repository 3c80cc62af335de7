package dev.undercroft.lint;

import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.Locale;
import java.util.Set;

/** What a file does to its transaction, and for how long others wait for it. */
final class Transactions implements Family {

  private static final Set<String> CONTROL =
      Set.of("begin", "commit", "rollback", "abort", "end", "start");
  private static final Set<String> LIMITS = Set.of("lock_timeout", "statement_timeout");

  @Override
  public void look(Sight sight, Phrase statement) {
    if (CONTROL.contains(statement.word(0)) && !statement.starts("rollback", "to")) {
      sight.report(
          Rule.TRANSACTION_CONTROL,
          statement.first(),
          statement.word(0).toUpperCase(Locale.ROOT) + " stands in a migration");
    } else if (statement.starts("lock")) {
      sight.report(Rule.LOCK_TABLE, statement.first(), "a lock is held until the transaction ends");
    } else if (statement.starts("set")) {
      set(sight, statement);
    } else if (statement.starts("vacuum") && statement.mentions("full")) {
      sight.report(Rule.TABLE_REWRITE, statement.first(), "VACUUM FULL writes tables anew");
    } else if (statement.starts("cluster")) {
      sight.report(Rule.TABLE_REWRITE, statement.first(), "CLUSTER writes the table anew");
    }
    AlterTable.of(statement).ifPresent(alter -> alter(sight, alter));
    backfill(sight, statement);
    labels(sight, statement);
  }

  private static void set(Sight sight, Phrase statement) {
    Phrase setting = statement.from(1).skip("local").skip("session");
    String value = setting.word(2).replace("'", "");
    if (LIMITS.contains(setting.word(0)) && value.matches("0(ms|s|min|h)?")) {
      sight.report(
          Rule.TIMEOUT_OFF,
          statement.first(),
          setting.word(0) + " is switched off for all that follows");
    }
  }

  private static void alter(Sight sight, AlterTable alter) {
    if (!sight.known().isStanding(alter.table())) {
      return;
    }
    for (Phrase clause : alter.clauses()) {
      boolean rewrites =
          clause.starts("set", "logged")
              || clause.starts("set", "unlogged")
              || clause.starts("set", "tablespace")
              || clause.starts("set", "access", "method");
      if (rewrites) {
        sight.report(
            Rule.TABLE_REWRITE,
            clause.first(),
            clause.written() + " writes " + alter.table() + " anew");
      }
    }
  }

  private static void backfill(Sight sight, Phrase statement) {
    boolean changesRows =
        statement.starts("update")
            || statement.starts("delete", "from")
            || (statement.starts("insert", "into") && statement.has("select"));
    if (!changesRows || !sight.isTransaction() || !sight.known().hasChangedAny()) {
      return;
    }
    Phrase target = statement.from(statement.starts("update") ? 1 : 2).skip("only");
    if (sight.known().isStanding(target.name())) {
      sight.report(
          Rule.BACKFILL_WITH_CHANGE,
          statement.first(),
          "rows of %s change while the locks of this transaction are held"
              .formatted(target.name()));
    }
  }

  private static void labels(Sight sight, Phrase statement) {
    if (sight.known().labels().isEmpty() || !sight.isTransaction()) {
      return;
    }
    for (int i = 0; i < statement.tokens().size(); i++) {
      Token token = statement.tokens().get(i);
      boolean isUse =
          token.kind() == TokenKind.STRING && sight.known().labels().contains(statement.word(i));
      if (isUse && !statement.starts("alter", "type")) {
        sight.report(
            Rule.LABEL_USED_AT_ONCE,
            token,
            statement.word(i) + " was added in this transaction and cannot be used before its end");
      }
    }
  }
}
