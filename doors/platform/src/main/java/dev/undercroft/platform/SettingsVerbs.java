package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.platform.ConfigReport.Setting;
import dev.undercroft.platform.ProjectCommand.FilesWritten;
import dev.undercroft.platform.ProjectCommand.Overwrite;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.SecretGenerator;
import dev.undercroft.settings.Selection;
import dev.undercroft.settings.SettingLine;
import dev.undercroft.settings.SettingsReader;
import dev.undercroft.settings.SettingsReport;
import dev.undercroft.settings.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The verbs that concern settings and secrets alone. Thread-safe. */
public final class SettingsVerbs {

  private final Function<Scope, Selection> selecting;
  private final Function<Scope, Surroundings> surroundings;

  /**
   * Reads settings.
   *
   * @param selecting finds what a scope means
   * @param surroundings what the process finds around it
   */
  public SettingsVerbs(
      Function<Scope, Selection> selecting, Function<Scope, Surroundings> surroundings) {
    this.selecting = selecting;
    this.surroundings = surroundings;
  }

  /**
   * Every setting of every project.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong
   */
  public ConfigReport config(InspectCommand.Config command) {
    Selection selection = selecting.apply(command.scope());
    List<Setting> all = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Project project : selection.projects()) {
      SettingsReport report = read(selection.narrowedTo(project), command.scope());
      problems.addAll(report.problems());
      report.settings().lines().forEach(line -> all.add(setting(project.name(), line)));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new ConfigReport(all);
  }

  /** Makes the secrets that the projects' settings name. */
  public FilesWritten generateSecrets(ProjectCommand.GenerateSecrets command) {
    Selection selection = selecting.apply(command.scope());
    SecretGenerator.Existing existing =
        command.overwrite() == Overwrite.REPLACE
            ? SecretGenerator.Existing.REPLACE
            : SecretGenerator.Existing.KEEP;
    List<Path> written = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    for (Project project : selection.projects()) {
      Selection one = selection.narrowedTo(project);
      SecretGenerator.Outcome outcome =
          SecretGenerator.generate(
              one, read(one, command.scope()).settings(), command.names(), existing);
      written.addAll(outcome.written());
      kept.addAll(outcome.kept());
    }
    return new FilesWritten(written, kept);
  }

  private SettingsReport read(Selection selection, Scope scope) {
    return SettingsReader.report(selection, surroundings.apply(scope), Purpose.COMMAND);
  }

  private static Setting setting(String project, SettingLine line) {
    return new Setting(
        project, line.name(), line.value(), line.origin().toString(), line.description());
  }
}
