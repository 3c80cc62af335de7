package dev.undercroft.http;

import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.MigrationReport.ProjectMigrations;
import dev.undercroft.platform.MigrationReport.State;
import dev.undercroft.sdk.Detail;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The bodies of the product's own answers about health. */
final class HealthPages {

  private HealthPages() {}

  /** The process answers. */
  record Live(String status) {}

  /** Requests can be answered, or why not. */
  record Ready(String status) {}

  /**
   * How the instance is.
   *
   * @param status healthy, degraded or unhealthy: the worst of the databases
   * @param timestamp when it was asked
   * @param databases each database, for those who may know
   */
  record Instance(String status, Instant timestamp, Optional<Map<String, Database>> databases) {}

  /**
   * How one database is; numbers that could not be measured are absent.
   *
   * @param status healthy, degraded or unhealthy
   * @param latencyMs how long the first query took, in milliseconds
   * @param activeConnections sessions of the database
   * @param maxConnections how many the server allows
   * @param sizeBytes its size on disk
   * @param error code of the problem
   */
  record Database(
      String status,
      Optional<Double> latencyMs,
      Optional<Integer> activeConnections,
      Optional<Integer> maxConnections,
      Optional<Long> sizeBytes,
      Optional<String> error) {}

  /**
   * Migrations of the instance.
   *
   * @param applied how many are applied and unchanged
   * @param pending how many have not run
   * @param failed how many broke, or changed or vanished after they ran
   * @param projects each project, for those who may know
   */
  record InstanceMigrations(
      long applied, long pending, long failed, Optional<Map<String, Names>> projects) {}

  /** Names of migrations by state. */
  record Names(List<String> applied, List<String> pending, List<String> failed) {}

  /** The instance as a caller may see it. */
  static Instance instance(HealthReport report, Detail detail) {
    Map<String, Database> databases = new LinkedHashMap<>();
    report.projects().forEach(project -> databases.put(project.project(), database(project)));
    return new Instance(
        word(report.status()),
        report.at(),
        detail == Detail.FULL ? Optional.of(databases) : Optional.empty());
  }

  private static Database database(HealthReport.ProjectHealth health) {
    return new Database(
        word(health.status()),
        health.latency().map(latency -> Math.round(latency.toNanos() / 1e4) / 100.0),
        health.activeConnections(),
        health.maxConnections(),
        health.sizeBytes(),
        health.error().isEmpty() ? Optional.empty() : Optional.of(health.error()));
  }

  /** The migrations as a caller may see them. */
  static InstanceMigrations migrations(MigrationReport report, Detail detail) {
    Map<String, Names> projects = new LinkedHashMap<>();
    report.projects().forEach(project -> projects.put(project.project(), names(project)));
    return new InstanceMigrations(
        projects.values().stream().mapToLong(names -> names.applied().size()).sum(),
        projects.values().stream().mapToLong(names -> names.pending().size()).sum(),
        projects.values().stream().mapToLong(names -> names.failed().size()).sum(),
        detail == Detail.FULL ? Optional.of(projects) : Optional.empty());
  }

  private static Names names(ProjectMigrations project) {
    return new Names(
        inState(project, State.APPLIED),
        inState(project, State.PENDING, State.LATE, State.RUNNING),
        inState(project, State.FAILED, State.CHANGED, State.MISSING));
  }

  private static List<String> inState(ProjectMigrations project, State... states) {
    return project.migrations().stream()
        .filter(entry -> List.of(states).contains(entry.state()))
        .map(MigrationReport.Entry::name)
        .toList();
  }

  private static String word(HealthReport.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
