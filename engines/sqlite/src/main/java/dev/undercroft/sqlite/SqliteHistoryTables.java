package dev.undercroft.sqlite;

import dev.undercroft.migrate.HistoryDialect;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The history in tables whose names begin with {@code undercroft_}. Pure. */
final class SqliteHistoryTables implements HistoryDialect {

  static final String PREFIX = "undercroft_";

  private static final String MIGRATION =
      """
      create table if not exists undercroft_migration (
        id integer primary key autoincrement,
        name text not null,
        checksum text not null,
        outcome text not null check (outcome in ('running', 'applied', 'failed', 'rolled_back')),
        origin text not null check (origin in ('deploy', 'resolve', 'baseline')),
        mode text not null check (mode in ('transaction', 'journal')),
        started_at text not null,
        finished_at text,
        duration_ms integer generated always as
          (cast(round((julianday(finished_at) - julianday(started_at)) * 86400000) as integer)),
        applied_by text not null,
        database_role text not null,
        server_version text not null,
        statements integer not null,
        statements_done integer not null,
        error text,
        body text not null)\
      """;

  private static final String COUNTS_ONCE =
      """
      create unique index if not exists undercroft_migration_counts_once
        on undercroft_migration (name) where outcome <> 'rolled_back'\
      """;

  private static final String STATEMENT =
      """
      create table if not exists undercroft_migration_statement (
        migration_id integer not null references undercroft_migration (id),
        ordinal integer not null check (ordinal > 0),
        checksum text not null,
        outcome text not null check (outcome in ('started', 'done', 'failed')),
        started_at text not null,
        finished_at text,
        error text,
        primary key (migration_id, ordinal))\
      """;

  private static final String MARKER =
      """
      create table if not exists undercroft_marker (
        single integer primary key default 1 check (single = 1),
        environment text not null,
        guard text not null,
        set_at text not null,
        set_by text not null)\
      """;

  /** As long as what {@link #clock()} gives, so that texts compare as times do. */
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String table(String name) {
    return PREFIX + name;
  }

  @Override
  public List<String> create() {
    return List.of(MIGRATION, COUNTS_ONCE, STATEMENT, MARKER);
  }

  @Override
  public String literal(String text) {
    return quote(text);
  }

  static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String transactionStart(Instant asSeenHere) {
    return quote(MILLISECONDS.format(asSeenHere));
  }

  @Override
  public String clock() {
    return "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";
  }

  @Override
  public String iso(String column) {
    return column;
  }

  /** There are no roles. */
  @Override
  public String currentRole() {
    return "''";
  }
}
