package dev.undercroft.base;

import java.nio.charset.StandardCharsets;

/**
 * The name of a database object, exactly as the server stores it: case kept, not quoted. Immutable.
 *
 * @param text the stored name, not empty, without a NUL character
 */
public record Identifier(String text) implements Comparable<Identifier> {

  /** The longest name PostgreSQL keeps, in bytes of UTF-8 (NAMEDATALEN - 1). */
  public static final int MAX_BYTES = 63;

  /** Refuses what no server can store. */
  public Identifier {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an identifier is not empty and has no NUL character");
    }
  }

  /** The name in double quotes, its own quotes doubled: safe in any SQL text. */
  public String quoted() {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Whether PostgreSQL would cut this name. */
  public boolean isTooLong() {
    return text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  @Override
  public int compareTo(Identifier other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
