package dev.undercroft.main;

import dev.undercroft.access.DatabaseAddresses;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.engine.Engine;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.platform.Histories;
import dev.undercroft.platform.Scope;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.PostgresMigrationDialect;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.Settings;
import dev.undercroft.sqlite.SqliteEngine;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads histories over one connection for each project, in sessions that may not write.
 * Thread-safe.
 */
final class StoredHistories implements Histories {

  private static final String PURPOSE = "undercroft migrate status";
  private static final String READ_ONLY = "-c default_transaction_read_only=on";

  private final Function<Scope, Optional<Instance>> own;

  /**
   * Nothing is read yet.
   *
   * @param own the instance of this process that serves a scope
   */
  StoredHistories(Function<Scope, Optional<Instance>> own) {
    this.own = own;
  }

  @Override
  public List<ProjectHistory> of(Scope scope) {
    Optional<Instance> instance = own.apply(scope);
    if (instance.isPresent()) {
      return Opened.served(instance.get(), scope).projects().stream()
          .map(open ->
              new ProjectHistory(
                  open.project(),
                  open.database(),
                  open.migrations().status(),
                  open.inside()::connect))
          .toList();
    }
    Ground ground = Ground.read(scope, Purpose.COMMAND);
    Map<Project, Source> sources = new Sources(ground).all();
    return List.copyOf(
        new Parallel<ProjectHistory>(sources.keySet())
            .each(project -> Objects.requireNonNull(sources.get(project)).read(project))
            .values());
  }

  /**
   * Where one history is.
   *
   * @param database the name of the database
   * @param dialect the database; nothing is opened yet
   * @param exists whether there can be such a database
   * @param connect opens a connection to it
   */
  private record Source(
      String database, MigrationDialect dialect, boolean exists, Supplier<Connection> connect) {

    ProjectHistory read(Project project) {
      Migrations migrations =
          new Migrations(
              dialect,
              new MigrationLayout(project.migrations(), project.seed()),
              MigrationOptions.DEFAULT);
      return new ProjectHistory(project, database, status(migrations), connect);
    }

    private MigrationStatus status(Migrations migrations) {
      if (!exists) {
        return migrations.statusOfNew();
      }
      try {
        return migrations.status();
      } catch (ProblemException problem) {
        if (problem.first().code().equals("POSTGRES_NO_DATABASE")) {
          return migrations.statusOfNew();
        }
        throw problem;
      }
    }
  }

  /** Finds out where the histories of a scope are. */
  private static final class Sources {
    private final Ground ground;
    private final Optional<EmbeddedReach> running;

    Sources(Ground ground) {
      this.ground = ground;
      this.running = EmbeddedReach.of(ground.state());
    }

    Map<Project, Source> all() {
      return new Parallel<Source>(ground.projects().keySet())
          .inTurn(project -> source(project, ground.settingsOf(project)));
    }

    private Source source(Project project, Settings settings) {
      Optional<String> url = settings.find(DatabaseSettings.URL);
      if (url.isEmpty()) {
        return embedded(settings.find(DatabaseSettings.NAME).orElse(project.name()));
      }
      DatabaseAddresses addresses =
          DatabaseAddresses.parse(
              url.get(), settings.find(DatabaseSettings.DIRECT_URL), project.folder());
      return switch (addresses.migrations()) {
        case PostgresAddress server -> reading(server, true);
        case SqliteAddress file -> sqlite(file);
      };
    }

    private static Source sqlite(SqliteAddress file) {
      Engine engine = SqliteEngine.create();
      return new Source(
          file.database(),
          engine.migrating().of(file),
          Files.exists(file.file()),
          () -> engine.connecting().to(file, PURPOSE).open());
    }

    private Source embedded(String database) {
      if (running.isPresent()) {
        return reading(running.get().superuser().withDatabase(database), true);
      }
      if (EmbeddedServer.hasData(ground.state().folder())) {
        throw EmbeddedReach.down(ground);
      }
      return reading(never(database), false);
    }

    /** Stands for a server that was never started; nobody connects to it. */
    private static PostgresAddress never(String database) {
      return EmbeddedReach.superuser(5432, Secret.of("")).withDatabase(database);
    }
  }

  private static Source reading(PostgresAddress server, boolean exists) {
    PostgresConnections connections = new PostgresConnections(readOnly(server), PURPOSE);
    return new Source(
        server.database(), new PostgresMigrationDialect(connections), exists, connections::open);
  }

  private static PostgresAddress readOnly(PostgresAddress server) {
    if (server.isTransactionPooled()) {
      return server;
    }
    String options =
        server
            .parameter(PostgresParameter.OPTIONS)
            .map(present -> present + " " + READ_ONLY)
            .orElse(READ_ONLY);
    return server.with(PostgresParameter.OPTIONS, options);
  }
}
