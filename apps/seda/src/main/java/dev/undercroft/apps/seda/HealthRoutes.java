package dev.undercroft.apps.seda;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Instant;
import java.util.Optional;

/** Whether the database answers. */
final class HealthRoutes {

  private final DatabaseHealth health;

  HealthRoutes(DatabaseHealth health) {
    this.health = health;
  }

  /**
   * The answer: status and timestamp, or status and error.
   *
   * @param status healthy or unhealthy
   * @param timestamp when it was asked; only when healthy
   * @param error a stable code, never the server's own words; only when unhealthy
   */
  record Answer(String status, Optional<Instant> timestamp, Optional<String> error) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/health/database", "Whether the database answers")
            .answers(200, Answer.class)
            .answers(503, Answer.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request -> answer()));
  }

  private Response answer() {
    DatabaseHealth.Snapshot now = health.check();
    if (now.connected() && now.errors().isEmpty()) {
      return Response.ok(new Answer("healthy", Optional.of(now.at()), Optional.empty()));
    }
    String error = now.errors().isEmpty() ? "DATABASE_UNREACHABLE" : now.errors().getFirst();
    return Response.of(503, new Answer("unhealthy", Optional.empty(), Optional.of(error)));
  }
}
