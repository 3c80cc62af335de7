package dev.undercroft.migrate;

import dev.undercroft.migrate.HistoryEntry.JournalEntry;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.HistoryEntry.StatementOutcome;
import dev.undercroft.migrate.MigrationStatus.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The texts that read and write the history. A row of {@code migration} is one attempt that counts;
 * a row of {@code migration_statement} one statement of a journalled migration; {@code marker} has
 * at most one row. Pure.
 */
final class HistorySql {

  /** The tables of the history, by plain name, with the columns that this version uses. */
  static final String MIGRATION = "migration";

  static final List<String> MIGRATION_COLUMNS =
      List.of(
          "id",
          "name",
          "checksum",
          "outcome",
          "origin",
          "mode",
          "started_at",
          "finished_at",
          "duration_ms",
          "applied_by",
          "database_role",
          "server_version",
          "statements",
          "statements_done",
          "error",
          "body");

  static final String STATEMENT = "migration_statement";

  static final List<String> STATEMENT_COLUMNS =
      List.of(
          "migration_id", "ordinal", "checksum", "outcome", "started_at", "finished_at", "error");

  static final String MARKER = "marker";

  private final HistoryDialect dialect;

  HistorySql(HistoryDialect dialect) {
    this.dialect = dialect;
  }

  /** What is common to the rows one deployer writes. */
  record Author(String appliedBy, String serverVersion) {}

  /** One row to write. */
  record NewRow(
      MigrationFile file,
      Outcome outcome,
      Origin origin,
      DeployPlan.Mode mode,
      int statements,
      int done,
      String error,
      Instant started,
      Author author) {}

  String insert(NewRow row) {
    boolean ended = row.outcome() != Outcome.RUNNING;
    return "insert into "
        + dialect.table(MIGRATION)
        + " (name, checksum, outcome, origin, mode, started_at, finished_at, applied_by,"
        + " database_role, server_version, statements, statements_done, error, body) values ("
        + String.join(
            ", ",
            text(row.file().name()),
            text(row.file().checksum()),
            text(word(row.outcome())),
            text(word(row.origin())),
            text(word(row.mode())),
            dialect.transactionStart(row.started()),
            ended ? dialect.clock() : "null",
            text(row.author().appliedBy()),
            dialect.currentRole(),
            text(row.author().serverVersion()),
            String.valueOf(row.statements()),
            String.valueOf(row.done()),
            row.error().isEmpty() ? "null" : text(row.error()),
            text(row.file().text()))
        + ")";
  }

  /** The row that counts for this migration gives way: nothing of it is in the database. */
  String rollBack(String name) {
    return "update "
        + dialect.table(MIGRATION)
        + " set outcome = 'rolled_back' where outcome <> 'rolled_back' and name = "
        + text(name);
  }

  /** The row that counts ends, or goes on after having failed. */
  String update(long id, Outcome outcome, int done, String error) {
    return "update "
        + dialect.table(MIGRATION)
        + " set outcome = "
        + text(word(outcome))
        + ", finished_at = "
        + (outcome == Outcome.RUNNING ? "null" : dialect.clock())
        + ", statements_done = "
        + done
        + ", error = "
        + (error.isEmpty() ? "null" : text(error))
        + " where id = "
        + id;
  }

  /** The row now stands for this text: its unfinished statements were corrected. */
  String adopt(long id, MigrationFile file, int statements) {
    return "update "
        + dialect.table(MIGRATION)
        + " set checksum = "
        + text(file.checksum())
        + ", body = "
        + text(file.text())
        + ", statements = "
        + statements
        + " where id = "
        + id;
  }

  /** Writes what is known of a statement, in place of what was. */
  String journal(long id, JournalEntry entry, String error) {
    boolean started = entry.outcome() == StatementOutcome.STARTED;
    return "insert into "
        + dialect.table(STATEMENT)
        + " (migration_id, ordinal, checksum, outcome, started_at) values ("
        + String.join(
            ", ",
            String.valueOf(id),
            String.valueOf(entry.ordinal()),
            text(entry.checksum()),
            text(word(entry.outcome())),
            dialect.clock())
        + ") on conflict (migration_id, ordinal) do update set checksum = excluded.checksum,"
        + " outcome = excluded.outcome"
        + (started ? ", started_at = excluded.started_at" : "")
        + ", finished_at = "
        + (started ? "null" : dialect.clock())
        + ", error = "
        + (error.isEmpty() ? "null" : text(error));
  }

  String forget(long id, int ordinal) {
    return "delete from "
        + dialect.table(STATEMENT)
        + " where migration_id = "
        + id
        + " and ordinal = "
        + ordinal;
  }

  /** Changes nothing, but makes the write-ahead log safe on disk up to here. */
  String touch() {
    String table = dialect.table(MIGRATION);
    return "update " + table + " set name = name where id = (select max(id) from " + table + ")";
  }

  List<String> clear() {
    return List.of(
        "delete from " + dialect.table(STATEMENT), "delete from " + dialect.table(MIGRATION));
  }

  /** All rows that count, without their texts. */
  String select() {
    return "select id, name, checksum, outcome, origin, "
        + dialect.iso("started_at")
        + " as started_at, "
        + dialect.iso("finished_at")
        + " as finished_at, applied_by, statements, statements_done, error from "
        + dialect.table(MIGRATION)
        + " where outcome <> 'rolled_back' order by id";
  }

  String selectBody(long id) {
    return "select body from " + dialect.table(MIGRATION) + " where id = " + id;
  }

  String selectId(String name) {
    return "select id from "
        + dialect.table(MIGRATION)
        + " where outcome <> 'rolled_back' and name = "
        + text(name);
  }

  String selectJournal(long id) {
    return "select ordinal, checksum, outcome from "
        + dialect.table(STATEMENT)
        + " where migration_id = "
        + id
        + " order by ordinal";
  }

  List<String> writeMarker(DatabaseMarker marker, String by) {
    String table = dialect.table(MARKER);
    return List.of(
        "delete from " + table,
        "insert into "
            + table
            + " (environment, guard, set_at, set_by) values ("
            + String.join(
                ", ",
                text(word(marker.environment())),
                text(word(marker.guard())),
                dialect.clock(),
                text(by))
            + ")");
  }

  String selectMarker() {
    return "select environment, guard from " + dialect.table(MARKER);
  }

  /** How a constant is written in a table. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private String text(String value) {
    return dialect.literal(value);
  }
}
