package dev.undercroft.main;

import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.HealthReport.ProjectHealth;
import dev.undercroft.platform.HealthReport.Status;
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

  /** How these databases are. */
  static HealthReport of(List<ServedDatabase> databases, Instant now) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<ProjectHealth>> asked =
          databases.stream()
              .map(database -> CompletableFuture.supplyAsync(() -> of(database), threads))
              .toList();
      List<ProjectHealth> healths = asked.stream().map(CompletableFuture::join).toList();
      Status worst =
          healths.stream()
              .map(ProjectHealth::status)
              .max(Comparator.naturalOrder())
              .orElse(Status.HEALTHY);
      return new HealthReport(worst, now, healths);
    }
  }

  private static ProjectHealth of(ServedDatabase database) {
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
