package dev.undercroft.plan;

/**
 * The strongest table lock a step takes, weakest first, as in the manual's chapter on explicit
 * locking.
 */
public enum Lock {
  /** No lock on a table. */
  NONE,
  /** Conflicts with ACCESS EXCLUSIVE alone. */
  ACCESS_SHARE,
  /** Conflicts with EXCLUSIVE and above. */
  ROW_SHARE,
  /** What writing takes. */
  ROW_EXCLUSIVE,
  /** Reads and writes go on; other changes of the schema wait. */
  SHARE_UPDATE_EXCLUSIVE,
  /** Writes wait. */
  SHARE,
  /** Writes wait, and nobody else takes this lock. */
  SHARE_ROW_EXCLUSIVE,
  /** Only reads go on. */
  EXCLUSIVE,
  /** Everything waits. */
  ACCESS_EXCLUSIVE;

  /** As the manual writes it: {@code ACCESS EXCLUSIVE}. */
  public String words() {
    return name().replace('_', ' ');
  }
}
