package dev.undercroft.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word a person probably meant. Stateless, thread-safe. */
public final class Nearest {

  private Nearest() {}

  /**
   * The candidate with the smallest edit distance (insert, delete, replace, swap of neighbours:
   * Damerau's distance in its restricted form), if it is near enough: at most a third of the word's
   * length, and at least one edit is always allowed.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    return within(Math.max(1, (word.length() + 1) / 3), word, candidates);
  }

  /** The candidate with the smallest edit distance, if that is at most {@code limit}. */
  public static Optional<String> within(int limit, String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int row = 0; row <= from.length(); row++) {
      for (int column = 0; column <= to.length(); column++) {
        cost[row][column] = cell(cost, from, to, row, column);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cell(int[][] cost, String from, String to, int row, int column) {
    if (row == 0 || column == 0) {
      return row + column;
    }
    int replace = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
    int best =
        Math.min(
            cost[row - 1][column - 1] + replace,
            Math.min(cost[row - 1][column], cost[row][column - 1]) + 1);
    boolean swapped =
        row > 1
            && column > 1
            && from.charAt(row - 1) == to.charAt(column - 2)
            && from.charAt(row - 2) == to.charAt(column - 1);
    return swapped ? Math.min(best, cost[row - 2][column - 2] + 1) : best;
  }
}
