package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one {@code .env} file says. Immutable.
 *
 * @param values its keys, in the order of the file
 * @param problems everything that is wrong with it
 */
record DotEnv(Map<String, Entry> values, List<Problem> problems) {

  /** One value and the line its key stands on, from 1. */
  record Entry(String text, int line) {
    /** Never the text. */
    @Override
    public String toString() {
      return "line " + line;
    }
  }

  DotEnv {
    values = new LinkedHashMap<>(values);
    problems = List.copyOf(problems);
  }
}
