package dev.undercroft.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures every request and writes one line about it. Paths are measured by their template, so
 * that ids do not become metrics; query strings are never written. Thread-safe.
 */
final class Traffic {

  private static final Duration SLOW = Duration.ofSeconds(1);

  private final System.Logger log = System.getLogger("undercroft.access");
  private final MeterRegistry meters;

  Traffic(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Notes an answered request. */
  void note(Context context, float millis) {
    Endpoint endpoint = context.attribute(Attributes.ENDPOINT);
    Duration took = Duration.ofNanos((long) (millis * 1_000_000));
    String method = context.method().toString();
    // A stream lasts as long as somebody listens, which says nothing of how quick answers are.
    boolean stream = endpoint != null && endpoint.route().streaming();
    if (!stream) {
      measure(context, method, took);
    }
    log.log(
        !stream && took.compareTo(SLOW) >= 0 ? Level.WARNING : Level.INFO,
        () -> line(context, method, millis));
  }

  private void measure(Context context, String method, Duration took) {
    Endpoint endpoint = context.attribute(Attributes.ENDPOINT);
    Timer.builder("http.server.requests")
        .description("Time from a request to its answer")
        .tag("method", endpoint == null ? known(method) : method)
        .tag("route", endpoint == null ? "none" : endpoint.path())
        .tag("application", endpoint == null ? Endpoint.HOUSE : endpoint.owner())
        .tag("status", String.valueOf(context.statusCode()))
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .register(meters)
        .record(took);
  }

  /** A stranger may invent methods; they must not become metrics. */
  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
      default -> "OTHER";
    };
  }

  private static String line(Context context, String method, float millis) {
    return String.format(
        Locale.ROOT,
        "%s %s %d %.1f ms from %s request %s",
        method,
        printable(context.path()),
        context.statusCode(),
        millis,
        context.ip(),
        Attributes.requestId(context));
  }

  private static String printable(String path) {
    String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
