package dev.undercroft.backups;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.settings.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a project says must happen in its database when it comes back from a backup, before anybody
 * is served: the files of its folder {@code after-restore}. A backup knows sessions that were
 * revoked and links that were used since; here they end. Immutable.
 */
final class AfterRestore {

  private static final String FOLDER = "after-restore";
  private static final String UNDEFINED_TABLE = "42P01";

  private final Project project;

  AfterRestore(Project project) {
    this.project = project;
  }

  /**
   * Runs the files in the order of their names, in one transaction. A file that speaks of a table
   * that is not there has nothing to end, and is told.
   *
   * @param connection to the restored database, as a role that may do everything there
   * @return which files were not run, and why
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_AFTER_RESTORE} with the file that
   *     failed; then nothing of them was done
   */
  List<Problem> run(Connection connection) throws IOException, SQLException {
    List<Path> files = files();
    List<Problem> notRun = new ArrayList<>();
    connection.setAutoCommit(false);
    try {
      for (Path file : files) {
        run(file, connection).ifPresent(notRun::add);
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    return notRun;
  }

  private List<Path> files() throws IOException {
    Path folder = project.folder().resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  private Optional<Problem> run(Path file, Connection connection) throws IOException, SQLException {
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(file));
      return Optional.empty();
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        connection.rollback(before);
        return Optional.of(notRun(file, e));
      }
      throw Problem.of(
              "BACKUP_AFTER_RESTORE",
              ProblemKind.CONFLICT,
              "the restored database of " + project.name() + " does not take " + file)
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy(
              "The present data are as before. Mend the file so that it fits the schema of that"
                  + " moment, then restore again.")
          .exception(e);
    }
  }

  private Problem notRun(Path file, SQLException cause) {
    return Problem.of(
            "BACKUP_AFTER_RESTORE_SKIPPED",
            ProblemKind.CONFLICT,
            file.getFileName()
                + " of "
                + project.name()
                + " was not run, because a table it names was not there at that moment")
        .withDetail(String.valueOf(cause.getMessage()))
        .withRemedy("Check " + file + " if the table should be there.");
  }
}
