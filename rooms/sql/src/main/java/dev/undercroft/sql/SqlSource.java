package dev.undercroft.sql;

import java.util.Arrays;

/**
 * An SQL text with a name for messages. Knows its lines; {@code \n}, {@code \r\n} and a lone {@code
 * \r} end one. Immutable, thread-safe.
 */
public final class SqlSource {

  private final String name;
  private final String text;
  private final int[] lineStarts;

  /**
   * Wraps a text.
   *
   * @param name the file as a person would name it
   */
  public SqlSource(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean ends =
          c == '\n' || (c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) != '\n'));
      if (ends) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = at + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  /** The name for messages. */
  public String name() {
    return name;
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** How many lines there are; a text that ends with a line end has an empty last line. */
  public int lines() {
    return lineStarts.length;
  }

  /** The place of an offset, which is at most the length of the text. */
  public Position at(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(offset, line + 1, text.codePointCount(lineStarts[line], offset) + 1);
  }

  /**
   * The place of the n-th character (code point, from 1) after an offset: how PostgreSQL reports
   * where an error is, counted in the statement it was sent. Beyond the end means the end.
   */
  public Position atCharacter(int from, int character) {
    int left = Math.min(character - 1, text.codePointCount(from, text.length()));
    return at(text.offsetByCodePoints(from, Math.max(0, left)));
  }

  /** A line without its end, counted from 1. */
  public String line(int number) {
    int start = lineStarts[number - 1];
    int end = number < lineStarts.length ? lineStarts[number] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return name;
  }
}
