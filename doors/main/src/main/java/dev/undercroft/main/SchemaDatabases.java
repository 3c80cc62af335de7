package dev.undercroft.main;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.embedded.CacheFolder;
import dev.undercroft.evolve.Databases;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.pgcatalog.ScratchSession;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.schema.ScratchServer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;

/** Databases by their URLs, and scratch databases beside them. Stateless, thread-safe. */
final class SchemaDatabases implements Databases {

  private static final String PURPOSE = "undercroft schema";
  private static final String MAINTENANCE = "postgres";

  @Override
  public Connection open(String url) {
    return new PostgresConnections(address(url), PURPOSE).open();
  }

  private static PostgresAddress address(String url) {
    DatabaseAddress address = DatabaseUrl.parse(url, Path.of("").toAbsolutePath());
    if (address instanceof PostgresAddress postgres) {
      return postgres;
    }
    throw Problem.of(
            "MAIN_NOT_POSTGRES",
            ProblemKind.INPUT,
            address.display() + " is no PostgreSQL database")
        .withRemedy("Give a URL such as postgres://user@host/name.")
        .exception();
  }

  @Override
  public Scratches scratches(Optional<String> url, int major) {
    return url.isPresent() ? on(address(url.get()), () -> {}) : ofOurOwn(major);
  }

  @Override
  public Optional<Replays> replays() {
    return Optional.of(new Replays(CacheFolder.ofThisProcess().resolve("replays"), build()));
  }

  /** Which build of this program reads catalogs: its version, and when it was compiled. */
  private static String build() {
    try {
      Path classes =
          Path.of(
              PostgresIntrospector.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      return Product.VERSION + " " + Files.getLastModifiedTime(classes);
    } catch (IOException | URISyntaxException | IllegalArgumentException unknown) {
      return Product.VERSION;
    }
  }

  private static Scratches ofOurOwn(int major) {
    ScratchEngine engine = ScratchEngine.start(major);
    boolean open = false;
    try {
      Scratches scratches = on(engine.address(), engine::stop);
      open = true;
      return scratches;
    } finally {
      if (!open) {
        engine.stop();
      }
    }
  }

  private static Scratches on(PostgresAddress server, Runnable afterwards) {
    ScratchSession session =
        ScratchSession.open(name ->
            new PostgresConnections(server.withDatabase(database(server, name)), PURPOSE).open());
    return new OpenScratches(session, afterwards);
  }

  private static String database(PostgresAddress server, String name) {
    return name.isEmpty() && server.database().isEmpty()
        ? MAINTENANCE
        : name.isEmpty() ? server.database() : name;
  }

  /** Cleared also when somebody ends the process by a signal that it hears. */
  private static final class OpenScratches implements Scratches {
    private final ScratchSession session;
    private final Runnable afterwards;
    private final Thread hook = new Thread(this::clear, "clearing scratch databases");

    OpenScratches(ScratchSession session, Runnable afterwards) {
      this.session = session;
      this.afterwards = afterwards;
      Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public ScratchServer.Scratch create() {
      return session.create();
    }

    private void clear() {
      try {
        session.close();
      } finally {
        afterwards.run();
      }
    }

    @Override
    public void close() {
      if (isStillOurs()) {
        clear();
      }
    }

    /** While a process ends, its hooks may not be taken back: then the hook clears. */
    private boolean isStillOurs() {
      try {
        return Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        System.getLogger("undercroft.main")
            .log(System.Logger.Level.DEBUG, "the process is ending, which clears it", ending);
        return false;
      }
    }
  }
}
