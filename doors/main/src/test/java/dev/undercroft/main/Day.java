package dev.undercroft.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the documentation that tells a day in an application, as steps: every line of its
 * {@code day} blocks, one step up to the next empty line.
 *
 * @param application whose day it is
 * @param steps in their order
 */
record Day(String application, List<Step> steps) {

  /**
   * One step.
   *
   * @param line where it begins in the page, from 1
   * @param text its lines
   */
  record Step(int line, List<String> text) {
    String first() {
      return text.getFirst();
    }

    /** The lines up to the one that begins with an arrow, without the first. */
    String sent() {
      return String.join("\n", text.subList(1, arrow()));
    }

    /** What stands behind the arrow. */
    String wanted() {
      List<String> rest = new ArrayList<>(text.subList(arrow(), text.size()));
      rest.set(0, rest.getFirst().substring(3));
      return String.join("\n", rest).strip();
    }

    private int arrow() {
      for (int at = 1; at < text.size(); at++) {
        if (text.get(at).startsWith("-->")) {
          return at;
        }
      }
      throw new AssertionError("line " + line + " tells no answer: " + first());
    }
  }

  /** Reads a page. */
  static Day read(Path page) throws IOException {
    List<Step> steps = new ArrayList<>();
    List<String> lines = Files.readAllLines(page);
    List<String> step = new ArrayList<>();
    boolean inside = false;
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      boolean fence = line.startsWith("```");
      if (inside && !fence && !line.isBlank()) {
        step.add(line);
      } else if (!step.isEmpty()) {
        steps.add(new Step(at + 1 - step.size(), List.copyOf(step)));
        step.clear();
      }
      inside = fence ? line.equals("```day") : inside;
    }
    String file = String.valueOf(page.getFileName());
    return new Day(file.replace(".md", ""), steps);
  }
}
