package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import java.util.List;

/**
 * What was read, and what is wrong with it. Immutable.
 *
 * @param settings the settings that are right
 * @param problems everything that is wrong; a start needs this to be empty
 */
public record SettingsReport(Settings settings, List<Problem> problems) {

  /** Copies the list. */
  public SettingsReport {
    problems = List.copyOf(problems);
  }
}
