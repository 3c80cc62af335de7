package dev.undercroft.plan;

/** How much a step has to do while it holds its lock. */
public enum Work {
  /** Only the system tables change; takes milliseconds. */
  CATALOG,
  /** All rows are read. */
  SCAN,
  /** All rows are written. */
  REWRITE,
  /** An index is built. */
  INDEX
}
