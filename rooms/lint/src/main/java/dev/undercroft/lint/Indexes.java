package dev.undercroft.lint;

import dev.undercroft.sql.TransactionUse;

/** Indexes, and what else PostgreSQL can also do without stopping others. */
final class Indexes implements Family {

  private static final int MOST_COLUMNS = 3;

  @Override
  public void look(Sight sight, Phrase statement) {
    if (statement.starts("create", "index") || statement.starts("create", "unique", "index")) {
      created(sight, statement);
    } else if (statement.starts("drop", "index")) {
      dropped(sight, statement);
    } else if (statement.starts("reindex") && !statement.mentions("concurrently")) {
      sight.report(
          Rule.REINDEX_NOT_CONCURRENT, statement.first(), "writers wait until it is rebuilt");
    } else if (statement.starts("refresh", "materialized", "view")) {
      refreshed(sight, statement);
    } else {
      AlterTable.of(statement).ifPresent(alter -> detached(sight, alter));
    }
    amongOthers(sight, statement);
  }

  private static void created(Sight sight, Phrase statement) {
    Phrase on = statement.after("on").skip("only");
    String table = on.name();
    boolean isPartitioned = statement.has("on", "only");
    if (!statement.has("concurrently") && !isPartitioned && sight.known().isStanding(table)) {
      sight.report(
          Rule.INDEX_NOT_CONCURRENT,
          statement.first(),
          "writers of " + table + " wait until the index is built");
    }
    int columns = on.named().map(Phrase.Named::rest).orElse(on).group().parts().size();
    if (columns > MOST_COLUMNS && !statement.starts("create", "unique")) {
      sight.report(Rule.WIDE_INDEX, statement.first(), "an index of %d columns".formatted(columns));
    }
  }

  private static void dropped(Sight sight, Phrase statement) {
    Phrase names = statement.from(2);
    if (names.starts("concurrently")) {
      return;
    }
    for (Phrase part : names.skip("if", "exists").parts()) {
      if (sight.known().isStandingIndex(part.name())) {
        sight.report(
            Rule.DROP_INDEX_NOT_CONCURRENT,
            part.first(),
            "everybody who uses the table of " + part.name() + " waits");
      }
    }
  }

  private static void refreshed(Sight sight, Phrase statement) {
    Phrase view = statement.from(3);
    boolean isEmptied = view.has("with", "no", "data");
    if (!view.starts("concurrently") && !isEmptied && sight.known().isStanding(view.name())) {
      sight.report(
          Rule.REFRESH_NOT_CONCURRENT,
          statement.first(),
          "readers of " + view.name() + " wait until it is filled");
    }
  }

  private static void detached(Sight sight, AlterTable alter) {
    for (Phrase clause : alter.clauses()) {
      boolean isOnline = clause.has("concurrently") || clause.has("finalize");
      if (clause.starts("detach", "partition")
          && !isOnline
          && sight.known().isStanding(alter.table())) {
        sight.report(
            Rule.DETACH_NOT_CONCURRENT,
            clause.first(),
            "everybody who uses " + alter.table() + " waits");
      }
    }
  }

  private static void amongOthers(Sight sight, Phrase statement) {
    boolean mixes =
        statement.mentions("concurrently")
            && sight.statements().stream()
                .anyMatch(one ->
                    one.command().use() == TransactionUse.INSIDE
                        && !one.command().name().equals("SET"));
    if (mixes && !statement.starts("refresh") && !sight.isTransaction()) {
      sight.report(
          Rule.CONCURRENT_AMONG_OTHERS,
          statement.first(),
          "this file cannot be rolled back as a whole: it holds a CONCURRENTLY and other"
              + " statements");
    }
  }
}
