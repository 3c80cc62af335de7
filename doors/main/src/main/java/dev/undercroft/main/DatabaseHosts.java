package dev.undercroft.main;

import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The embedded server for projects without a database URL; it is started only if there are some.
 * Stateless, thread-safe.
 */
final class DatabaseHosts implements Hosts {

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
        EmbeddedReach.superuser(server.port(), server.password()),
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

  @Override
  public Host join(Ground ground, RunState.ServerReach reach) {
    EmbeddedReach way = new EmbeddedReach(reach);
    return new ServerHost(
        ground,
        Optional.of(
            new ServerHost.Embedded(
                way.superuser(),
                way.secrets(),
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
