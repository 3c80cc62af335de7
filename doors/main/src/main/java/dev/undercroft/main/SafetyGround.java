package dev.undercroft.main;

import dev.undercroft.access.DatabaseAddresses;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.SecretFolder;
import dev.undercroft.platform.Scope;
import dev.undercroft.safety.Places;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The databases of a scope as the verbs about safety see them, by their administrators. */
final class SafetyGround implements Places {

  private final List<Place> places;
  private final Optional<Host> host;

  private SafetyGround(List<Place> places, Optional<Host> host) {
    this.places = List.copyOf(places);
    this.host = host;
  }

  /** Reaches them, by the running server or by one that is started for this verb. */
  static Places of(Scope scope, Hosts hosts) {
    Ground ground = Ground.read(scope, Purpose.COMMAND);
    boolean embedded =
        ground.projects().values().stream()
            .anyMatch(settings -> settings.find(DatabaseSettings.URL).isEmpty());
    Optional<Host> host = embedded ? Optional.of(host(ground, hosts)) : Optional.empty();
    boolean whole = false;
    try {
      List<Place> places = new ArrayList<>();
      for (Map.Entry<Project, Settings> each : ground.projects().entrySet()) {
        places.add(place(ground, each.getKey(), each.getValue(), host));
      }
      whole = true;
      return new SafetyGround(places, host);
    } finally {
      if (!whole) {
        host.ifPresent(Host::close);
      }
    }
  }

  private static Host host(Ground ground, Hosts hosts) {
    ground.state().make();
    return new RunFile(ground.state().runFile())
        .read()
        .filter(run -> run.process().isPresent())
        .flatMap(RunState::server)
        .map(reach -> hosts.join(ground, reach))
        .orElseGet(() -> hosts.open(ground, Progress.NONE));
  }

  private static Place place(
      Ground ground, Project project, Settings settings, Optional<Host> host) {
    Optional<String> url = settings.find(DatabaseSettings.URL);
    PostgresAddress admin =
        url.isPresent()
            ? remote(url.get(), project, settings)
            : host.flatMap(Host::administrator)
                .orElseThrow()
                .withDatabase(settings.find(DatabaseSettings.NAME).orElse(project.name()));
    return new Place(
        project,
        admin,
        url.isPresent() ? Place.Server.EXTERNAL : Place.Server.EMBEDDED,
        ground.state().folder(),
        new SecretFolder(ground.state().secrets()));
  }

  private static PostgresAddress remote(String url, Project project, Settings settings) {
    DatabaseAddresses addresses =
        DatabaseAddresses.parse(url, settings.find(DatabaseSettings.DIRECT_URL), project.folder());
    if (addresses.migrations() instanceof PostgresAddress postgres) {
      return postgres;
    }
    throw Problem.of(
            "MAIN_SAFETY_SQLITE",
            ProblemKind.INPUT,
            "the database of project '" + project.name() + "' is a SQLite file")
        .withDetail(
            "SQLite knows neither roles nor row policies. What keeps tenants apart there are the"
                + " conditions of the application alone, and no command checks those.")
        .withRemedy("Verify it where it is served by PostgreSQL.")
        .exception();
  }

  @Override
  public List<Place> all() {
    return places;
  }

  @Override
  public void close() {
    host.ifPresent(Host::close);
  }
}
