package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the database is, for monitoring. */
final class HealthRoutes {

  private static final List<String> TABLES = List.of("users", "projects", "jobs", "assets");
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final double NANOS_IN_MILLI = 1e6;

  private final DatabaseHealth health;
  private final SchemaCheck check;
  private final Maintenance maintenance;

  HealthRoutes(DatabaseHealth health, SchemaCheck check, Maintenance maintenance) {
    this.health = health;
    this.check = check;
    this.maintenance = maintenance;
  }

  /**
   * The answer; numbers of rows and single queries are for administrators and operators.
   *
   * @param status healthy, degraded or unhealthy
   * @param connection whether the database answered
   * @param latency of the first query, in milliseconds
   * @param stats numbers of rows
   * @param activeConnections sessions of the database
   * @param maxConnections how many the server allows
   * @param queries how long each query took, in milliseconds
   * @param errors stable codes
   */
  record Answer(
      String status,
      boolean connection,
      Optional<Double> latency,
      Optional<Map<String, Long>> stats,
      Optional<Integer> activeConnections,
      Optional<Integer> maxConnections,
      Optional<Map<String, Double>> queries,
      List<String> errors,
      Instant timestamp) {}

  /**
   * When maintenance was done last.
   *
   * @param last absent where this process has not done it yet
   */
  record LastRun(Optional<Maintenance.Run> last) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/health", "How the database is")
            .answers(200, Answer.class)
            .answers(503, Answer.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::answer));
    routes.add(
        Route.post("/api/maintenance", "Removes what has expired, queues stuck jobs again")
            .describedAs("Runs every hour by itself; can be repeated.")
            .answers(Maintenance.Run.class)
            .openTo(Audience.OPERATOR)
            .handledBy(request -> Response.ok(maintenance.run())));
    routes.add(
        Route.get("/api/maintenance", "What maintenance did last")
            .answers(LastRun.class)
            .openTo(Audience.OPERATOR)
            .handledBy(request -> Response.ok(new LastRun(maintenance.last()))));
    routes.add(
        Route.get("/api/maintenance/schema", "Whether the database is as the application needs")
            .answers(SchemaCheck.Validity.class)
            .openTo(Audience.OPERATOR)
            .handledBy(request -> Response.ok(check.validateDatabaseSchema())));
    routes.add(
        Route.get("/api/maintenance/benchmark", "How long the usual questions take")
            .answers(SchemaCheck.Benchmark.class)
            .openTo(Audience.OPERATOR)
            .handledBy(request -> Response.ok(check.performDatabaseBenchmark())));
  }

  private Response answer(Request request) {
    DatabaseHealth.Snapshot now = health.check(TABLES);
    boolean slow = now.latency().filter(latency -> latency.compareTo(SLOW) > 0).isPresent();
    String status =
        !now.connected() ? "unhealthy" : slow || !now.errors().isEmpty() ? "degraded" : "healthy";
    boolean all =
        request.detail() == Detail.FULL || Callers.role(request.caller()) == UserRole.ADMIN;
    Answer answer =
        new Answer(
            status,
            now.connected(),
            now.latency().map(HealthRoutes::millis),
            all ? Optional.of(now.rows()) : Optional.empty(),
            now.connections(),
            now.maxConnections(),
            all ? Optional.of(millis(now.queries())) : Optional.empty(),
            now.errors(),
            now.at());
    return Response.of(now.connected() ? 200 : 503, answer);
  }

  private static Map<String, Double> millis(Map<String, Duration> queries) {
    Map<String, Double> millis = new LinkedHashMap<>();
    queries.forEach((name, took) -> millis.put(name, millis(took)));
    return millis;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / NANOS_IN_MILLI;
  }
}
