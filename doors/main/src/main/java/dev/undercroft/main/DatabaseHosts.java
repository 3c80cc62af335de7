package dev.undercroft.main;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.embedded.SecretFolder;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded server for projects without a database URL; it is started only if there are some.
 * Stateless, thread-safe.
 */
final class DatabaseHosts implements Hosts {

  private static final String LOOPBACK = "127.0.0.1";
  private static final String MAINTENANCE = "postgres";
  private static final String PASSWORD = "postgres-superuser";

  @Override
  public Host open(Ground ground, Progress progress) {
    if (!needsServer(ground)) {
      return new ServerHost(ground, Optional.empty());
    }
    EmbeddedServer server = EmbeddedServer.start(settings(ground), progress);
    return new ServerHost(ground, Optional.of(ours(ground, server)));
  }

  private static boolean needsServer(Ground ground) {
    return ground.projects().values().stream()
        .anyMatch(settings -> settings.find(DatabaseSettings.URL).isEmpty());
  }

  private static EmbeddedSettings settings(Ground ground) {
    Settings own = ground.settings();
    EmbeddedSettings settings =
        EmbeddedSettings.in(ground.state().folder())
            .withPort(own.get(DatabaseSettings.EMBEDDED_PORT));
    Optional<Path> cache = own.findPath(DatabaseSettings.CACHE);
    settings = cache.isPresent() ? settings.withCache(cache.get()) : settings;
    Optional<Path> binaries = own.findPath(DatabaseSettings.BINARIES);
    return binaries.isPresent() ? settings.withBinaries(binaries.get()) : settings;
  }

  private static ServerHost.Embedded ours(Ground ground, EmbeddedServer server) {
    return new ServerHost.Embedded(
        admin(server.port(), server.password()),
        server.secrets(),
        "PostgreSQL " + server.version() + ", embedded, port " + server.port(),
        server.data(),
        Optional.of(
            new RunState.ServerReach(
                server.pid(), server.port(), ground.state().secrets(), server.logFile())),
        patience -> stop(server, patience));
  }

  private static boolean stop(EmbeddedServer server, Duration patience) {
    return server.stop(patience);
  }

  private static PostgresAddress admin(int port, Secret password) {
    return new PostgresAddress(
        List.of(new HostPort(LOOPBACK, port)),
        MAINTENANCE,
        EmbeddedSettings.SUPERUSER,
        password,
        Map.of());
  }

  @Override
  public Host join(Ground ground, RunState.ServerReach reach) {
    SecretFolder secrets = new SecretFolder(reach.secrets());
    Secret password =
        secrets
            .find(PASSWORD)
            .orElseThrow(() ->
                Problem.of(
                        "MAIN_SECRET_MISSING",
                        ProblemKind.NOT_FOUND,
                        "the server's password is not in " + secrets.file(PASSWORD))
                    .withRemedy("Stop the instance with `undercroft down` and start it again.")
                    .exception());
    return new ServerHost(
        ground,
        Optional.of(
            new ServerHost.Embedded(
                admin(reach.port(), password),
                secrets,
                "PostgreSQL, embedded, port " + reach.port(),
                ground.state().folder(),
                Optional.empty(),
                patience -> true)));
  }

  @Override
  public boolean stopLeft(StateFolder state) {
    try (EmbeddedServer left =
        EmbeddedServer.start(EmbeddedSettings.in(state.folder()), Progress.NONE)) {
      return left.arrival() == EmbeddedServer.Arrival.TAKEN_OVER;
    }
  }
}
