package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.evolve.Databases.Scratches;
import dev.undercroft.evolve.SchemaEngine.Facts;
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.schema.RenameNotes;
import dev.undercroft.schema.ScratchServer.Scratch;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Everything one command has open: the scratch server and the databases on it, the live connection.
 * Cleared at its end, however it ends. The two sides of a comparison may be read at once.
 */
final class Desk implements AutoCloseable {

  private final Databases databases;
  private final SchemaEngine engine;
  private final Frame frame;
  private final CompletableFuture<Integer> major = new CompletableFuture<>();
  private @Nullable Scratches scratches;
  private @Nullable Connection live;
  private volatile @Nullable Throwable clearing;
  private volatile boolean usesPlatform;

  Desk(Databases databases, SchemaEngine engine, Frame frame) {
    this.databases = databases;
    this.engine = engine;
    this.frame = frame;
  }

  SchemaEngine engine() {
    return engine;
  }

  /** Says of which version a scratch server should be; what is read may wait for it. */
  void wish(int version) {
    major.complete(version);
  }

  /** Reads one side. */
  Reading read(Source source) {
    if (source.sql().filter(sql -> sql != engine.sql()).isPresent()) {
      throw Problem.of(
              "EVOLVE_OTHER_PRODUCT",
              ProblemKind.INPUT,
              source.shown() + " is not for this kind of database")
          .withDetail(
              "A .prisma schema stands for PostgreSQL; a catalog says of which product it is.")
          .withRemedy("Give a schema in the SQL of this database.")
          .exception();
    }
    return switch (source) {
      case Source.Sql sql -> loaded(sql);
      case Source.Migrations migrations -> replayed(migrations);
      case Source.Written written -> written(written);
      case Source.Live address -> live(address, databases.open(address.url()));
    };
  }

  private Reading written(Source.Written source) {
    Catalog catalog = CatalogJson.read(source.shown(), source.text());
    wish(catalog.server().major());
    return Reading.of(source, catalog);
  }

  private Reading live(Source.Live source, Connection connection) {
    try (connection) {
      Facts facts = engine.facts(connection);
      wish(facts.major());
      Catalog catalog = engine.introspector().read(connection, frame.scope());
      return new Reading(
          source, catalog, List.of(), Map.of(), Optional.empty(), Optional.of(facts));
    } catch (SQLException e) {
      throw gone(source.shown(), e);
    }
  }

  /** Reads the database that will be changed, and keeps the connection; nobody else changes it. */
  Reading target(Source.Live source) {
    return target(source, databases.openToChange(source.url()));
  }

  /** The same through this connection, which is closed with the desk. */
  Reading target(Source source, Connection connection) {
    live = connection;
    if (!engine.lock(connection)) {
      throw Problem.of(
              "EVOLVE_BUSY",
              ProblemKind.CONFLICT,
              "another process is changing the schema of " + source.shown())
          .withRemedy("Wait for it, and repeat the command.")
          .exception();
    }
    Facts facts = engine.facts(connection);
    wish(facts.major());
    Catalog catalog = engine.introspector().read(connection, frame.scope());
    return new Reading(source, catalog, List.of(), Map.of(), Optional.empty(), Optional.of(facts));
  }

  private Reading loaded(Source.Sql source) {
    Scratch scratch = scratch(source.files());
    List<Problem> notes = engine.load(scratch.connection(), source.files());
    Catalog catalog = engine.introspector().read(scratch.connection(), frame.scope());
    Map<ObjectId, ObjectId> renames = RenameNotes.in(source.files(), catalog, engine.sql());
    return new Reading(source, catalog, notes, renames, Optional.of(scratch), Optional.empty());
  }

  private Reading replayed(Source.Migrations source) {
    return carriedOut(
        source, MigrationText.read(source.folder()).stream().map(MigrationText::script).toList());
  }

  /** What migrations give, from the cache if it stands there for this version of the server. */
  Reading replayed(Source source, List<SqlSource> scripts, int version) {
    Optional<Catalog> kept =
        databases.replays().flatMap(cache -> cache.open().find(scripts, version));
    if (kept.isPresent()) {
      return Reading.of(source, kept.get());
    }
    Reading reading = carriedOut(source, scripts);
    databases.replays().ifPresent(cache -> cache.open().keep(scripts, reading.catalog()));
    return reading;
  }

  /** What migrations give, carried out in a scratch database of their own. */
  Reading carriedOut(Source source, List<SqlSource> scripts) {
    Scratch scratch = scratch(scripts);
    List<Problem> notes = Replay.run(scratch.connection(), scripts, engine);
    Catalog catalog = engine.introspector().read(scratch.connection(), frame.scope());
    return new Reading(source, catalog, notes, Map.of(), Optional.of(scratch), Optional.empty());
  }

  private Scratch scratch(List<SqlSource> files) {
    Scratch scratch = scratches().create();
    if (files.stream().anyMatch(file -> file.text().contains("undercroft."))) {
      usesPlatform = true;
      engine.install(scratch.connection());
    }
    return scratch;
  }

  /** A copy of a live database with its rows, where the engine makes one. */
  Optional<Scratch> copy(Reading reading) {
    return reading.source() instanceof Source.Live address
        ? databases.copy(address.url())
        : Optional.empty();
  }

  /**
   * Finds out whether scratch databases can be had.
   *
   * @throws ProblemException if none can
   */
  void reachable() {
    var _ = scratches();
  }

  /** An empty scratch database. */
  Scratch scratch() {
    Scratch scratch = scratches().create();
    if (usesPlatform) {
      engine.install(scratch.connection());
    }
    return scratch;
  }

  /** Brings the target what the platform brings, if the wanted schema speaks of it. */
  void ready() {
    if (usesPlatform) {
      engine.install(live());
    }
  }

  private synchronized Scratches scratches() {
    Scratches now = scratches;
    if (now == null) {
      int wished = frame.scratch().isPresent() ? 0 : major.join();
      now = databases.scratches(frame.scratch(), wished);
      scratches = now;
    }
    return now;
  }

  /** Drops the scratch databases on a thread of their own: nothing waits for it but the end. */
  Thread clearScratches() {
    return Thread.ofPlatform()
        .name("scratch databases")
        .uncaughtExceptionHandler((thread, failure) -> clearing = failure)
        .start(this::closeScratches);
  }

  private synchronized void closeScratches() {
    Scratches open = scratches;
    scratches = null;
    if (open != null) {
      open.close();
    }
  }

  static ProblemException gone(String shown, SQLException e) {
    return Problem.of("EVOLVE_CONNECTION_LOST", ProblemKind.EXTERNAL, shown + " has gone away")
        .withDetail(String.valueOf(e.getMessage()))
        .withRemedy("Check that the server runs, and repeat the command.")
        .exception(e);
  }

  @Override
  public void close() {
    try {
      Connection open = live;
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      throw gone("the database", e);
    } finally {
      closeScratches();
    }
    if (clearing instanceof ProblemException told) {
      throw told;
    }
  }

  /** The connection of {@link #target}. */
  Connection live() {
    Connection open = live;
    if (open == null) {
      throw new IllegalStateException("no target was read");
    }
    return open;
  }
}
