package dev.undercroft.sql;

/**
 * Names in small letters, as PostgreSQL folds what is not quoted and SQLite compares all: only A to
 * Z change. Stateless.
 */
public final class Folded {

  private Folded() {}

  /** The name with a to z for A to Z. */
  public static String of(String name) {
    StringBuilder text = new StringBuilder(name);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        text.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return text.toString();
  }
}
