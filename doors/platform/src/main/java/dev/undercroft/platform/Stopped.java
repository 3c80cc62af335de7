package dev.undercroft.platform;

import java.time.Duration;

/**
 * What {@code down} answers.
 *
 * @param how what happened
 * @param pid the process that was stopped, or 0 when none ran
 * @param took how long it took
 */
public record Stopped(How how, long pid, Duration took) {

  /** What {@code down} had to do. */
  public enum How {
    /** Nothing ran. */
    NOT_RUNNING,
    /** The instance stopped by itself when asked. */
    CLEANLY,
    /** The instance did not stop in time and was ended; the next start recovers. */
    BY_FORCE,
    /** The instance was already dead; the database server it left behind was stopped. */
    ORPHAN_STOPPED
  }
}
