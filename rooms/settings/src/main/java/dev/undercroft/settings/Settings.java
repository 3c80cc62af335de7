package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of one project or workspace, read and checked once. Immutable. */
public final class Settings {

  private final Environment environment;
  private final Path folder;
  private final Path directory;
  private final List<Setting<?>> known;
  private final Map<String, Candidate> values;
  private final List<Problem> warnings;

  Settings(Situation situation, Map<String, Candidate> values, List<Problem> warnings) {
    this.environment = situation.environment();
    this.folder = situation.folder();
    this.directory = situation.surroundings().directory();
    this.known = situation.settings();
    this.values = Map.copyOf(values);
    this.warnings = List.copyOf(warnings);
  }

  /** Which environment this is. */
  public Environment environment() {
    return environment;
  }

  /** What is not wrong, but should be known. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** The value of a setting, if it is set or has a default. */
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting.name()))
        .map(candidate -> setting.type().parse(candidate.text()));
  }

  /**
   * The value of a setting.
   *
   * @throws dev.undercroft.base.ProblemException if it is not set and has no default
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() ->
            Problem.of("SETTINGS_MISSING", ProblemKind.INPUT, setting.variable() + " is not set")
                .withRemedy(
                    "Set the variable "
                        + setting.variable()
                        + ", for example to "
                        + setting.type().example()
                        + ".")
                .exception());
  }

  /**
   * The value of a setting that is a path, made absolute: against the working directory when it was
   * given by an option or a variable, else against the folder of the project.
   */
  public Optional<Path> findPath(Setting<Path> setting) {
    return find(setting)
        .map(path ->
            switch (origin(setting).kind()) {
              case FLAG, VARIABLE -> directory.resolve(path).normalize();
              default -> folder.resolve(path).normalize();
            });
  }

  /** The value of a variable that the project declares; it may be a secret. */
  public Optional<Secret> findVariable(String name) {
    return Optional.ofNullable(values.get("variables." + name))
        .map(candidate -> Secret.of(candidate.text()));
  }

  /** Where the value came from. */
  public Origin origin(Setting<?> setting) {
    Candidate candidate = values.get(setting.name());
    return candidate == null ? new Origin(Origin.Kind.DEFAULT, "not set") : candidate.origin();
  }

  /** Every setting as people may see it, the product's own first, then the declared variables. */
  public List<SettingLine> lines() {
    List<SettingLine> lines = new ArrayList<>();
    for (Setting<?> setting : known) {
      Candidate candidate = values.get(setting.name());
      lines.add(
          new SettingLine(
              setting.name(),
              setting.variable(),
              candidate == null ? "" : Shown.value(setting, candidate.text()),
              origin(setting),
              setting.description()));
    }
    return lines;
  }
}
