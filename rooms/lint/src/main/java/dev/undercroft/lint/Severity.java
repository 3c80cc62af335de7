package dev.undercroft.lint;

/** How grave a finding is, gravest first. */
public enum Severity {
  /** Rows are lost, programs that run now break, or the server refuses it. */
  ERROR,
  /** Others wait long, it fails on rows that break a rule, or somebody may see too much. */
  WARNING,
  /** Works, and there is something better. */
  NOTE
}
