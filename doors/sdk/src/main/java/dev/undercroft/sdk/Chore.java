package dev.undercroft.sdk;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Work that an application wants done from time to time without anybody asking: clean-up,
 * partitions of the months ahead. Immutable.
 *
 * @param name short, in lower case with hyphens; unique in the application
 * @param every how long the house waits between the end of a run and the next; the first one begins
 *     when the application is served
 * @param work one run: says how many of what it took care of, by short names. It can be repeated,
 *     and other nodes may run it at the same moment. What it throws is logged, and the next run
 *     comes as usual
 */
public record Chore(String name, Duration every, Supplier<Map<String, Integer>> work) {

  /**
   * Checks the pause.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Chore {
    if (!every.isPositive()) {
      throw new IllegalArgumentException(name + " would run without a pause");
    }
  }
}
