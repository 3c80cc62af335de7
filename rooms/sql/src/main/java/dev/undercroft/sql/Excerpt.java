package dev.undercroft.sql;

/**
 * Shows a place in a text as compilers do: file, line and column, the line, a caret under the
 * place. Stateless.
 *
 * <p>Tabs become spaces, characters that take two columns of a terminal count as two, what a
 * terminal would obey becomes {@code U+FFFD}, and of a very long line only the part around the
 * place is shown.
 */
public final class Excerpt {

  private static final int TAB = 4;
  private static final int WIDTH = 120;
  private static final int BEFORE = 60;

  private Excerpt() {}

  /**
   * Three lines without a line end behind the last.
   *
   * @param offset in UTF-16 units, at most the length of the text
   */
  public static String of(SqlSource source, int offset) {
    Position at = source.at(offset);
    String line = source.line(at.line());
    int caret = Math.min(line.codePointCount(0, line.length()), at.column() - 1);
    String number = Integer.toString(at.line());
    String margin = " ".repeat(number.length());
    Part part = Part.around(line, caret);
    return "%s:%d:%d%n%s | %s%n%s | %s^"
        .formatted(
            source.name(),
            at.line(),
            at.column(),
            number,
            part.text(),
            margin,
            " ".repeat(part.caret()))
        .replace(System.lineSeparator(), "\n");
  }

  /** What is shown of a line, and in which column the caret stands. */
  private record Part(String text, int caret) {

    static Part around(String line, int caret) {
      int[] points = line.codePoints().toArray();
      int from =
          points.length <= WIDTH ? 0 : Math.max(0, Math.min(caret - BEFORE, points.length - WIDTH));
      int to = Math.min(points.length, from + WIDTH);
      StringBuilder shown = new StringBuilder(from > 0 ? "…" : "");
      int column = from > 0 ? 1 : 0;
      int caretColumn = column;
      for (int i = from; i < to; i++) {
        if (i == caret) {
          caretColumn = column;
        }
        column += append(shown, points[i], column);
      }
      if (caret >= to) {
        caretColumn = column;
      }
      return new Part(shown.append(to < points.length ? "…" : "").toString(), caretColumn);
    }

    private static int append(StringBuilder shown, int point, int column) {
      if (point == '\t') {
        int spaces = TAB - column % TAB;
        shown.repeat(' ', spaces);
        return spaces;
      }
      if (Character.isISOControl(point) || isDirection(point)) {
        shown.append('\uFFFD');
        return 1;
      }
      shown.appendCodePoint(point);
      return columns(point);
    }
  }

  /** Marks that reorder what is around them could show another line than the one that runs. */
  private static boolean isDirection(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }

  /** How many columns a terminal gives a character; after Unicode Standard Annex 11. */
  private static int columns(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
