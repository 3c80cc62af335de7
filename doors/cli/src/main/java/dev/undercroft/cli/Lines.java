package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines that fit. Stateless, thread-safe. */
final class Lines {

  private Lines() {}

  /** The text in lines of at most {@code width} columns, broken between words. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ", -1)) {
        if (line.length() > 0 && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line = new StringBuilder(word);
        } else {
          line.append(line.length() > 0 ? " " : "").append(word);
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** The text in lines that fit, all but the first indented. */
  static String hanging(String text, int indent, int width) {
    return String.join("\n" + " ".repeat(indent), wrap(text, Math.max(20, width - indent)));
  }
}
