package dev.undercroft.platform;

import java.util.List;

/**
 * What lint found.
 *
 * @param findings in the order of files and lines, or of objects; empty when nothing hurts
 */
public record LintReport(List<Found> findings) {

  /** Copies the list. */
  public LintReport {
    findings = List.copyOf(findings);
  }

  /**
   * One thing that was found.
   *
   * @param code the rule, as {@code -- undercroft:allow} names it
   * @param severity {@code error}, {@code warning} or {@code note}
   * @param place the file, or the object of a database
   * @param line from 1; 0 for an object
   * @param column in characters from 1; 0 for an object
   * @param message what is there
   * @param excerpt place, line and a caret under it; empty text for an object
   * @param remedy what to do instead
   */
  public record Found(
      String code,
      String severity,
      String place,
      int line,
      int column,
      String message,
      String excerpt,
      String remedy) {}
}
