package dev.undercroft.pgcatalog;

import org.jspecify.annotations.Nullable;

/**
 * The server prints {@code x IN ('a', 'b')} over a {@code varchar} column in one way when it was
 * first parsed and in another after a dump was loaded: {@code (ARRAY['a'::character
 * varying])::text[]} and {@code ARRAY[('a'::character varying)::text]}. Both mean the same. Both
 * are written here as {@code ARRAY['a'::character varying]}, which every operator and function
 * takes as well, and which the server parses into the first form again. Stateless.
 */
final class CastArrays {

  private static final String ARRAY = "ARRAY[";
  private static final String ELEMENT = "::character varying";
  private static final String OUTER = ")::text[]";
  private static final String INNER = ")::text";

  private CastArrays() {}

  /** The text with each such array in its plain form. */
  static String outward(String text) {
    if (!text.contains(ARRAY)) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    int at = text.indexOf(ARRAY);
    while (at >= 0) {
      Plain plain = plain(text, at);
      if (plain != null) {
        boolean outer = plain.outer;
        result.append(text, from, outer ? at - 1 : at).append(plain.array);
        from = plain.end;
      }
      at = text.indexOf(ARRAY, Math.max(from, at + 1));
    }
    return result.append(text, from, text.length()).toString();
  }

  private record Plain(String array, int end, boolean outer) {}

  private static @Nullable Plain plain(String text, int at) {
    boolean maybeOuter = text.startsWith("((", at - 2) && isAfterAny(text, at - 2);
    boolean maybeInner = text.startsWith("(", at - 1) && isAfterAny(text, at - 1);
    if (!maybeOuter && !maybeInner) {
      return null;
    }
    StringBuilder array = new StringBuilder(ARRAY);
    int position = at + ARRAY.length();
    do {
      int end = element(text, position, maybeInner, array);
      if (end < 0) {
        return null;
      }
      boolean more = text.startsWith(", ", end);
      array.append(more ? ", " : "]");
      position = more ? end + 2 : -end;
    } while (position > 0);
    int close = -position;
    if (!text.startsWith(maybeOuter ? "]" + OUTER : "]", close)) {
      return null;
    }
    int end = close + 1 + (maybeOuter ? OUTER.length() : 0);
    return new Plain(array.toString(), end, maybeOuter);
  }

  private static boolean isAfterAny(String text, int at) {
    return text.startsWith("ANY ", at - 4) || text.startsWith("ALL ", at - 4);
  }

  /** Copies one literal without its cast to text; the position after it, or -1. */
  private static int element(String text, int at, boolean wrapped, StringBuilder array) {
    int literal = wrapped ? at + 1 : at;
    int end = literalEnd(text, literal);
    if (end < 0 || (wrapped && text.charAt(at) != '(') || !text.startsWith(ELEMENT, end)) {
      return -1;
    }
    array.append(text, literal, end).append(ELEMENT);
    int after = end + ELEMENT.length();
    if (!wrapped) {
      return after;
    }
    return text.startsWith(INNER, after) ? after + INNER.length() : -1;
  }

  private static int literalEnd(String text, int start) {
    if (start >= text.length() || text.charAt(start) != '\'') {
      return -1;
    }
    int position = start + 1;
    while (position < text.length()) {
      if (text.charAt(position) != '\'') {
        position++;
      } else if (position + 1 < text.length() && text.charAt(position + 1) == '\'') {
        position += 2;
      } else {
        return position + 1;
      }
    }
    return -1;
  }
}
