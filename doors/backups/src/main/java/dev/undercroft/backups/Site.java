package dev.undercroft.backups;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a scope means, before any server is asked. Immutable.
 *
 * @param settings the settings of the workspace or of the one project that is meant
 * @param projects the projects that are meant with their settings
 * @param state the folder in which the product keeps what it makes at run time
 * @param secrets the folder with the passwords of the embedded server's roles
 */
public record Site(Settings settings, Map<Project, Settings> projects, Path state, Path secrets) {

  /** Copies the map. */
  public Site {
    projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
  }

  /**
   * The only project that is meant.
   *
   * @throws dev.undercroft.base.ProblemException if there are several
   */
  Project one() {
    if (projects.size() != 1) {
      List<String> names = projects.keySet().stream().map(Project::name).toList();
      throw Problem.of(
              "BACKUP_ONE_PROJECT",
              ProblemKind.USAGE,
              "a table belongs to one project, and these are meant: " + String.join(", ", names))
          .withRemedy("Name one with --project.")
          .exception();
    }
    return projects.keySet().iterator().next();
  }

  /** The settings of one of the projects. */
  Settings settingsOf(Project project) {
    return Objects.requireNonNull(projects.get(project));
  }

  /** The database of a project in the embedded server. */
  String databaseOf(Project project) {
    return settingsOf(project).find(DatabaseSettings.NAME).orElse(project.name());
  }
}
