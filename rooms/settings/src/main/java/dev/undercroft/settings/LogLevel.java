package dev.undercroft.settings;

/** How much a log says; each level includes those before it. Immutable. */
public enum LogLevel {
  /** Only what failed. */
  ERROR,
  /** Also what will fail soon, or is slow. */
  WARN,
  /** Also what happened. */
  INFO,
  /** Also every statement sent to a database, never with its values. */
  QUERY,
  /** Everything. */
  DEBUG
}
