package dev.undercroft.platform;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command is about: a project or a workspace, and the settings given with the command.
 * Immutable.
 *
 * @param directory a folder with {@code undercroft.toml}, of one project or of a workspace;
 *     absolute
 * @param projects names of the projects meant; empty means the project itself, or every project of
 *     the workspace
 * @param flags settings given with the command, by the name of the setting (for example {@code
 *     database.url}); they win over environment and files
 */
public record Scope(Path directory, List<String> projects, Map<String, String> flags) {

  /** Makes the directory absolute and copies the collections. */
  public Scope {
    directory = directory.toAbsolutePath().normalize();
    projects = List.copyOf(projects);
    flags = Collections.unmodifiableMap(new TreeMap<>(flags));
  }

  /** Everything in a folder, with no setting given. */
  public static Scope of(Path directory) {
    return new Scope(directory, List.of(), Map.of());
  }

  /** The same scope, with one more setting. */
  public Scope withFlag(String name, String value) {
    Map<String, String> more = new TreeMap<>(flags);
    more.put(name, value);
    return new Scope(directory, projects, more);
  }
}
