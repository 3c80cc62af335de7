package dev.undercroft.safekeeping;

import dev.undercroft.backup.Lsn;
import java.time.Instant;
import java.util.List;

/**
 * A record of the write-ahead log at which recovery can stop. Immutable.
 *
 * @param kind what it is
 * @param position where the record begins
 * @param at when it was written, by the server's clock
 * @param transaction the transaction's number; 0 for a restore point
 * @param name the restore point's name; empty for a transaction
 * @param dropped the tables, indexes and views that the transaction dropped
 */
record LogPoint(
    Kind kind, Lsn position, Instant at, long transaction, String name, List<Dropped> dropped) {

  /** Copies the list. */
  LogPoint {
    dropped = List.copyOf(dropped);
  }

  /** A relation that is gone, by the object identifiers of its database and its own. */
  record Dropped(long database, long relation) {}

  /** What a point is. */
  enum Kind {
    /** A transaction committed. */
    COMMIT,
    /** Somebody called {@code pg_create_restore_point}. */
    RESTORE_POINT
  }
}
