package dev.undercroft.main;

import dev.undercroft.backups.BackupService;
import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.SecretFolder;
import dev.undercroft.http.Guest;
import dev.undercroft.http.House;
import dev.undercroft.http.HttpDoor;
import dev.undercroft.http.HttpSettings;
import dev.undercroft.http.OperatorToken;
import dev.undercroft.identity.HashGate;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.InstanceSummary.ServedProject;
import dev.undercroft.platform.Platform;
import dev.undercroft.platform.Scope;
import dev.undercroft.postgres.ProjectRoles;
import dev.undercroft.safety.ProjectSafety;
import dev.undercroft.sdk.Application;
import dev.undercroft.sdk.Chore;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Services;
import dev.undercroft.sdk.Vault;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Environment;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ServerSettings;
import dev.undercroft.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings an instance up: server, HTTP, then all projects at once. HTTP listens before the databases
 * are set up, so that a taken port is known at once and supervisors see the process. One thread at
 * a time.
 */
final class Startup {

  private static final Duration SEAL_EVERY = Duration.ofMinutes(5);
  private static final ByteSize LARGEST_BODY = new ByteSize(1 << 20);
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Ground ground;
  private final Scope scope;
  private final Tools tools;
  private final Instance instance;
  private final long begun = System.nanoTime();

  /**
   * What starting needs from the house.
   *
   * @param hosts finds or starts the database server
   * @param platform carries out verbs for the HTTP door
   * @param meters takes measurements
   */
  record Tools(Hosts hosts, Platform platform, PrometheusMeterRegistry meters) {}

  Startup(Ground ground, Scope scope, Tools tools, Instance instance) {
    this.ground = ground;
    this.scope = scope;
    this.tools = tools;
    this.instance = instance;
  }

  /**
   * Starts everything; what was started before a failure is in the instance and can be stopped.
   *
   * @throws dev.undercroft.base.ProblemException with the problems of all projects
   */
  InstanceSummary run(Progress progress) {
    Host host = tools.hosts().open(ground, progress);
    instance.has(host);
    Map<Project, ServedDatabase> databases = databases(host);
    instance.has(List.copyOf(databases.values()));
    List<Guest> guests = guests(databases);
    HttpDoor door = listen(guests);
    List<ServedProject> served = setUpAll(databases, progress);
    Chores chores = Chores.begin(tools.meters(), guests);
    host.administrator().ifPresent(ours -> chores.also(sealing()));
    instance.has(chores);
    InstanceSummary summary =
        new InstanceSummary(
            "http://localhost:" + door.port(),
            token().file(),
            host.description(),
            host.reach().map(this::writePasswords).orElse(""),
            host.data(),
            served,
            Duration.ofNanos(System.nanoTime() - begun));
    instance.ready(summary);
    instance.has(backups());
    return summary;
  }

  /** Entries of audit logs come under seals soon after they are written. */
  private Chore sealing() {
    ProjectSafety safety =
        new ProjectSafety(seen -> SafetyGround.of(seen, tools.hosts()), InstantSource.system());
    return new Chore("audit-seal", SEAL_EVERY, () -> safety.seal(scope));
  }

  /** Begins after everything is served: the first backup is of a whole server. */
  private BackupService backups() {
    BackupService backups =
        new BackupService(
            new BackupGround(tools.hosts()), scope, tools.platform(), InstantSource.system());
    backups.start();
    return backups;
  }

  private Map<Project, ServedDatabase> databases(Host host) {
    Parallel<ServedDatabase> preparing = new Parallel<>(ground.projects().keySet());
    return preparing.each(project -> served(host, project, ground.settingsOf(project)));
  }

  private ServedDatabase served(Host host, Project project, Settings settings) {
    StatementWatch watch =
        new StatementWatch(
            project.name(), settings.get(DatabaseSettings.SLOW_STATEMENT), tools.meters());
    return new ServedDatabase(
        project.name(), host.prepare(project, settings), watch, tools.meters());
  }

  private String writePasswords(RunState.ServerReach reach) {
    PasswordFile file = new PasswordFile(ground.state().passwordFile(), reach.port());
    List<String> roles =
        ground.projects().keySet().stream()
            .flatMap(project -> ProjectRoles.of(project.name()).logins().stream())
            .map(Identifier::text)
            .toList();
    file.write(new EmbeddedReach(reach).secrets(), roles);
    return file.superuserUrl();
  }

  private HttpDoor listen(List<Guest> guests) {
    Settings settings = ground.settings();
    HttpSettings http =
        new HttpSettings(
            settings.get(ServerSettings.HOST),
            settings.get(ServerSettings.PORT),
            List.of(),
            LARGEST_BODY,
            IDLE,
            settings.get(ServerSettings.SHUTDOWN_TIMEOUT),
            settings.environment() == Environment.PRODUCTION ? Detail.BRIEF : Detail.FULL);
    House house =
        new House(
            tools.platform(),
            scope,
            token(),
            tools.meters(),
            tools.meters()::scrape,
            instance::summary,
            Product.VERSION);
    HttpDoor door = new HttpDoor(http, house, guests);
    door.start();
    instance.has(door);
    return door;
  }

  private OperatorToken token() {
    return ground
        .settings()
        .find(ServerSettings.OPERATOR_TOKEN)
        .map(given -> new OperatorToken(given, ground.state().tokenFile()))
        .orElseGet(() -> OperatorToken.readOrMake(ground.state().tokenFile()));
  }

  /** The applications on the class path whose projects are served. */
  private List<Guest> guests(Map<Project, ServedDatabase> databases) {
    Map<String, Services> byName = new LinkedHashMap<>();
    HashGate gate = HashGate.usual();
    BackupWatch watch = BackupWatch.of(tools.platform(), scope);
    databases.forEach((project, database) ->
        byName.put(
            project.name(),
            new ProjectServices(
                database,
                vault(project, gate),
                ground.settingsOf(project),
                new FileOutbox(
                    ground.state().outbox().resolve(project.name()), InstantSource.system()),
                watch)));
    List<Guest> guests = new ArrayList<>();
    for (Application application : ServiceLoader.load(Application.class)) {
      Services services = byName.get(application.name());
      if (services != null) {
        guests.add(new Guest(application, services));
      }
    }
    return guests;
  }

  private Vault vault(Project project, HashGate gate) {
    return new ProjectVault(
        project.name(),
        ground.settingsOf(project),
        new SecretFolder(ground.state().secrets()),
        gate);
  }

  private List<ServedProject> setUpAll(Map<Project, ServedDatabase> databases, Progress progress) {
    SetUp setUp = new SetUp(new SetUpNotes(ground.state().setUpFile()));
    AtomicInteger done = new AtomicInteger();
    Parallel<ServedProject> settingUp = new Parallel<>(databases.keySet());
    return List.copyOf(
        settingUp
            .each(project -> {
              ServedDatabase database = Objects.requireNonNull(databases.get(project));
              ServedProject served = setUp.run(project, ground.settingsOf(project), database);
              progress.report(project.title(), done.incrementAndGet(), databases.size());
              return served;
            })
            .values());
  }
}
