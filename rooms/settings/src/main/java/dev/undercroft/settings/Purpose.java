package dev.undercroft.settings;

/** What the settings are read for. Immutable. */
public enum Purpose {
  /** A single command: what is set must be right. */
  COMMAND,
  /**
   * The start of the application: also nothing that is required may be missing, and in production
   * no secret may be weak.
   */
  START
}
