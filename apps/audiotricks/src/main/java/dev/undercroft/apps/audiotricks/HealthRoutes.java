package dev.undercroft.apps.audiotricks;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Instant;

/** Whether the application and its database answer. */
final class HealthRoutes {

  private final DatabaseHealth health;

  HealthRoutes(DatabaseHealth health) {
    this.health = health;
  }

  /**
   * The answer.
   *
   * @param status OK or UNAVAILABLE
   * @param timestamp when it was asked
   */
  record Answer(String status, Instant timestamp) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/health", "Whether the application and its database answer")
            .answers(200, Answer.class)
            .answers(503, Answer.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request -> answer()));
  }

  private Response answer() {
    DatabaseHealth.Snapshot now = health.check();
    return now.connected()
        ? Response.ok(new Answer("OK", now.at()))
        : Response.of(503, new Answer("UNAVAILABLE", now.at()));
  }
}
