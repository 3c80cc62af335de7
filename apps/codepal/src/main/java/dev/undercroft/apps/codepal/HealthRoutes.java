package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.DatabaseHealth.Snapshot;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the database is, and how far its migrations are. */
final class HealthRoutes {

  private final DatabaseHealth health;
  private final Growth growth;

  HealthRoutes(DatabaseHealth health) {
    this.health = health;
    this.growth = new Growth();
  }

  /**
   * Connections.
   *
   * @param active sessions of this database
   * @param pool those of the application in use
   * @param poolSize how many the application may have
   * @param max how many the server allows
   */
  record Connections(
      Optional<Integer> active,
      Optional<Integer> pool,
      Optional<Integer> poolSize,
      Optional<Integer> max) {}

  /**
   * Size on disk.
   *
   * @param growthBytesPerDay as far as it was watched; absent before an hour
   */
  record Size(Optional<Long> bytes, Optional<Long> growthBytesPerDay) {}

  /**
   * What went wrong.
   *
   * @param rate part of the transactions that were rolled back, from 0 to 1
   * @param codes of what is wrong now
   */
  record Errors(Optional<Double> rate, Optional<Long> rolledBack, List<String> codes) {}

  /**
   * Copies of the database.
   *
   * @param lagMs milliseconds that the slowest standby is behind; absent without standbys
   */
  record Replication(Optional<Double> lagMs) {}

  /**
   * Backups that were read back and found sound.
   *
   * @param status healthy, stale or no_backups
   * @param success whether the newest is young enough
   * @param last when it was taken
   */
  record LastBackup(String status, boolean success, Optional<Instant> last) {}

  /**
   * How the database is; numbers that could not be measured are absent.
   *
   * @param status healthy, degraded or unhealthy
   * @param responseTimes milliseconds by query
   * @param replication only for those who may know
   * @param lastBackup only for those who may know; absent while it is not known
   * @param size only for those who may know
   * @param errors only for those who may know
   */
  record Health(
      String status,
      Instant timestamp,
      Connections connections,
      Map<String, Double> responseTimes,
      Optional<Replication> replication,
      Optional<LastBackup> lastBackup,
      Optional<Size> size,
      Optional<Errors> errors) {}

  /**
   * Migrations.
   *
   * @param status up-to-date, pending, failed or unknown
   * @param names by state, only for those who may know
   */
  record Migrations(String status, int applied, int pending, int failed, Optional<Names> names) {}

  /** Names of migrations by state. */
  record Names(List<String> applied, List<String> pending, List<String> failed) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/database/health", "Connections, response times, size and errors")
            .answers(200, Health.class)
            .answers(503, Health.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::health));
    routes.add(
        Route.get("/api/database/migrations/status", "Migrations applied, pending and failed")
            .answers(200, Migrations.class)
            .answers(503, Migrations.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::migrations));
  }

  private Response health(Request request) {
    Snapshot now = health.check();
    boolean full = request.detail() == Detail.FULL;
    Map<String, Double> times = new LinkedHashMap<>();
    now.queries().forEach((name, took) -> times.put(name, milliseconds(took)));
    Health answer =
        new Health(
            !now.connected() ? "unhealthy" : now.errors().isEmpty() ? "healthy" : "degraded",
            now.at(),
            new Connections(now.connections(), now.pool(), now.poolSize(), now.maxConnections()),
            times,
            Optional.of(replication(now)).filter(replication -> full),
            health.backups().map(HealthRoutes::lastBackup).filter(backup -> full),
            Optional.of(new Size(now.sizeBytes(), growth.perDay(now))).filter(size -> full),
            Optional.of(errors(now)).filter(errors -> full));
    return Response.of(now.connected() ? 200 : 503, answer);
  }

  private static Replication replication(Snapshot now) {
    return new Replication(now.replicationLag().map(HealthRoutes::milliseconds));
  }

  private static LastBackup lastBackup(DatabaseHealth.Backups backups) {
    DatabaseHealth.Backups.Freshness freshness = backups.freshness();
    return new LastBackup(
        freshness.name().toLowerCase(Locale.ROOT),
        freshness == DatabaseHealth.Backups.Freshness.HEALTHY,
        backups.last());
  }

  private static Errors errors(Snapshot now) {
    Optional<Double> rate =
        now.transactions()
            .filter(ended -> ended.committed() + ended.rolledBack() > 0)
            .map(ended -> ended.rolledBack() / (double) (ended.committed() + ended.rolledBack()));
    return new Errors(
        rate, now.transactions().map(DatabaseHealth.Transactions::rolledBack), now.errors());
  }

  private Response migrations(Request request) {
    DatabaseHealth.Migrations now = health.migrations();
    String status =
        !now.known()
            ? "unknown"
            : !now.failed().isEmpty()
                ? "failed"
                : now.pending().isEmpty() ? "up-to-date" : "pending";
    Migrations answer =
        new Migrations(
            status,
            now.applied().size(),
            now.pending().size(),
            now.failed().size(),
            Optional.of(new Names(now.applied(), now.pending(), now.failed()))
                .filter(names -> request.detail() == Detail.FULL));
    return Response.of(now.known() ? 200 : 503, answer);
  }

  private static double milliseconds(Duration time) {
    return Math.round(time.toNanos() / 1e4) / 100.0;
  }
}
