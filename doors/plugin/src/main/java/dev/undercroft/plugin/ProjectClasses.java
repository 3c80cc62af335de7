package dev.undercroft.plugin;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.CacheFolder;
import dev.undercroft.embedded.ServerBinaries;
import dev.undercroft.generate.Generation;
import dev.undercroft.generate.GenerationResult;
import dev.undercroft.generate.Generator;
import dev.undercroft.migrate.MigrationLayout;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.postgres.PostgresMigrationDialect;
import dev.undercroft.postgres.ProvisionTarget;
import dev.undercroft.postgres.Provisioned;
import dev.undercroft.postgres.Provisioning;
import dev.undercroft.settings.Project;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;

/** The classes of one project: a server for a moment, its migrations, then the generator. */
record ProjectClasses(Project project) {

  private static final String PURPOSE = "undercroft generate";

  GenerationResult write(Generation generation) {
    refuseMissingMigrations();
    ServerBinaries binaries = ServerBinaries.bundled(CacheFolder.ofThisProcess());
    try (ScratchServer server = ScratchServer.start(binaries)) {
      PostgresAddress migrator = prepare(server);
      migrate(migrator);
      try (Connection connection = new PostgresConnections(migrator, PURPOSE).open()) {
        return new Generator().generate(connection, generation);
      }
    } catch (SQLException e) {
      throw Problem.of("PLUGIN_SERVER", ProblemKind.EXTERNAL, "the throwaway server failed")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Build again; if it stays, run with -X for the cause.")
          .exception(e);
    }
  }

  private void refuseMissingMigrations() {
    if (!Files.isDirectory(project.migrations())) {
      throw Problem.of(
              "PLUGIN_NO_MIGRATIONS",
              ProblemKind.INPUT,
              project.name() + " has no folder of migrations: " + project.migrations())
          .withRemedy("Make the first one with undercroft migrate dev, then build again.")
          .exception();
    }
  }

  /** Roles and the platform's schema are what they are anywhere else: migrations need them. */
  private PostgresAddress prepare(ScratchServer server) {
    Provisioned provisioned =
        new Provisioning(server.address(), new MemorySecrets())
            .apply(ProvisionTarget.of(project.name(), project.name()), Progress.NONE);
    return provisioned.ways().migrator();
  }

  private void migrate(PostgresAddress address) {
    var dialect = new PostgresMigrationDialect(new PostgresConnections(address, PURPOSE), address);
    var layout = new MigrationLayout(project.migrations(), project.seed());
    var options =
        MigrationOptions.DEFAULT
            .withAppliedBy(PURPOSE)
            .withOwner(ProvisionTarget.of(project.name(), project.name()).roles().owner());
    new Migrations(dialect, layout, options).deploy(Progress.NONE);
  }
}
