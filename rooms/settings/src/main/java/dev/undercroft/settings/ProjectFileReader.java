package dev.undercroft.settings;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code undercroft.toml}: every key must be known, every problem is kept. One reader
 * reads one file; not thread-safe.
 */
final class ProjectFileReader {

  private static final Set<String> PROJECT_KEYS =
      Set.of("name", "title", "schema", "migrations", "seed", "grants");

  private final Path path;
  private final TomlText toml;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> project = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> variables = new LinkedHashMap<>();
  private final Map<String, List<String>> settingPaths = new LinkedHashMap<>();
  private final Map<Environment, Map<String, List<String>>> environmentPaths =
      new EnumMap<>(Environment.class);
  private @Nullable List<String> members;

  private ProjectFileReader(Path path, TomlText toml) {
    this.path = path;
    this.toml = toml;
  }

  /**
   * Reads a file; what is wrong with its content is in the result.
   *
   * @throws dev.undercroft.base.ProblemException if the file itself cannot be read
   */
  static ProjectFile read(Path path) {
    ProjectFileReader reader = new ProjectFileReader(path, TomlText.read(path));
    reader.problems.addAll(reader.toml.syntaxProblems());
    if (reader.problems.isEmpty()) {
      reader.toml.paths().forEach(reader::place);
    }
    return reader.result();
  }

  private ProjectFile result() {
    List<Declared> declared = new ArrayList<>();
    variables.forEach((name, keys) -> {
      try {
        declared.add(Declarations.declared(name, keys));
      } catch (IllegalArgumentException wrong) {
        problems.add(
            Problem.of(
                    "SETTINGS_VARIABLE_DECLARATION",
                    ProblemKind.INPUT,
                    "[variables." + name + "] in " + path + ": " + wrong.getMessage())
                .withRemedy(
                    "The keys are type (one of "
                        + String.join(", ", Declarations.typeNames())
                        + "), default, description, example, required (never, production or"
                        + " always) and min-length."));
      }
    });
    Map<Environment, Map<String, Candidate>> environments = new EnumMap<>(Environment.class);
    environmentPaths.forEach((environment, paths) -> environments.put(environment, values(paths)));
    return new ProjectFile(
        path,
        project.isEmpty() ? null : project,
        members,
        declared,
        values(settingPaths),
        environments,
        problems);
  }

  private Map<String, Candidate> values(Map<String, List<String>> paths) {
    Map<String, Candidate> values = new LinkedHashMap<>();
    paths.forEach((name, key) ->
        values.put(
            name,
            new Candidate(
                Objects.requireNonNull(toml.text(key)),
                new Origin(Origin.Kind.FILE, path.getFileName() + " line " + toml.line(key)))));
    return values;
  }

  private void place(List<String> key) {
    if (toml.table().isTable(key) && isSection(key)) {
      return;
    }
    boolean known =
        switch (key.getFirst()) {
          case "project" -> placeProject(key);
          case "workspace" -> placeWorkspace(key);
          case "variables" -> placeVariable(key);
          case "environments" -> placeEnvironment(key);
          case TenantRules.SECTION -> TenantRules.knows(key);
          case AuditLogs.SECTION -> AuditLogs.knows(key);
          default -> placeSetting(key, settingPaths);
        };
    if (!known) {
      unknown(key);
    }
  }

  /** Whether an empty table with this name is only a heading without keys. */
  private static boolean isSection(List<String> key) {
    String prefix = String.join(".", key) + ".";
    return candidates(key).stream().anyMatch(name -> name.startsWith(prefix));
  }

  private boolean placeProject(List<String> key) {
    String text = toml.text(key);
    if (key.size() != 2 || text == null || !PROJECT_KEYS.contains(key.get(1))) {
      return false;
    }
    project.put(key.get(1), text);
    return true;
  }

  private boolean placeWorkspace(List<String> key) {
    if (key.size() != 2 || !key.get(1).equals("projects")) {
      return false;
    }
    members =
        Objects.requireNonNull(toml.table().getArrayOrEmpty(key)).toList().stream()
            .map(String::valueOf)
            .toList();
    return true;
  }

  private boolean placeVariable(List<String> key) {
    String text = toml.text(key);
    if (key.size() == 2) {
      variables.computeIfAbsent(key.get(1), name -> new LinkedHashMap<>());
      return toml.table().isTable(key);
    }
    if (key.size() != 3 || text == null || !Declarations.KEYS.contains(key.get(2))) {
      return false;
    }
    variables.computeIfAbsent(key.get(1), name -> new LinkedHashMap<>()).put(key.get(2), text);
    return true;
  }

  private boolean placeEnvironment(List<String> key) {
    Optional<Environment> environment =
        key.size() < 2 ? Optional.empty() : Environment.of(key.get(1));
    return environment.isPresent()
        && placeSetting(
            key.subList(2, key.size()),
            environmentPaths.computeIfAbsent(environment.get(), e -> new LinkedHashMap<>()),
            key);
  }

  private boolean placeSetting(List<String> key, Map<String, List<String>> target) {
    return placeSetting(key, target, key);
  }

  private boolean placeSetting(
      List<String> key, Map<String, List<String>> target, List<String> whole) {
    String name = String.join(".", key);
    boolean known =
        KnownSettings.named(name).isPresent()
            || (key.size() == 2 && key.getFirst().equals("variables"));
    if (known && toml.text(whole) != null) {
      target.put(name, whole);
    }
    return known;
  }

  private void unknown(List<String> key) {
    String name = String.join(".", key);
    problems.add(
        Problem.of(
                "SETTINGS_UNKNOWN_KEY", ProblemKind.INPUT, "unknown key '" + name + "' in " + path)
            .withDetail(toml.excerpt(key))
            .withRemedy(
                Nearest.to(name, candidates(key))
                    .map(near -> "Did you mean " + near + "?")
                    .orElse("Remove it; `undercroft config` lists every key."))
            .with("key", name));
  }

  private static Set<String> candidates(List<String> key) {
    Set<String> names = new LinkedHashSet<>();
    PROJECT_KEYS.forEach(word -> names.add("project." + word));
    names.add("workspace.projects");
    KnownSettings.all().forEach(setting -> names.add(setting.name()));
    if (key.size() == 3 && key.getFirst().equals("variables")) {
      Declarations.KEYS.forEach(word -> names.add("variables." + key.get(1) + "." + word));
    }
    if (key.getFirst().equals("environments") && key.size() > 2) {
      for (String word : Environment.words()) {
        KnownSettings.all()
            .forEach(setting -> names.add("environments." + word + "." + setting.name()));
      }
    }
    return names;
  }
}
