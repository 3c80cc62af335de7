package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one setting in all places, and refuses what two places say differently where a silent
 * choice would be dangerous. Collects problems; not thread-safe.
 */
final class Gathering {

  private final Situation situation;
  private final Map<String, Candidate> dotEnv;
  private final SecretFiles files;
  private final List<Problem> problems;
  private final Set<String> runSecretNames;

  Gathering(
      Situation situation,
      Map<String, Candidate> dotEnv,
      SecretFiles files,
      List<Problem> problems) {
    this.situation = situation;
    this.dotEnv = dotEnv;
    this.files = files;
    this.problems = problems;
    this.runSecretNames = SecretFiles.names(situation.surroundings().runSecrets());
  }

  /** The value that counts, or null when nothing is set anywhere. */
  @Nullable Candidate of(Setting<?> setting) {
    List<Candidate> found = new ArrayList<>();
    addFlag(setting, found);
    addVariable(setting, found);
    addNamedFile(setting, found);
    addRunSecret(setting, found);
    addProjectSecret(setting, found);
    addDotEnv(setting, found);
    addFile(setting, found);
    refuseConflicts(setting, found);
    if (!found.isEmpty()) {
      return found.getFirst();
    }
    String text = setting.defaultText(situation.environment());
    return text == null ? null : new Candidate(text, new Origin(Origin.Kind.DEFAULT, "default"));
  }

  private void addFlag(Setting<?> setting, List<Candidate> found) {
    for (Flag flag : situation.surroundings().flags()) {
      if (flag.setting().equals(setting.name())) {
        if (setting.sensitivity().isHidden()) {
          problems.add(
              Problem.of(
                      "SETTINGS_SECRET_IN_OPTION",
                      ProblemKind.USAGE,
                      setting.name() + " is a secret and cannot be given by " + flag.option())
                  .withRemedy(
                      "Put it into a file that only you can read and name the file in "
                          + setting.variable()
                          + "_FILE."));
        } else {
          found.add(new Candidate(flag.text(), new Origin(Origin.Kind.FLAG, flag.option())));
        }
      }
    }
  }

  private void addVariable(Setting<?> setting, List<Candidate> found) {
    List<Candidate> set = new ArrayList<>();
    for (String variable : setting.variables()) {
      String text = situation.variables().get(variable);
      if (text != null && !text.isEmpty()) {
        set.add(new Candidate(text, new Origin(Origin.Kind.VARIABLE, "variable " + variable)));
      }
    }
    own(set).ifPresentOrElse(found::add, () -> found.addAll(set));
  }

  /** The product's own variable decides over those that other programs read, too. */
  private static Optional<Candidate> own(List<Candidate> set) {
    return set.stream()
        .filter(candidate -> candidate.origin().place().contains(Setting.OWN_PREFIX))
        .findFirst();
  }

  private void addNamedFile(Setting<?> setting, List<Candidate> found) {
    for (String variable : setting.variables()) {
      String name = variable + "_FILE";
      String path = situation.variables().get(name);
      Candidate fromDotEnv = dotEnv.get(name);
      if (path == null && fromDotEnv != null) {
        path = fromDotEnv.text();
      }
      if (path != null && !path.isEmpty()) {
        add(found, resolved(path, name), Origin.Kind.NAMED_FILE, name);
      }
    }
  }

  private @Nullable Path resolved(String path, String name) {
    try {
      return situation.surroundings().directory().resolve(path);
    } catch (InvalidPathException invalid) {
      problems.add(
          Problem.of("SETTINGS_SECRET_FILE", ProblemKind.INPUT, name + " is not a path")
              .withRemedy("Name a file, for example /run/secrets/name."));
      return null;
    }
  }

  private void addRunSecret(Setting<?> setting, List<Candidate> found) {
    Path folder = situation.surroundings().runSecrets();
    for (String name : fileNames(setting)) {
      if (runSecretNames.contains(name)) {
        Path file = folder.resolve(name);
        add(found, file, Origin.Kind.RUN_SECRET, file.toString());
        return;
      }
    }
  }

  private void addProjectSecret(Setting<?> setting, List<Candidate> found) {
    for (Path folder : situation.folders()) {
      Path secrets = folder.resolve("secrets");
      Set<String> names = SecretFiles.names(secrets);
      for (String name : fileNames(setting)) {
        if (names.contains(name)) {
          Path file = secrets.resolve(name);
          add(found, file, Origin.Kind.PROJECT_SECRET, file.toString());
          return;
        }
      }
    }
  }

  private void add(List<Candidate> found, @Nullable Path file, Origin.Kind kind, String named) {
    String text = file == null ? null : files.read(file, named);
    if (text != null) {
      found.add(new Candidate(text, new Origin(kind, "file " + file)));
    }
  }

  /** The names a secret file may have: first those that belong to this project alone. */
  private List<String> fileNames(Setting<?> setting) {
    Project project = situation.selection().selected();
    List<String> names = new ArrayList<>();
    for (String variable : setting.variables()) {
      String lower = variable.toLowerCase(Locale.ROOT);
      if (project != null) {
        names.add(project.name() + "_" + lower);
      }
      names.add(lower);
      names.add(variable);
    }
    return names;
  }

  private void addDotEnv(Setting<?> setting, List<Candidate> found) {
    List<Candidate> set = new ArrayList<>();
    for (String variable : setting.variables()) {
      Candidate candidate = dotEnv.get(variable);
      if (candidate != null && !candidate.text().isEmpty()) {
        set.add(candidate);
      }
    }
    found.addAll(set);
  }

  private void addFile(Setting<?> setting, List<Candidate> found) {
    Candidate candidate = situation.fileValue(setting.name());
    if (candidate == null || candidate.text().isEmpty()) {
      return;
    }
    if (setting.sensitivity().isHidden()) {
      problems.add(
          Problem.of(
                  "SETTINGS_SECRET_IN_FILE",
                  ProblemKind.INPUT,
                  setting.name() + " is a secret and cannot stand in " + candidate.origin())
              .withRemedy(
                  "Remove it there, and set "
                      + setting.variable()
                      + " in .env.local or as a file in the folder secrets."));
    } else {
      found.add(candidate);
    }
  }

  private void refuseConflicts(Setting<?> setting, List<Candidate> found) {
    List<Candidate> mustAgree =
        found.stream().filter(candidate -> mustAgree(setting, candidate.origin().kind())).toList();
    Candidate first = mustAgree.isEmpty() ? null : mustAgree.getFirst();
    for (Candidate other : mustAgree) {
      if (first != null && !other.text().equals(first.text())) {
        problems.add(conflict(setting, first, other));
        return;
      }
    }
  }

  private static boolean mustAgree(Setting<?> setting, Origin.Kind kind) {
    return switch (kind) {
      case VARIABLE, NAMED_FILE -> true;
      case RUN_SECRET -> setting.sensitivity() != Sensitivity.PLAIN;
      case PROJECT_SECRET, DOTENV -> setting.sensitivity().isHidden();
      case FLAG, FILE, DEFAULT -> false;
    };
  }

  private static Problem conflict(Setting<?> setting, Candidate one, Candidate other) {
    return Problem.of(
            "SETTINGS_CONFLICT",
            ProblemKind.INPUT,
            "two places disagree about "
                + setting.name()
                + ": "
                + one.origin()
                + " and "
                + other.origin())
        .withDetail(
            one.origin()
                + ": "
                + Shown.value(setting, one.text())
                + "\n"
                + other.origin()
                + ": "
                + Shown.value(setting, other.text()))
        .withRemedy("Remove one of the two.");
  }
}
