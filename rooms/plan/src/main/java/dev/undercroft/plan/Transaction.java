package dev.undercroft.plan;

/** How a step stands to transactions. */
public enum Transaction {
  /** Runs in one with its neighbours. */
  SHARED,
  /** Must be committed before the next step begins. */
  COMMIT_AFTER,
  /** The server refuses it inside a transaction. */
  OUTSIDE
}
