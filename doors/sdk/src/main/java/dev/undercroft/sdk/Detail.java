package dev.undercroft.sdk;

/** How much a caller may be told about the inside of the house. */
public enum Detail {
  /** Whether it works, and numbers that reveal nothing. */
  BRIEF,
  /** Everything but secrets: for operators, and for everybody in development. */
  FULL
}
