package dev.undercroft.plan;

/** How a step stands to transactions. */
public enum Transaction {
  /** Runs in one with its neighbours. */
  SHARED,
  /**
   * Runs in one of its own: it takes long under a weak lock, and stronger ones that others took
   * must not be held meanwhile.
   */
  ALONE,
  /** Must be committed before the next step begins. */
  COMMIT_AFTER,
  /** The server refuses it inside a transaction. */
  OUTSIDE
}
