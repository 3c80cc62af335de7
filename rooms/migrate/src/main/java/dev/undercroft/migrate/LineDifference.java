package dev.undercroft.migrate;

import java.util.ArrayList;
import java.util.List;

/** Shows how a text differs from an earlier one: the lines that went, then the lines that came. */
final class LineDifference {

  private static final int SHOWN = 20;
  private static final int WIDTH = 160;
  private static final int PLACES = 10;

  /** Beyond so many pairs of lines the two texts are shown as one place. */
  private static final int CELLS = 4_000_000;

  private LineDifference() {}

  /** Lines that begin with {@code -} and {@code +}, after a line that says where; bounded. */
  static String of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    int head = 0;
    while (head < old.size() && head < now.size() && old.get(head).equals(now.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < old.size() - head
        && tail < now.size() - head
        && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
      tail++;
    }
    if (head + tail == old.size() && head + tail == now.size()) {
      return "the lines are the same; the file's end differs";
    }
    return places(
        old.subList(head, old.size() - tail), now.subList(head, now.size() - tail), head + 1);
  }

  /** Place after place, along a longest common sequence of lines. */
  private static String places(List<String> old, List<String> now, int line) {
    if ((long) old.size() * now.size() > CELLS) {
      return place(line, old, now);
    }
    int[][] common = common(old, now);
    List<String> places = new ArrayList<>();
    int left = 0;
    int right = 0;
    while (left < old.size() || right < now.size()) {
      int fromLeft = left;
      int fromRight = right;
      while ((left < old.size() || right < now.size()) && !isSame(old, left, now, right)) {
        boolean goes =
            right == now.size()
                || (left < old.size() && common[left + 1][right] >= common[left][right + 1]);
        left += goes ? 1 : 0;
        right += goes ? 0 : 1;
      }
      if (left > fromLeft || right > fromRight) {
        places.add(
            place(line + fromLeft, old.subList(fromLeft, left), now.subList(fromRight, right)));
      }
      while (isSame(old, left, now, right)) {
        left++;
        right++;
      }
    }
    int more = places.size() - PLACES;
    return String.join("\n", places.subList(0, Math.min(PLACES, places.size())))
        + (more > 0 ? "\n… and in %d more places".formatted(more) : "");
  }

  private static boolean isSame(List<String> old, int left, List<String> now, int right) {
    return left < old.size() && right < now.size() && old.get(left).equals(now.get(right));
  }

  /** For each pair of places how many lines the two have in common from there on. */
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int left = old.size() - 1; left >= 0; left--) {
      for (int right = now.size() - 1; right >= 0; right--) {
        common[left][right] =
            old.get(left).equals(now.get(right))
                ? common[left + 1][right + 1] + 1
                : Math.max(common[left + 1][right], common[left][right + 1]);
      }
    }
    return common;
  }

  private static String place(int line, List<String> old, List<String> now) {
    StringBuilder text = new StringBuilder("@@ line " + line + " @@");
    append(text, "- ", old);
    append(text, "+ ", now);
    return text.toString();
  }

  private static void append(StringBuilder text, String sign, List<String> lines) {
    for (String line : lines.subList(0, Math.min(SHOWN, lines.size()))) {
      boolean cut = line.length() > WIDTH;
      text.append('\n').append(sign).append(cut ? line.substring(0, WIDTH) + "…" : line);
    }
    if (lines.size() > SHOWN) {
      text.append('\n').append(sign).append("… and ").append(lines.size() - SHOWN).append(" more");
    }
  }
}
