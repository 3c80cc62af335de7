package dev.undercroft.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides where settings are looked for. Immutable.
 *
 * @param selection the project or workspace
 * @param surroundings the process
 * @param environment the environment that was found
 * @param purpose what the settings are read for
 */
record Situation(
    Selection selection, Surroundings surroundings, Environment environment, Purpose purpose) {

  /** The folder of the selected project, else of the workspace. */
  Path folder() {
    Project project = selection.selected();
    return project == null ? selection.workspace().folder() : project.folder();
  }

  /** The folders whose files count, the strongest first. */
  List<Path> folders() {
    return Stream.of(folder(), selection.workspace().folder()).distinct().toList();
  }

  /** The product's settings and the variables that the project declares. */
  List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>(KnownSettings.all());
    for (Declared declared : selection.file().declared()) {
      if (declared.setting() != null) {
        all.add(declared.setting());
      }
    }
    return all;
  }

  /** The value that {@code undercroft.toml} gives, the project's before the workspace's. */
  @Nullable Candidate fileValue(String name) {
    Candidate own = selection.file().valuesIn(environment).get(name);
    return own != null ? own : selection.workspaceFile().valuesIn(environment).get(name);
  }

  Map<String, String> variables() {
    return surroundings.variables();
  }
}
