package dev.undercroft.platform;

import java.util.List;

/**
 * What {@code doctor} found.
 *
 * @param checks every check, in the order they were made
 */
public record DoctorReport(List<Check> checks) {

  /** Copies the list. */
  public DoctorReport {
    checks = List.copyOf(checks);
  }

  /** Whether nothing is broken; warnings allowed. */
  public boolean sound() {
    return checks.stream().noneMatch(check -> check.result() == Result.BROKEN);
  }

  /**
   * One check.
   *
   * @param name what was looked at, a few words
   * @param result how it is
   * @param found what was seen
   * @param remedy what to do; empty text when nothing
   */
  public record Check(String name, Result result, String found, String remedy) {}

  /** How a thing is. */
  public enum Result {
    /** As it should be. */
    FINE,
    /** Works, and will not always. */
    WARNING,
    /** Gets in the way. */
    BROKEN
  }
}
