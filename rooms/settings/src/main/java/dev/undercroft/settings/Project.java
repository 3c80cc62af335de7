package dev.undercroft.settings;

import java.nio.file.Path;

/**
 * One application's data layer: a folder with {@code undercroft.toml}, its schema, migrations and
 * seeds. Immutable.
 *
 * @param name its short name, also the beginning of its roles' names
 * @param title its name for people
 * @param folder the folder itself, absolute
 * @param schema the wanted schema, a folder or file
 * @param migrations the folder of migrations
 * @param seed the folder of seeds
 * @param grants the repeatable script of grants; need not exist
 */
public record Project(
    String name, String title, Path folder, Path schema, Path migrations, Path seed, Path grants) {

  /** The name of the file that makes a folder a project or a workspace. */
  public static final String FILE = "undercroft.toml";

  /** The project's own secret files. */
  public Path secrets() {
    return folder.resolve("secrets");
  }
}
