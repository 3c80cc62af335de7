package dev.undercroft.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How every database is, from real queries.
 *
 * @param status the worst of the projects
 * @param at when it was asked
 * @param projects one entry per project
 */
public record HealthReport(Status status, Instant at, List<ProjectHealth> projects) {

  /** Copies the list. */
  public HealthReport {
    projects = List.copyOf(projects);
  }

  /** How something is, best first. */
  public enum Status {
    /** Answers in time. */
    HEALTHY,
    /** Answers, but slowly or with errors. */
    DEGRADED,
    /** Does not answer. */
    UNHEALTHY
  }

  /**
   * How the database of one project is. A number that could not be measured is absent, never
   * guessed.
   *
   * @param project the project's name
   * @param status how it is
   * @param latency how long the first query took; absent when none was answered
   * @param activeConnections sessions of this database, as the server counts them
   * @param maxConnections how many the server allows
   * @param sizeBytes size of the database on disk
   * @param error code of the problem; empty text when there is none
   */
  public record ProjectHealth(
      String project,
      Status status,
      Optional<Duration> latency,
      Optional<Integer> activeConnections,
      Optional<Integer> maxConnections,
      Optional<Long> sizeBytes,
      String error) {}
}
