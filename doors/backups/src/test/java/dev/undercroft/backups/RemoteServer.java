package dev.undercroft.backups;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Secret;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.Selection;
import dev.undercroft.settings.Settings;
import dev.undercroft.settings.SettingsReader;
import dev.undercroft.settings.Surroundings;
import dev.undercroft.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server by its address, as the settings of one project with these variables name it. */
record RemoteServer(PostgresAddress address, Map<String, String> variables) implements Clusters {

  static PostgresAddress address(PostgresServer server, String role, String password) {
    return new PostgresAddress(
        List.of(new HostPort(PostgresServer.HOST, server.port())),
        "postgres",
        role,
        Secret.of(password),
        Map.of());
  }

  @Override
  public Site site(Scope scope) {
    Selection selection = ProjectFinder.find(scope.directory(), null);
    Settings settings =
        SettingsReader.read(
            selection,
            new Surroundings(scope.directory(), variables, List.of(), Path.of("/run/secrets")),
            Purpose.COMMAND);
    Project project = selection.projects().getFirst();
    Path state = scope.directory().resolve(".undercroft");
    return new Site(settings, Map.of(project, settings), state, state.resolve("secrets"));
  }

  @Override
  public Optional<PostgresAddress> remote(Scope scope) {
    return Optional.of(address);
  }

  @Override
  public Cluster open(Scope scope) {
    PostgresAddress reached = address;
    return new Cluster() {
      @Override
      public PostgresAddress administrator() {
        return reached;
      }

      @Override
      public Optional<Path> data() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
