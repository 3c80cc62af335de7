package dev.undercroft.storage;

import java.util.regex.Pattern;

/**
 * The name of a blob: path-like, safe on every file system and in every object store. Immutable.
 *
 * @param text segments of letters, digits, {@code . _ - = +} joined by single slashes; no segment
 *     is {@code .} or {@code ..}; at most 900 characters (S3 keys end at 1024 bytes, and a prefix
 *     may come before)
 */
public record BlobName(String text) implements Comparable<BlobName> {

  private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}(/|$))[A-Za-z0-9._=+-]+");
  private static final Pattern NAME = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")*");
  private static final int MAX_LENGTH = 900;

  /** Refuses a text of another shape; names are made by the program, so this is its defect. */
  public BlobName {
    if (text.length() > MAX_LENGTH || !NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("not a blob name: '" + text + "'");
    }
  }

  /** A name from its text. */
  public static BlobName of(String text) {
    return new BlobName(text);
  }

  @Override
  public int compareTo(BlobName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
