package dev.undercroft.settings;

/** A text that one place gives for a setting. Immutable. */
record Candidate(String text, Origin origin) {

  /** Never the text. */
  @Override
  public String toString() {
    return origin.place();
  }
}
