package dev.undercroft.postgres;

import dev.undercroft.migrate.HistoryDialect;
import java.time.Instant;
import java.util.List;

/** The history in the schema {@code undercroft} of the database itself. Pure. */
final class MigrationHistoryTables implements HistoryDialect {

  static final String SCHEMA = "undercroft";

  private static final String SCHEMA_EXISTS =
      """
      do $$ begin
        if to_regnamespace('undercroft') is null then create schema undercroft; end if;
      end $$\
      """;

  private static final String MIGRATION =
      """
      create table if not exists undercroft.migration (
        id bigint generated always as identity primary key,
        name text not null,
        checksum text not null,
        outcome text not null check (outcome in ('running', 'applied', 'failed', 'rolled_back')),
        origin text not null check (origin in ('deploy', 'resolve', 'baseline')),
        mode text not null check (mode in ('transaction', 'journal')),
        started_at timestamptz not null,
        finished_at timestamptz,
        duration_ms bigint generated always as
          ((extract(epoch from (finished_at - started_at)) * 1000)::bigint) stored,
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
      create unique index if not exists migration_counts_once
        on undercroft.migration (name) where outcome <> 'rolled_back'\
      """;

  private static final String STATEMENT =
      """
      create table if not exists undercroft.migration_statement (
        migration_id bigint not null references undercroft.migration (id),
        ordinal integer not null check (ordinal > 0),
        checksum text not null,
        outcome text not null check (outcome in ('started', 'done', 'failed')),
        started_at timestamptz not null,
        finished_at timestamptz,
        error text,
        primary key (migration_id, ordinal))\
      """;

  private static final String MARKER =
      """
      create table if not exists undercroft.marker (
        single boolean primary key default true check (single),
        environment text not null,
        guard text not null,
        set_at timestamptz not null,
        set_by text not null)\
      """;

  @Override
  public String table(String name) {
    return SCHEMA + "." + name;
  }

  @Override
  public List<String> create() {
    return List.of(SCHEMA_EXISTS, MIGRATION, COUNTS_ONCE, STATEMENT, MARKER);
  }

  @Override
  public String literal(String text) {
    return quote(text);
  }

  /** Escaped so that it means the same whatever {@code standard_conforming_strings} is. */
  static String quote(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  @Override
  public String transactionStart(Instant asSeenHere) {
    return "transaction_timestamp()";
  }

  @Override
  public String clock() {
    return "clock_timestamp()";
  }

  @Override
  public String iso(String column) {
    return "to_char(" + column + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
  }

  @Override
  public String currentRole() {
    return "session_user";
  }
}
