package dev.undercroft.migrate;

import java.util.List;

/** Shows how a text differs from an earlier one: the lines that went, then the lines that came. */
final class LineDifference {

  private static final int SHOWN = 20;
  private static final int WIDTH = 160;

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
    StringBuilder text = new StringBuilder("@@ line " + (head + 1) + " @@");
    append(text, "- ", old.subList(head, old.size() - tail));
    append(text, "+ ", now.subList(head, now.size() - tail));
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
