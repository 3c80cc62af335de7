package dev.undercroft.plugin;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.embedded.CacheFolder;
import dev.undercroft.embedded.ServerBinaries;
import dev.undercroft.generate.Generation;
import dev.undercroft.generate.GenerationResult;
import dev.undercroft.generate.Generator;
import dev.undercroft.settings.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The classes of one project: a server for a moment, its migrations, then the generator. */
record ProjectClasses(Project project) {

  private static final String PLATFORM =
      """
      create schema undercroft;
      create function undercroft.tenant() returns text language sql stable
        return nullif(current_setting('undercroft.tenant', true), '');
      create function undercroft.tenant_uuid() returns uuid language sql stable
        return nullif(current_setting('undercroft.tenant', true), '')::uuid;
      create function undercroft.actor_role() returns text language sql stable
        return nullif(current_setting('undercroft.role', true), '')
      """;

  GenerationResult write(Generation generation) {
    ServerBinaries binaries = ServerBinaries.bundled(CacheFolder.ofThisProcess());
    try (ScratchServer server = ScratchServer.start(binaries);
        Connection connection = server.connect()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(PLATFORM);
      }
      for (Path migration : migrations()) {
        run(connection, migration);
      }
      return new Generator().generate(connection, generation);
    } catch (SQLException e) {
      throw Problem.of("PLUGIN_SERVER", ProblemKind.EXTERNAL, "the throwaway server failed")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Build again; if it stays, run with -X for the cause.")
          .exception(e);
    }
  }

  private List<Path> migrations() {
    try (Stream<Path> inside = Files.list(project.migrations())) {
      return inside
          .map(one -> Files.isDirectory(one) ? one.resolve("migration.sql") : one)
          .filter(one -> one.toString().endsWith(".sql") && Files.isRegularFile(one))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Problem.of(
              "PLUGIN_NO_MIGRATIONS",
              ProblemKind.INPUT,
              "the migrations of " + project.name() + " cannot be read: " + project.migrations())
          .withDetail(e.getClass().getSimpleName() + ": " + e.getMessage())
          .withRemedy("Make the first one with undercroft migrate dev, then build again.")
          .exception(e);
    }
  }

  private static void run(Connection connection, Path migration) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(Files.readString(migration));
    } catch (SQLException | IOException e) {
      throw Problem.of(
              "PLUGIN_MIGRATION_FAILED", ProblemKind.INPUT, "the migration " + migration + " fails")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Repair it, or make it anew with undercroft migrate dev.")
          .exception(e);
    }
  }
}
