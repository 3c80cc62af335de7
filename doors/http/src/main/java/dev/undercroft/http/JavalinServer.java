package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/**
 * The only class that knows Javalin's life cycle: puts endpoints on it, with the same treatment for
 * each. Thread-safe.
 */
final class JavalinServer {

  private static final String DRAINING = "undercroft.counted";

  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                  + " frame-ancestors 'none'");

  /**
   * What every request passes.
   *
   * @param gate refuses what a foreign page sends
   * @param pipeline answers at an endpoint
   * @param answers writes refusals
   * @param traffic measures
   * @param inFlight counts
   */
  record Stations(
      Gate gate, Pipeline pipeline, Answers answers, Traffic traffic, InFlight inFlight) {}

  private final HttpSettings settings;
  private final Stations stations;
  private final Attributes attributes = new Attributes();
  private final Failures failures = new Failures();
  private final Javalin javalin;
  private @Nullable Server jetty;

  JavalinServer(HttpSettings settings, Stations stations, List<Endpoint> endpoints) {
    this.settings = settings;
    this.stations = stations;
    this.javalin = Javalin.create(config -> configure(config, endpoints));
  }

  private void configure(JavalinConfig config, List<Endpoint> endpoints) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = settings.largestBody().bytes();
    config.jetty.host = settings.address();
    config.jetty.port = settings.port();
    config.jetty.modifyServer(this::modify);
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setSendDateHeader(true);
      http.setIdleTimeout(settings.idle().toMillis());
    });
    config.requestLogger.http(this::finish);
    config.routes.before(this::begin);
    for (Endpoint endpoint : endpoints) {
      HandlerType method = HandlerType.findOrCreate(endpoint.route().method().name());
      config.routes.addHttpHandler(method, endpoint.path(), context -> answer(context, endpoint));
    }
    config.routes.exception(Exception.class, (thrown, context) -> refuse(context, thrown));
    config.routes.exception(
        HttpResponseException.class, (thrown, context) -> refuse(context, thrown));
  }

  private void modify(Server server) {
    jetty = server;
    server.setErrorHandler(new BareErrors());
    server.setStopAtShutdown(false);
    server.setStopTimeout(settings.drain().toMillis());
  }

  private void begin(Context context) {
    attributes.identify(context);
    SECURITY_HEADERS.forEach(context::header);
    if (!stations.inFlight().enter()) {
      context.header("Connection", "close");
      context.header("Retry-After", "2");
      throw new Refusal(
          503,
          Problem.of("HTTP_STOPPING", ProblemKind.EXHAUSTED, "the server is stopping")
              .withRemedy("Try again when it has started."));
    }
    context.attribute(DRAINING, true);
    stations
        .gate()
        .judge(
            context.method().toString(),
            context.header("Host"),
            context.header("Origin"),
            context.header("Sec-Fetch-Site"))
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  private void answer(Context context, Endpoint endpoint) throws Exception {
    context.attribute(Attributes.ENDPOINT, endpoint);
    context.header("Undercroft-Application", endpoint.owner());
    stations.pipeline().answer(context, endpoint);
  }

  private void refuse(Context context, Exception thrown) {
    stations.answers().write(context, failures.refusal(thrown, Attributes.requestId(context)));
  }

  private void finish(Context context, float millis) {
    Boolean counted = context.attribute(DRAINING);
    if (counted != null) {
      stations.inFlight().leave();
    }
    stations.traffic().note(context, millis);
  }

  /** Starts to listen. */
  void start() {
    try {
      javalin.start();
    } catch (JavalinBindException refused) {
      throw refused(PortHolder.of(settings.port()), refused).exception(refused);
    }
  }

  private Problem refused(Optional<String> holder, JavalinBindException refused) {
    String port = "port " + settings.port() + " of " + settings.address();
    String why = rootOf(refused);
    if (holder.isEmpty() && !why.contains("in use")) {
      return Problem.of("HTTP_NOT_LISTENING", ProblemKind.INPUT, port + " cannot be listened on")
          .withDetail(why)
          .withRemedy(
              "Choose another port with --port, above 1023 for an account without rights, and as"
                  + " server.host an address of this machine.")
          .with("port", settings.port());
    }
    return Problem.of(
            "HTTP_PORT_TAKEN",
            ProblemKind.CONFLICT,
            port + " is taken" + holder.map(who -> " by " + who).orElse(""))
        .withRemedy("Stop the program that listens there, or choose another port with --port.")
        .with("port", settings.port());
  }

  private static String rootOf(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** The port that is listened on. */
  int port() {
    return javalin.port();
  }

  /** Refuses new requests, waits for those in flight, then stops listening. */
  void stop(Duration patience) {
    stations.inFlight().close(patience);
    if (jetty != null) {
      for (Connector connector : jetty.getConnectors()) {
        if (connector instanceof AbstractConnector listening) {
          listening.setShutdownIdleTimeout(50);
        }
      }
    }
    javalin.stop();
  }
}
