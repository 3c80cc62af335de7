package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import java.time.Duration;
import java.util.List;

/**
 * What a deploy did. Immutable.
 *
 * @param target the database, for people
 * @param applied the migrations applied, in order
 * @param alreadyApplied how many were applied before
 * @param warnings what a person should know
 * @param took how long all of it took
 */
public record DeployResult(
    String target,
    List<Applied> applied,
    int alreadyApplied,
    List<Problem> warnings,
    Duration took) {

  /** Copies the lists. */
  public DeployResult {
    applied = List.copyOf(applied);
    warnings = List.copyOf(warnings);
  }

  /**
   * One migration that was applied.
   *
   * @param migration its full name
   * @param statements how many statements ran
   * @param attempts how often it was tried, 1 when it got its locks at once
   * @param took how long the last attempt took
   * @param notices what the server said on the way, in order
   */
  public record Applied(
      String migration, int statements, int attempts, Duration took, List<String> notices) {

    /** Copies the list. */
    public Applied {
      notices = List.copyOf(notices);
    }
  }
}
