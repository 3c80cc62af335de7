package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code undercroft.toml} says. Immutable.
 *
 * @param path the file
 * @param project the keys of {@code [project]}, or null when it has no such table
 * @param members the folders that {@code [workspace]} lists, or null when it has no such table
 * @param declared the variables that {@code [variables.NAME]} declares
 * @param values the values for every environment
 * @param environments the values for one environment
 * @param problems everything that is wrong with the file
 */
record ProjectFile(
    Path path,
    @Nullable Map<String, String> project,
    @Nullable List<String> members,
    List<Declared> declared,
    Map<String, Candidate> values,
    Map<Environment, Map<String, Candidate>> environments,
    List<Problem> problems) {

  /** A file that says nothing. */
  static ProjectFile empty(Path path) {
    return new ProjectFile(path, null, null, List.of(), Map.of(), Map.of(), List.of());
  }

  /** The values of an environment: its own, else those for every environment. */
  Map<String, Candidate> valuesIn(Environment environment) {
    Map<String, Candidate> all = new LinkedHashMap<>(values);
    all.putAll(environments.getOrDefault(environment, Map.of()));
    return all;
  }
}
