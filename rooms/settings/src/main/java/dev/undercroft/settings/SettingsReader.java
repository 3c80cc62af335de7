package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the settings of a project or workspace from all places: option, variable, file named by
 * {@code NAME_FILE}, {@code /run/secrets}, the folder {@code secrets}, {@code .env} files, {@code
 * undercroft.toml}, default; the first that has a value wins. Stateless, thread-safe.
 */
public final class SettingsReader {

  private SettingsReader() {}

  /**
   * Reads and checks.
   *
   * @throws ProblemException with everything that is wrong
   */
  public static Settings read(Selection selection, Surroundings surroundings, Purpose purpose) {
    SettingsReport report = report(selection, surroundings, purpose);
    if (!report.problems().isEmpty()) {
      throw new ProblemException(report.problems());
    }
    return report.settings();
  }

  /** Reads and checks, and tells what is wrong beside what was read. */
  public static SettingsReport report(
      Selection selection, Surroundings surroundings, Purpose purpose) {
    List<Problem> problems = new ArrayList<>();
    List<Problem> warnings = new ArrayList<>();
    Situation first =
        new Situation(selection, surroundings, Environment.DEVELOPMENT, Purpose.COMMAND);
    Situation situation = new Situation(selection, surroundings, environment(first), purpose);
    DotEnvFiles dotEnv =
        DotEnvFiles.of(situation.folders(), situation.environment(), situation.variables());
    problems.addAll(dotEnv.problems());
    Map<String, Candidate> values = gather(situation, dotEnv, problems, warnings);
    problems.addAll(new UnknownNames(situation, dotEnv).problems());
    problems.addAll(new Rules(situation, values).problems());
    warnings.addAll(Rules.warnings(situation, values));
    return new SettingsReport(new Settings(situation, values, warnings), problems);
  }

  /**
   * The environment decides which files are read, so only what does not depend on it can name it. A
   * wrong word is reported when all settings are read.
   */
  private static Environment environment(Situation first) {
    DotEnvFiles common = DotEnvFiles.common(first.folders(), first.variables());
    SecretFiles files = new SecretFiles(first.environment(), new ArrayList<>(), new ArrayList<>());
    Candidate candidate =
        new Gathering(first, common.values(), files, new ArrayList<>())
            .of(ServerSettings.ENVIRONMENT);
    return candidate == null
        ? Environment.DEVELOPMENT
        : Environment.of(candidate.text()).orElse(Environment.DEVELOPMENT);
  }

  private static Map<String, Candidate> gather(
      Situation situation, DotEnvFiles dotEnv, List<Problem> problems, List<Problem> warnings) {
    Gathering gathering =
        new Gathering(
            situation,
            dotEnv.values(),
            new SecretFiles(situation.environment(), problems, warnings),
            problems);
    Map<String, Candidate> values = new LinkedHashMap<>();
    for (Setting<?> setting : situation.settings()) {
      Candidate candidate = gathering.of(setting);
      if (candidate != null && isRight(setting, candidate, problems)) {
        values.put(setting.name(), candidate);
      }
    }
    return values;
  }

  private static boolean isRight(Setting<?> setting, Candidate candidate, List<Problem> problems) {
    try {
      setting.type().parse(candidate.text());
      return true;
    } catch (IllegalArgumentException wrong) {
      String value =
          setting.sensitivity().isHidden()
              ? "the value"
              : "'" + Shown.value(setting, candidate.text()) + "'";
      String example = setting.type().example();
      problems.add(
          Problem.of(
                  "SETTINGS_INVALID",
                  ProblemKind.INPUT,
                  value
                      + " ("
                      + candidate.origin()
                      + ") cannot be "
                      + setting.name()
                      + ": "
                      + wrong.getMessage())
              .withRemedy(
                  "Write a "
                      + setting.type().name()
                      + (example.isEmpty() ? "." : ", for example " + example + "."))
              .with("setting", setting.name()));
      return false;
    }
  }
}
