package dev.undercroft.main;

import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.HealthReport.ProjectHealth;
import dev.undercroft.platform.HealthReport.Status;
import dev.undercroft.platform.OpenProjects.Inside;
import dev.undercroft.sdk.DatabaseHealth.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asks several databases at once and judges what they say. */
final class HealthReports {

  private static final Duration SLOW = Duration.ofSeconds(5);

  private HealthReports() {}

  /** Asks all at once, so that dead ones do not add up. */
  static List<ProjectHealth> each(List<Inside> databases) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<ProjectHealth>> asked =
          databases.stream()
              .map(database -> CompletableFuture.supplyAsync(database::health, threads))
              .toList();
      return asked.stream().map(CompletableFuture::join).toList();
    }
  }

  /** The report of these databases: as bad as the worst of them. */
  static HealthReport of(List<ProjectHealth> healths, Instant now) {
    Status worst =
        healths.stream()
            .map(ProjectHealth::status)
            .max(Comparator.naturalOrder())
            .orElse(Status.HEALTHY);
    return new HealthReport(worst, now, healths);
  }

  /** How one database is. */
  static ProjectHealth of(ServedDatabase database) {
    Snapshot snapshot = database.check(List.of());
    return new ProjectHealth(
        database.project(),
        status(snapshot),
        snapshot.latency(),
        snapshot.connections(),
        snapshot.maxConnections(),
        snapshot.sizeBytes(),
        snapshot.errors().isEmpty() ? "" : snapshot.errors().getFirst());
  }

  private static Status status(Snapshot snapshot) {
    if (!snapshot.connected()) {
      return Status.UNHEALTHY;
    }
    boolean slow = snapshot.latency().filter(latency -> latency.compareTo(SLOW) > 0).isPresent();
    return slow || !snapshot.errors().isEmpty() ? Status.DEGRADED : Status.HEALTHY;
  }
}
