package dev.undercroft.http;

import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Command;
import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InspectCommand;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.LifeCommand;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.Scope;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.util.List;

/** The paths that the product itself answers. Thread-safe. */
final class OwnRoutes {

  private static final Parameter PROJECT =
      Parameter.path("project", String.class, "the project's name");

  private final House house;

  OwnRoutes(House house) {
    this.house = house;
  }

  /** Whether the path answers while the databases are still being set up. */
  static boolean answersBeforeReady(Endpoint endpoint) {
    return endpoint.path().contains("health")
        || endpoint.path().equals("/")
        || endpoint.path().equals("/metrics")
        || endpoint.path().startsWith("/assets/")
        || endpoint.path().endsWith("openapi.json");
  }

  /** The paths that no application may take. */
  List<Route> routes() {
    return List.of(
        Route.get("/health/live", "Whether the process answers")
            .describedAs("For supervisors that restart what hangs. Asks no database.")
            .answers(HealthPages.Live.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request -> Response.ok(new HealthPages.Live("live"))),
        Route.get("/health/ready", "Whether requests can be answered")
            .describedAs("For load balancers. Asks every database, with a time limit.")
            .answers(HealthPages.Ready.class)
            .answers(503, HealthPages.Ready.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::ready),
        Route.get("/metrics", "Measurements in the text format of Prometheus")
            .answers(String.class)
            .handledBy(request -> Response.text("text/plain; version=0.0.4", house.scrape().get())),
        Route.get("/api/instance", "What runs and how it is")
            .answers(InstanceStatus.class)
            .handledBy(request -> run(request, new LifeCommand.Status(house.scope()))),
        Route.get("/api/projects/{project}/health", "How the database of a project is")
            .with(PROJECT)
            .answers(HealthReport.class)
            .handledBy(request -> run(request, new InspectCommand.Health(scope(request)))),
        Route.get("/api/projects/{project}/migrations", "Migrations of a project and their state")
            .with(PROJECT)
            .answers(MigrationReport.class)
            .handledBy(request -> run(request, new MigrateCommand.Status(scope(request)))),
        Route.post("/api/projects/{project}/deployments", "Apply the pending migrations")
            .with(PROJECT)
            .answers(Deployments.class)
            .handledBy(request -> run(request, deploy(request))),
        Route.post("/api/projects/{project}/seeds", "Run the repeatable seeds")
            .with(PROJECT)
            .answers(Deployments.class)
            .handledBy(request -> run(request, new MigrateCommand.Seed(scope(request)))));
  }

  /** The paths that answer for the whole instance when no application answers them. */
  List<Route> fallbacks() {
    return List.of(
        Route.get("/api/health", "How the databases are")
            .answers(HealthPages.Instance.class)
            .answers(503, HealthPages.Instance.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::health),
        Route.get("/api/database/health", "How the databases are")
            .answers(HealthPages.Instance.class)
            .answers(503, HealthPages.Instance.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::health),
        Route.get("/api/database/migrations/status", "Migrations applied, pending and failed")
            .answers(HealthPages.InstanceMigrations.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::migrations));
  }

  private Response ready(Request request) {
    if (!house.ready()) {
      return Response.of(503, new HealthPages.Ready("starting"));
    }
    HealthReport report = ask(new InspectCommand.Health(house.scope()));
    boolean answers = report.status() != HealthReport.Status.UNHEALTHY;
    return Response.of(
        answers ? 200 : 503, new HealthPages.Ready(answers ? "ready" : "database down"));
  }

  private Response health(Request request) {
    HealthReport report = ask(new InspectCommand.Health(house.scope()));
    int status = report.status() == HealthReport.Status.UNHEALTHY ? 503 : 200;
    return Response.of(status, HealthPages.instance(report, request.detail()));
  }

  private Response migrations(Request request) {
    MigrationReport report = ask(new MigrateCommand.Status(house.scope()));
    return Response.ok(HealthPages.migrations(report, request.detail()));
  }

  /** Asks on behalf of the house, for an answer that the door itself makes poor in detail. */
  private <R> R ask(Command<R> command) {
    return house.platform().run(new Caller.LocalOperator("http"), command);
  }

  private Response run(Request request, Command<?> command) {
    return Response.ok(house.platform().run(caller(request), command));
  }

  private MigrateCommand.Deploy deploy(Request request) {
    return new MigrateCommand.Deploy(scope(request), MigrateCommand.Action.RUN);
  }

  private Caller caller(Request request) {
    return request.caller().operator()
        ? new Caller.TokenOperator(house.token().secret().fingerprint(), request.remoteAddress())
        : new Caller.Anonymous(request.remoteAddress());
  }

  private Scope scope(Request request) {
    return new Scope(
        house.scope().directory(),
        List.of(request.path("project", String.class)),
        house.scope().flags());
  }
}
