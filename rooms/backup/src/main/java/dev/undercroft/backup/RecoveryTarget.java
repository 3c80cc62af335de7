package dev.undercroft.backup;

import java.time.Instant;

/** How far the log is replayed. Immutable. */
public sealed interface RecoveryTarget {

  /** To the end of the stored log. */
  record Latest() implements RecoveryTarget {}

  /** To the last transaction that committed at or before a time. */
  record AtTime(Instant time) implements RecoveryTarget {}

  /** To a position, which is included. */
  record AtLsn(Lsn lsn) implements RecoveryTarget {}

  /** To a point that {@code pg_create_restore_point} named. */
  record AtName(String name) implements RecoveryTarget {}

  /** To the commit of a transaction, which is included. */
  record AtTransaction(long xid) implements RecoveryTarget {}

  /**
   * To the last moment before a table was dropped; before the last time, if it was dropped more
   * than once.
   *
   * @param database the database's object identifier
   * @param relation the table's object identifier
   * @param name what people call it
   */
  record BeforeDrop(long database, long relation, String name) implements RecoveryTarget {}

  /** To the end of the backup and no further. */
  record Immediate() implements RecoveryTarget {}
}
