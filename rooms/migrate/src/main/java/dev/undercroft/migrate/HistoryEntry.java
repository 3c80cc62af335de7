package dev.undercroft.migrate;

import dev.undercroft.migrate.MigrationStatus.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row of the history. Immutable.
 *
 * @param id its number in the order in which rows were written
 * @param name the migration's full name
 * @param checksum of the text that ran
 * @param outcome how it ended
 * @param origin how it came into the history
 * @param started when it began
 * @param finished when it ended; empty while it runs
 * @param by who ran it
 * @param statements how many statements it has
 * @param statementsDone how many are done
 * @param error why it failed; empty text when it did not
 * @param body the text that ran, where it was asked for
 * @param journal its statements, when it is journalled and not at its end, in order
 */
record HistoryEntry(
    long id,
    String name,
    String checksum,
    Outcome outcome,
    Origin origin,
    Instant started,
    Optional<Instant> finished,
    String by,
    int statements,
    int statementsDone,
    String error,
    Optional<String> body,
    List<JournalEntry> journal) {

  HistoryEntry {
    journal = List.copyOf(journal);
  }

  /** The number at the front of the name. */
  long version() {
    return Long.parseLong(name.substring(0, name.indexOf('_')));
  }

  HistoryEntry with(Optional<String> text, List<JournalEntry> statementsSoFar) {
    return new HistoryEntry(
        id,
        name,
        checksum,
        outcome,
        origin,
        started,
        finished,
        by,
        statements,
        statementsDone,
        error,
        text,
        statementsSoFar);
  }

  /** How a migration ended. */
  enum Outcome {
    /** It began, statement by statement, and has not ended. */
    RUNNING,
    /** All of it is in the database. */
    APPLIED,
    /** A statement failed; of a transaction nothing is in the database. */
    FAILED,
    /** Nothing of it is in the database any more; kept for the record. */
    ROLLED_BACK
  }

  /**
   * One statement of a journalled migration.
   *
   * @param ordinal its place, from 1
   * @param checksum of its text
   * @param outcome how it ended
   */
  record JournalEntry(int ordinal, String checksum, StatementOutcome outcome) {}

  /** How a journalled statement ended. */
  enum StatementOutcome {
    /** It was sent; nobody saw its end. */
    STARTED,
    /** It took effect. */
    DONE,
    /** It failed. */
    FAILED
  }
}
