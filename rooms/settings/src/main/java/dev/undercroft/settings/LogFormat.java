package dev.undercroft.settings;

/** How a log line looks. Immutable. */
public enum LogFormat {
  /** Text on a terminal, JSON everywhere else. */
  AUTO,
  /** A line for people. */
  TEXT,
  /** A JSON object on each line, for machines. */
  JSON
}
