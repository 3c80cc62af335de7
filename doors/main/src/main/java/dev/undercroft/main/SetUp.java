package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.platform.InstanceSummary.ServedProject;
import dev.undercroft.settings.Environment;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Makes one project's database what its files say: pending migrations, grants, and in development
 * the seeds. What was done with the very same files is not done again. Thread-safe.
 */
final class SetUp {

  private final SetUpNotes notes;

  SetUp(SetUpNotes notes) {
    this.notes = notes;
  }

  /** Sets up, and says what was done. */
  ServedProject run(Project project, Settings settings, ServedDatabase served) {
    ProjectDatabase database = served.database();
    warn(database.aftermath().warnings());
    Migrations migrations = database.migrations();
    DeployResult deployed = migrations.deploy(Progress.NONE);
    warn(deployed.warnings());
    String fingerprint = fingerprint(project, database, deployed);
    boolean fresh = !notes.has(project.name(), fingerprint);
    boolean seeds = fresh && settings.environment() == Environment.DEVELOPMENT;
    if (fresh) {
      database.aftermath().grants().run();
    }
    if (seeds) {
      migrations.seed(Progress.NONE);
    }
    notes.note(project.name(), fingerprint);
    return new ServedProject(
        project.name(),
        project.title(),
        database.name(),
        database.shown().url(),
        database.shown().passwordFile(),
        deployed.alreadyApplied() + deployed.applied().size(),
        deployed.applied().size(),
        seeds);
  }

  private static void warn(List<Problem> warnings) {
    for (Problem warning : warnings) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.WARNING, () -> warning.message() + ". " + warning.remedy());
    }
  }

  /** A migration that ran now makes the fingerprint new, even if the files are old. */
  private static String fingerprint(
      Project project, ProjectDatabase database, DeployResult deployed) {
    try {
      return SetUpNotes.fingerprint(
          List.of(
              database.shown().url(),
              String.valueOf(deployed.alreadyApplied() + deployed.applied().size())),
          List.of(project.migrations(), project.seed(), project.grants()));
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
