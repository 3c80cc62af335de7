package dev.undercroft.http;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.ProblemException;
import dev.undercroft.http.StartView.Card;
import dev.undercroft.http.StartView.Fact;
import dev.undercroft.http.StartView.Link;
import dev.undercroft.http.StartView.Tone;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.HealthReport.ProjectHealth;
import dev.undercroft.platform.InspectCommand;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.InstanceSummary.ServedProject;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationReport;
import dev.undercroft.platform.MigrationReport.ProjectMigrations;
import dev.undercroft.platform.MigrationReport.State;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Method;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page at {@code /}: the applications, their databases, migrations and health, asked when it is
 * opened. Thread-safe.
 */
final class StartPage {

  private static final Caller SELF = new Caller.LocalOperator("http");

  private final House house;
  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, StartPage.class.getClassLoader(), "dev.undercroft.http.pages");
  private List<Endpoint> endpoints = List.of();

  StartPage(House house) {
    this.house = house;
  }

  /** Says what is mounted, for the links. */
  void publish(List<Endpoint> mounted) {
    endpoints = List.copyOf(mounted);
  }

  /** Renders. */
  Response show(Request request) {
    StringOutput out = new StringOutput();
    templates.render("start.jte", view(request.detail()), out);
    return Response.text("text/html", out.toString());
  }

  private StartView view(Detail detail) {
    Optional<InstanceSummary> summary = house.summary().get();
    if (summary.isEmpty()) {
      return new StartView(
          Tone.WARN,
          "Starting",
          "The databases are being set up",
          true,
          List.of(),
          List.of(),
          house.version(),
          house.token().file().toString());
    }
    return running(summary.get(), detail);
  }

  private StartView running(InstanceSummary summary, Detail detail) {
    HealthReport health = house.platform().run(SELF, new InspectCommand.Health(house.scope()));
    Map<String, ProjectHealth> healths = new LinkedHashMap<>();
    health.projects().forEach(project -> healths.put(project.project(), project));
    Map<String, ProjectMigrations> migrations = migrations(health.status());
    List<Card> cards = new ArrayList<>();
    for (ServedProject project : summary.projects()) {
      ProjectHealth own = healths.get(project.name());
      if (own != null) {
        cards.add(card(project, own, Optional.ofNullable(migrations.get(project.name())), detail));
      }
    }
    return new StartView(
        tone(health.status()),
        word(health.status()),
        headline(health),
        false,
        facts(summary, detail),
        cards,
        house.version(),
        detail == Detail.FULL ? summary.tokenFile().toString() : "the file that the start named");
  }

  /** A server that does not answer is not asked again for what it has applied. */
  private Map<String, ProjectMigrations> migrations(HealthReport.Status status) {
    Map<String, ProjectMigrations> found = new LinkedHashMap<>();
    if (status != HealthReport.Status.UNHEALTHY) {
      try {
        MigrationReport report =
            house.platform().run(SELF, new MigrateCommand.Status(house.scope()));
        report.projects().forEach(project -> found.put(project.project(), project));
      } catch (ProblemException unknown) {
        return found;
      }
    }
    return found;
  }

  private static List<Fact> facts(InstanceSummary summary, Detail detail) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.plain("Address", summary.address()));
    if (detail == Detail.FULL) {
      facts.add(Fact.plain("Server", summary.server()));
      facts.add(Fact.plain("Data", summary.data().toString()));
      facts.add(Fact.plain("Started in", seconds(summary.took())));
    }
    return facts;
  }

  private Card card(
      ServedProject project,
      ProjectHealth health,
      Optional<ProjectMigrations> migrations,
      Detail detail) {
    boolean full = detail == Detail.FULL;
    List<Fact> facts = new ArrayList<>();
    if (full) {
      facts.add(Fact.plain("Database", project.database() + size(health)));
    }
    health.latency().ifPresent(latency -> facts.add(Fact.plain("Answers in", millis(latency))));
    if (!health.error().isEmpty()) {
      facts.add(new Fact("Problem", health.error(), Tone.BAD));
    }
    connections(health).ifPresent(facts::add);
    migrations.ifPresent(known -> facts.add(migrations(known)));
    return new Card(
        project.title(),
        project.name(),
        word(health.status()),
        tone(health.status()),
        facts,
        full ? "undercroft shell --project " + project.name() : "",
        links(project.name()));
  }

  private static String size(ProjectHealth health) {
    return health.sizeBytes().map(bytes -> " · " + new ByteSize(bytes)).orElse("");
  }

  private static Optional<Fact> connections(ProjectHealth health) {
    return health
        .activeConnections()
        .map(active ->
            Fact.plain(
                "Connections",
                active + health.maxConnections().map(most -> " of " + most).orElse("")));
  }

  private static Fact migrations(ProjectMigrations project) {
    long applied = project.count(State.APPLIED);
    long pending = project.count(State.PENDING) + project.count(State.LATE);
    long wrong = project.migrations().size() - applied - pending;
    String text =
        applied
            + " applied"
            + (pending > 0 ? ", " + pending + " pending" : "")
            + (wrong > 0 ? ", " + wrong + " in trouble" : "");
    return new Fact(
        "Migrations", text, wrong > 0 ? Tone.BAD : pending > 0 ? Tone.WARN : Tone.PLAIN);
  }

  /** Every page of an application that can be opened as it is, at its printed path if it has it. */
  private List<Link> links(String name) {
    List<Link> links = new ArrayList<>();
    links.add(new Link("API", "/apps/" + name + "/api/openapi.json"));
    endpoints.stream()
        .filter(endpoint -> endpoint.owner().equals(name))
        .filter(endpoint -> !endpoint.path().startsWith("/apps/"))
        .filter(StartPage::opensAsItIs)
        .limit(4)
        .forEach(endpoint -> links.add(new Link(endpoint.path(), endpoint.path())));
    return links;
  }

  private static boolean opensAsItIs(Endpoint endpoint) {
    return endpoint.route().method() == Method.GET
        && endpoint.route().audience() == Audience.EVERYONE
        && !endpoint.route().streaming()
        && endpoint.route().parameters().stream().noneMatch(Parameter::required);
  }

  private static String headline(HealthReport health) {
    long all = health.projects().size();
    long well =
        health.projects().stream()
            .filter(project -> project.status() == HealthReport.Status.HEALTHY)
            .count();
    String applications = all == 1 ? "application" : "applications";
    return well == all
        ? number(all) + " " + applications + (all == 1 ? " is" : " are") + " running"
        : (all - well) + " of " + all + " " + applications + " cannot reach the database";
  }

  private static String number(long count) {
    String[] words = {"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"};
    return count < words.length ? words[Math.toIntExact(count)] : String.valueOf(count);
  }

  private static Tone tone(HealthReport.Status status) {
    return switch (status) {
      case HEALTHY -> Tone.GOOD;
      case DEGRADED -> Tone.WARN;
      case UNHEALTHY -> Tone.BAD;
    };
  }

  private static String word(HealthReport.Status status) {
    return switch (status) {
      case HEALTHY -> "Healthy";
      case DEGRADED -> "Degraded";
      case UNHEALTHY -> "Unhealthy";
    };
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
