package dev.undercroft.migrate;

/** What a person found out about a migration that stands in the way. */
public enum Resolution {
  /** All its changes are in the database; it counts as applied. */
  APPLIED,
  /** None of its changes are in the database; it is pending again. */
  ROLLED_BACK,
  /** The statement whose outcome was unknown took effect; deploying goes on after it. */
  STATEMENT_DONE,
  /** The statement whose outcome was unknown took no effect; deploying runs it again. */
  STATEMENT_NOT_DONE
}
