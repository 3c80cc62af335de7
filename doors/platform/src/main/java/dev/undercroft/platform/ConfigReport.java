package dev.undercroft.platform;

import java.util.List;

/**
 * What {@code config} answers.
 *
 * @param settings every setting, in the order of the manual
 */
public record ConfigReport(List<Setting> settings) {

  /** Copies the list. */
  public ConfigReport {
    settings = List.copyOf(settings);
  }

  /**
   * One setting as it is in force.
   *
   * @param project the project it holds for; empty text for the instance
   * @param name its name, for example {@code server.port}
   * @param value its value; {@code ***} for a secret; empty text when unset
   * @param origin where it came from, for example {@code undercroft.toml:4}
   * @param description what it does, a sentence
   */
  public record Setting(
      String project, String name, String value, String origin, String description) {}
}
