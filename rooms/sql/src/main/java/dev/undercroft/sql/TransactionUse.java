package dev.undercroft.sql;

/** How a statement gets along with a transaction block. Immutable. */
public enum TransactionUse {
  /** It may run in one. */
  INSIDE,
  /** It means something only in one: {@code SAVEPOINT}, {@code SET LOCAL}, {@code LOCK}. */
  ONLY_INSIDE,
  /** The server refuses it in one: {@code CREATE INDEX CONCURRENTLY}, {@code VACUUM}. */
  OUTSIDE,
  /** It may end the transaction it runs in: {@code CALL}, {@code DO}. */
  UNDECIDED,
  /** It begins, ends or prepares one. */
  CONTROL
}
