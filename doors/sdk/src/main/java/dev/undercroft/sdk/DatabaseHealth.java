package dev.undercroft.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the application's own database how it is. Thread-safe. */
public interface DatabaseHealth {

  /**
   * Asks now, by real queries, and answers within a bounded time also when the server is gone. Does
   * not throw.
   */
  Snapshot check();

  /**
   * The same, and counts rows besides.
   *
   * @param tables names of tables of the application to count; at most 20
   */
  Snapshot check(List<String> tables);

  /** What the history and the files of migrations say. Does not throw. */
  Migrations migrations();

  /**
   * How backups of the server are, as of a minute ago at the most once it was asked; does not wait
   * for an answer and does not throw. Empty while it is not known.
   */
  Optional<Backups> backups();

  /**
   * How backups are. Only those count that were read back and found sound.
   *
   * @param freshness whether there is one that is young enough
   * @param last when the newest that counts was taken
   * @param total how many count
   */
  record Backups(Freshness freshness, Optional<Instant> last, int total) {

    /** Whether there is one that is young enough. */
    public enum Freshness {
      /** There is. */
      HEALTHY,
      /** The newest is too old. */
      STALE,
      /** There is none. */
      NO_BACKUPS
    }
  }

  /**
   * How the database is. A number that could not be measured is absent, never guessed.
   *
   * @param at when it was asked
   * @param connected whether it answered
   * @param latency how long the first query took
   * @param queries how long each query took, by a short name, in the order they were asked
   * @param connections sessions of this database, as the server counts them
   * @param pool connections of the application's own pool in use
   * @param poolSize how many the pool may have
   * @param maxConnections how many the server allows
   * @param sizeBytes size of the database on disk
   * @param transactions how transactions ended
   * @param replicationLag how far the slowest standby is behind; absent without standbys
   * @param rows rows of the tables asked for, by table
   * @param errors stable codes of what went wrong, fit for the public; empty when nothing
   */
  record Snapshot(
      Instant at,
      boolean connected,
      Optional<Duration> latency,
      Map<String, Duration> queries,
      Optional<Integer> connections,
      Optional<Integer> pool,
      Optional<Integer> poolSize,
      Optional<Integer> maxConnections,
      Optional<Long> sizeBytes,
      Optional<Transactions> transactions,
      Optional<Duration> replicationLag,
      Map<String, Long> rows,
      List<String> errors) {}

  /**
   * How transactions of the database ended since the server began to count.
   *
   * @param committed how many were kept
   * @param rolledBack how many were not
   */
  record Transactions(long committed, long rolledBack) {}

  /**
   * Names of migrations by state, in order.
   *
   * @param known whether the history could be read; the lists are empty when not
   * @param applied ran, and the file is unchanged
   * @param pending have not run
   * @param failed broke, or their file changed or vanished after they ran
   */
  record Migrations(
      boolean known, List<String> applied, List<String> pending, List<String> failed) {

    /** Copies the lists. */
    public Migrations {
      applied = List.copyOf(applied);
      pending = List.copyOf(pending);
      failed = List.copyOf(failed);
    }
  }
}
