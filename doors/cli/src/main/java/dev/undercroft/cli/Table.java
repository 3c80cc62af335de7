package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Rows in columns that fit the terminal: the widest column is cut with an ellipsis when they do
 * not. Away from a terminal nothing is cut. Not thread-safe.
 */
final class Table {

  private static final String GAP = "  ";
  private static final int LEAST = 8;

  private final Call.Screen screen;
  private final List<List<Cell>> rows = new ArrayList<>();
  private final Map<Integer, String> below = new HashMap<>();

  /** A text and how it is painted. */
  record Cell(String text, UnaryOperator<String> paint) {}

  Table(Call.Screen screen, String... headings) {
    this.screen = screen;
    List<Cell> head = new ArrayList<>();
    for (String heading : headings) {
      head.add(new Cell(heading, screen.style()::faint));
    }
    rows.add(head);
  }

  /** Adds a row; each value is a {@link Cell} or anything with a text. */
  Table row(Object... values) {
    List<Cell> cells = new ArrayList<>();
    for (Object value : values) {
      cells.add(
          value instanceof Cell cell
              ? cell
              : new Cell(String.valueOf(value), UnaryOperator.identity()));
    }
    rows.add(cells);
    return this;
  }

  /** Adds a line below the last row that belongs to it and is never cut. */
  Table below(String line) {
    below.put(rows.size() - 1, line);
    return this;
  }

  /** Whether nothing of it need be cut. */
  boolean fits() {
    return !screen.isTerminal() || total(natural()) <= screen.width();
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The whole table, each line ended. */
  String text() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < rows.size(); number++) {
      List<Cell> row = rows.get(number);
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(column == 0 ? "" : GAP).append(painted(row, column, widths));
      }
      text.append(line.toString().stripTrailing()).append('\n');
      String more = below.get(number);
      text.append(more == null ? "" : GAP + more + "\n");
    }
    return text.toString();
  }

  private static String painted(List<Cell> row, int column, int[] widths) {
    Cell cell = row.get(column);
    String shown = cell.text().replace('\n', ' ');
    if (shown.length() > widths[column]) {
      shown = shown.substring(0, widths[column] - 1) + "…";
    }
    int padding = column == row.size() - 1 ? 0 : widths[column] - shown.length();
    return cell.paint().apply(shown) + " ".repeat(padding);
  }

  private int[] natural() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<Cell> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).text().length());
      }
    }
    return widths;
  }

  private int[] widths() {
    int[] widths = natural();
    int excess = total(widths) - screen.width();
    while (screen.isTerminal() && excess > 0) {
      int widest = widest(widths);
      if (widths[widest] <= LEAST) {
        break;
      }
      int cut = Math.min(excess, Math.max(1, widths[widest] - secondWidest(widths, widest)));
      widths[widest] = Math.max(LEAST, widths[widest] - cut);
      excess = total(widths) - screen.width();
    }
    return widths;
  }

  private static int total(int[] widths) {
    int total = GAP.length() * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  /** The widest column; the first one names the row, so it is cut last. */
  private static int widest(int[] widths) {
    int widest = 0;
    for (int column = 1; column < widths.length; column++) {
      boolean isWider = widest == 0 ? widths[column] > LEAST : widths[column] > widths[widest];
      widest = isWider ? column : widest;
    }
    return widest;
  }

  private static int secondWidest(int[] widths, int widest) {
    int second = LEAST;
    for (int column = 1; column < widths.length; column++) {
      second = column == widest ? second : Math.max(second, widths[column]);
    }
    return second;
  }
}
