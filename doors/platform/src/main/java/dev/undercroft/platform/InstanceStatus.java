package dev.undercroft.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * What {@code status} answers.
 *
 * @param state whether an instance runs
 * @param pid its process, or 0 when none runs
 * @param since when it started; empty when none runs
 * @param summary what runs; empty when none runs or it is still starting
 * @param health what its health endpoint said; empty when it could not be asked
 */
public record InstanceStatus(
    State state,
    long pid,
    Optional<Instant> since,
    Optional<InstanceSummary> summary,
    Optional<HealthReport> health) {

  /** Whether an instance runs. */
  public enum State {
    /** Serves, and every database answers. */
    HEALTHY,
    /** Serves, and something is wrong. */
    UNHEALTHY,
    /** The process is there and does not serve yet. */
    STARTING,
    /** The process died without stopping; the next start takes over. */
    DIED,
    /** Nothing runs. */
    STOPPED
  }
}
