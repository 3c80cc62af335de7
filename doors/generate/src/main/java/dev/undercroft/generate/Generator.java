package dev.undercroft.generate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.codegen.GenerationTool;

/**
 * Writes typed access classes for a database: tables, records, enums, keys, indexes, routines,
 * sequences. The same database gives the same bytes, whenever and wherever it runs; a file that is
 * right already is not touched, so that compilers need not run. Stateless, thread-safe.
 *
 * <p>jOOQ's generator does the work (its manual, chapter "Code generation"). Left out are the
 * system schemas, the platform's schema {@code undercroft} and what belongs to an extension.
 */
public final class Generator {

  /** The version of jOOQ that writes the classes, and that an application needs to use them. */
  public static String version() {
    return org.jooq.Constants.FULL_VERSION;
  }

  /**
   * Writes the classes. Nothing in the folder changes before all of them could be made; a run that
   * was killed is completed by the next one.
   *
   * @param connection to the migrated database, PostgreSQL or SQLite, by a user who sees the
   *     catalog; it stays open
   * @throws dev.undercroft.base.ProblemException if the database cannot be read, has no table, or
   *     the folder cannot be written or holds a file that is not the generator's
   */
  public GenerationResult generate(Connection connection, Generation generation) {
    try {
      List<String> schemas = GenerationSource.schemas(connection);
      Path staging = Files.createTempDirectory("undercroft-generate-");
      try {
        run(connection, schemas, generation, staging);
        Path fresh = staging.resolve(generation.packageName().replace('.', '/'));
        if (!schemas.isEmpty() && Files.isDirectory(fresh)) {
          TextTypes.writeInto(fresh, generation.packageName());
        }
        return new OutputFolder(generation.packageFolder()).replaceBy(fresh);
      } finally {
        OutputFolder.delete(staging);
      }
    } catch (SQLException e) {
      throw unreadable(e);
    } catch (IOException e) {
      throw Problem.of(
              "GENERATE_WRITE_FAILED",
              ProblemKind.EXTERNAL,
              "the classes cannot be written to " + generation.folder())
          .withDetail(e.getClass().getSimpleName() + ": " + e.getMessage())
          .withRemedy("Make the folder writable or free space, then run it again.")
          .exception(e);
    }
  }

  private static void run(
      Connection connection, List<String> schemas, Generation generation, Path staging)
      throws SQLException {
    GenerationTool tool = new GenerationTool();
    tool.setClassLoader(Generator.class.getClassLoader());
    tool.setConnection(connection);
    var settings =
        new GeneratorSettings(
            generation.excluding(GenerationSource.extensionObjects(connection)),
            schemas,
            GenerationSource.database(connection),
            !GenerationSource.joinsNamesakes(connection));
    try {
      tool.run(settings.writingTo(staging));
    } catch (SQLException e) {
      throw e;
    } catch (Exception e) {
      throw unreadable(e);
    }
  }

  private static dev.undercroft.base.ProblemException unreadable(Exception cause) {
    return Problem.of(
            "GENERATE_READ_FAILED",
            ProblemKind.EXTERNAL,
            "the database's catalog cannot be read for the classes")
        .withDetail(String.valueOf(cause.getMessage()))
        .withRemedy("Check that the user may read the catalog and that migrations are deployed.")
        .exception(cause);
  }
}
