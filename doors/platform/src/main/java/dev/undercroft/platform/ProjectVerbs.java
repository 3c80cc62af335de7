package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.generate.Generation;
import dev.undercroft.generate.GenerationResult;
import dev.undercroft.generate.Generator;
import dev.undercroft.platform.OpenProjects.OpenProject;
import dev.undercroft.platform.ProjectCommand.FilesWritten;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Carries out {@link ProjectCommand}s. Thread-safe. */
public final class ProjectVerbs {

  private final OpenProjects.Opener opener;
  private final SettingsVerbs settings;

  /**
   * Carries out.
   *
   * @param opener reaches databases
   * @param settings knows settings and secrets
   */
  public ProjectVerbs(OpenProjects.Opener opener, SettingsVerbs settings) {
    this.opener = opener;
    this.settings = settings;
  }

  FilesWritten init(ProjectCommand.Init command) {
    return new NewProject(command).write();
  }

  FilesWritten generateSecrets(ProjectCommand.GenerateSecrets command) {
    return settings.generateSecrets(command);
  }

  FilesWritten generate(ProjectCommand.Generate command, Progress progress) {
    try (OpenProjects open = opener.open(command.scope())) {
      if (open.projects().size() != 1) {
        throw Problem.of(
                "PLATFORM_ONE_PROJECT",
                ProblemKind.USAGE,
                "classes are generated for one project, and "
                    + open.projects().size()
                    + " are meant")
            .withRemedy("Name one with --project.")
            .exception();
      }
      OpenProject project = open.projects().getFirst();
      progress.report("writing classes of " + project.name(), 0, 1);
      return generate(project, generation(project, command));
    }
  }

  private static Generation generation(OpenProject project, ProjectCommand.Generate command) {
    Path folder =
        command.output().orElseGet(() -> project.project().folder().resolve("src/main/java"));
    return Generation.into(
        folder.toAbsolutePath().normalize(),
        command.packageName().orElseGet(() -> project.name() + ".db"));
  }

  private static FilesWritten generate(OpenProject project, Generation generation) {
    try (Connection connection = project.inside().connect()) {
      GenerationResult result = new Generator().generate(connection, generation);
      Path folder = generation.packageFolder();
      List<Path> written = new ArrayList<>();
      result.written().forEach(file -> written.add(folder.resolve(file)));
      return new FilesWritten(written, List.of());
    } catch (SQLException closing) {
      throw Problem.of(
              "PLATFORM_CONNECTION_LOST",
              ProblemKind.EXTERNAL,
              "the connection to " + project.database() + " broke")
          .withRemedy("Run the command again.")
          .exception(closing);
    }
  }
}
