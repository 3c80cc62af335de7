package dev.undercroft.sql;

/**
 * A stretch of a text, in UTF-16 units from 0. Immutable.
 *
 * @param start where it begins
 * @param end where it ends, exclusive
 */
public record Span(int start, int end) {

  /** Its characters in the text it came from. */
  public String in(String text) {
    return text.substring(start, end);
  }
}
