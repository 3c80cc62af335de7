package dev.undercroft.main;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.CacheFolder;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.postgres.PostgresConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An embedded server for scratch databases alone. Its data directory is kept in the cache, so that
 * it need not be made each time, and trusts nothing to the disk: what is lost in a crash is made
 * anew. Several processes at once have one each.
 */
final class ScratchEngine {

  private static final int MOST = 64;
  private static final int CONNECTIONS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String IN_USE = "EMBEDDED_HELD";

  private final EmbeddedServer server;
  private final PostgresAddress address;

  private ScratchEngine(EmbeddedServer server) {
    this.server = server;
    this.address =
        new PostgresAddress(
            List.of(new HostPort(server.host(), server.port())),
            "postgres",
            server.superuser(),
            server.password(),
            Map.of());
  }

  /**
   * Starts one.
   *
   * @param major the version it must have; 0 for the bundled one
   * @throws ProblemException if that version is not on this machine, or it does not start
   */
  static ScratchEngine start(int major) {
    Optional<Path> programs = major == 0 || major == bundled() ? Optional.empty() : find(major);
    String kind = programs.isEmpty() ? "bundled" : String.valueOf(major);
    for (int number = 1; number < MOST; number++) {
      Path home = CacheFolder.ofThisProcess().resolve("scratch").resolve(kind + "-" + number);
      EmbeddedSettings settings = EmbeddedSettings.in(home).withMaxConnections(CONNECTIONS);
      try {
        return careless(
            EmbeddedServer.start(
                programs.isPresent() ? settings.withBinaries(programs.get()) : settings,
                Progress.NONE));
      } catch (ProblemException e) {
        if (!e.first().code().equals(IN_USE)) {
          throw e;
        }
      }
    }
    throw Problem.of("MAIN_NO_SCRATCH", ProblemKind.EXHAUSTED, "too many scratch servers run")
        .withRemedy("Wait for the other commands, or give --scratch the URL of a running server.")
        .exception();
  }

  private static int bundled() {
    return Integer.parseInt(dev.undercroft.cli.Version.read().postgres().split("\\.", 2)[0]);
  }

  private static Optional<Path> find(int major) {
    List<Path> usual =
        List.of(
            Path.of("/usr/lib/postgresql/" + major),
            Path.of("/usr/pgsql-" + major),
            Path.of("/opt/homebrew/opt/postgresql@" + major),
            Path.of("/usr/local/opt/postgresql@" + major));
    return Optional.of(
        usual.stream()
            .filter(folder -> Files.isExecutable(folder.resolve("bin").resolve("initdb")))
            .findFirst()
            .orElseThrow(() ->
                Problem.of(
                        "MAIN_NO_SUCH_VERSION",
                        ProblemKind.EXTERNAL,
                        "a scratch database of PostgreSQL %d is needed, and this machine has none"
                            .formatted(major))
                    .withRemedy(
                        "Give --scratch the URL of a running server of version %d, or install it."
                            .formatted(major))
                    .exception()));
  }

  /** A scratch database that a power failure destroys is no loss. */
  private static ScratchEngine careless(EmbeddedServer server) {
    ScratchEngine engine = new ScratchEngine(server);
    try (Connection connection = new PostgresConnections(engine.address, "undercroft").open();
        Statement statement = connection.createStatement()) {
      boolean fresh;
      try (ResultSet row = statement.executeQuery("show fsync")) {
        fresh = row.next() && row.getString(1).equals("on");
      }
      if (fresh) {
        statement.execute("ALTER SYSTEM SET fsync = off");
        statement.execute("ALTER SYSTEM SET full_page_writes = off");
        statement.execute("SELECT pg_catalog.pg_reload_conf()");
      }
      return engine;
    } catch (SQLException e) {
      engine.stop();
      throw Problem.of(
              "MAIN_SCRATCH_GONE", ProblemKind.EXTERNAL, "the scratch server does not answer")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Try again; its log is in " + server.data().getParent() + ".")
          .exception(e);
    }
  }

  PostgresAddress address() {
    return address;
  }

  void stop() {
    boolean inTime = server.stop(PATIENCE);
    if (!inTime) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.WARNING, "the scratch server did not stop in time");
    }
  }
}
