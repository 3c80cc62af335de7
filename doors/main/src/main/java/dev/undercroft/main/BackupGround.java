package dev.undercroft.main;

import dev.undercroft.access.DatabaseAddresses;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.backups.Cluster;
import dev.undercroft.backups.Clusters;
import dev.undercroft.backups.Site;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server behind a scope as backups see it: the embedded one, running or started for one verb,
 * or the one that a URL names. Stateless, thread-safe.
 */
final class BackupGround implements Clusters {

  private final Hosts hosts;

  BackupGround(Hosts hosts) {
    this.hosts = hosts;
  }

  @Override
  public Site site(Scope scope) {
    Ground ground = Ground.read(scope, Purpose.COMMAND);
    StateFolder state = Ground.stateOf(scope);
    return new Site(ground.settings(), ground.projects(), state.folder(), state.secrets());
  }

  @Override
  public Optional<PostgresAddress> remote(Scope scope) {
    Ground ground = Ground.read(scope, Purpose.COMMAND);
    Map<String, PostgresAddress> servers = new LinkedHashMap<>();
    boolean hasEmbedded = false;
    for (Map.Entry<Project, Settings> each : ground.projects().entrySet()) {
      Optional<String> url = each.getValue().find(DatabaseSettings.URL);
      hasEmbedded |= url.isEmpty();
      url.map(text -> direct(text, each.getKey(), each.getValue()))
          .ifPresent(address -> servers.putIfAbsent(address.servers(), address));
    }
    if (servers.size() + (hasEmbedded ? 1 : 0) > 1) {
      throw several(servers.keySet().stream().toList());
    }
    return servers.values().stream().findFirst();
  }

  private static PostgresAddress direct(String url, Project project, Settings settings) {
    DatabaseAddresses addresses =
        DatabaseAddresses.parse(url, settings.find(DatabaseSettings.DIRECT_URL), project.folder());
    addresses
        .obstacleToMigrations()
        .ifPresent(obstacle -> {
          throw obstacle.exception();
        });
    if (addresses.migrations() instanceof PostgresAddress postgres) {
      return postgres;
    }
    throw Problem.of(
            "BACKUP_NOT_POSTGRES",
            ProblemKind.INPUT,
            "the database of project '" + project.name() + "' is a SQLite file")
        .withRemedy("Physical backups are for PostgreSQL.")
        .exception();
  }

  private static ProblemException several(List<String> servers) {
    return Problem.of(
            "BACKUP_SEVERAL_SERVERS",
            ProblemKind.USAGE,
            "the projects that are meant are on several servers")
        .withDetail(String.join("\n", servers))
        .withRemedy("Name a project with --project, and a repository of its own for each server.")
        .exception();
  }

  @Override
  public Cluster open(Scope scope) {
    Optional<PostgresAddress> remote = remote(scope);
    if (remote.isPresent()) {
      return new Reached(remote.get(), Optional.empty(), () -> {});
    }
    Ground ground = Ground.read(scope, Purpose.COMMAND);
    StateFolder state = Ground.stateOf(scope);
    state.make();
    Optional<RunState.ServerReach> running =
        new RunFile(state.runFile())
            .read()
            .filter(run -> run.process().isPresent())
            .flatMap(RunState::server);
    Host host =
        running
            .map(reach -> hosts.join(ground, reach))
            .orElseGet(() -> hosts.open(ground, Progress.NONE));
    return new Reached(host.administrator().orElseThrow(), Optional.of(host.data()), host::close);
  }

  /** A server that was reached. */
  private record Reached(PostgresAddress administrator, Optional<Path> data, Runnable closing)
      implements Cluster {
    @Override
    public void close() {
      closing.run();
    }
  }
}
