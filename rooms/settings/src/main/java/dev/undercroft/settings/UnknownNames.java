package dev.undercroft.settings;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds names that were meant to set something and set nothing. A name that begins with {@code
 * UNDERCROFT_} must be known. Other names in {@code .env} files and in the folder {@code secrets}
 * may belong to someone else; they are refused only when they are nearly a known one.
 */
final class UnknownNames {

  private static final int LARGEST_SLIP = 2;
  private static final int SHORTEST_NAME = 6;

  private final Situation situation;
  private final DotEnvFiles dotEnv;
  private final Set<String> known = new HashSet<>();

  UnknownNames(Situation situation, DotEnvFiles dotEnv) {
    this.situation = situation;
    this.dotEnv = dotEnv;
    for (Setting<?> setting : situation.settings()) {
      for (String variable : setting.variables()) {
        known.add(variable);
        known.add(variable + "_FILE");
      }
    }
    situation.selection().file().declared().forEach(declared -> known.add(declared.name()));
    for (Project project : situation.selection().workspace().projects()) {
      situation
          .selection()
          .narrowedTo(project)
          .file()
          .declared()
          .forEach(declared -> known.add(declared.name()));
    }
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (String name : situation.variables().keySet()) {
      if (name.startsWith(Setting.OWN_PREFIX) && !known.contains(name)) {
        problems.add(unknown("variable " + name, name, Nearest.to(name, known)));
      }
    }
    for (Map.Entry<String, Candidate> entry : dotEnv.values().entrySet()) {
      String name = entry.getKey();
      String place = name + " (" + entry.getValue().origin() + ")";
      if (name.startsWith(Setting.OWN_PREFIX) && !known.contains(name)) {
        problems.add(unknown(place, name, Nearest.to(name, known)));
      } else {
        slip(name, known).ifPresent(near -> problems.add(unknown(place, name, Optional.of(near))));
      }
    }
    for (Path folder : situation.folders()) {
      problems.addAll(secretFiles(folder.resolve("secrets")));
    }
    for (Flag flag : situation.surroundings().flags()) {
      problems.addAll(flag(flag));
    }
    return problems;
  }

  private List<Problem> secretFiles(Path folder) {
    List<Problem> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    known.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    for (String name : SecretFiles.names(folder)) {
      slip(name.toLowerCase(Locale.ROOT), names)
          .ifPresent(near ->
              problems.add(unknown("file " + folder.resolve(name), name, Optional.of(near))));
    }
    return problems;
  }

  private List<Problem> flag(Flag flag) {
    List<String> names = situation.settings().stream().map(Setting::name).toList();
    if (names.contains(flag.setting())) {
      return List.of();
    }
    return List.of(
        unknown(
            flag.setting() + " in " + flag.option(),
            flag.setting(),
            Nearest.to(flag.setting(), names)));
  }

  /** The known name that this one nearly is. */
  private static Optional<String> slip(String name, Set<String> known) {
    if (name.length() < SHORTEST_NAME || known.contains(name)) {
      return Optional.empty();
    }
    return Nearest.within(LARGEST_SLIP, name, known);
  }

  private static Problem unknown(String place, String name, Optional<String> near) {
    return Problem.of(
            "SETTINGS_UNKNOWN_NAME", ProblemKind.INPUT, place + " sets nothing that is known")
        .withRemedy(
            near.map(known ->
                    "Did you mean "
                        + known
                        + "? If the application reads "
                        + name
                        + ", declare it under [variables] in undercroft.toml.")
                .orElse("Remove it; `undercroft config` lists every setting."))
        .with("name", name);
  }
}
