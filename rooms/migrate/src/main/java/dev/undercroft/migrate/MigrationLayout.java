package dev.undercroft.migrate;

import java.nio.file.Path;

/**
 * Where a project keeps its files. Immutable.
 *
 * @param migrations the folder of the versioned migrations; it need not exist
 * @param seeds the folder of the repeatable seeds; it need not exist
 */
public record MigrationLayout(Path migrations, Path seeds) {

  /** {@code migrations/} and {@code seed/} of a project's folder. */
  public static MigrationLayout of(Path project) {
    return new MigrationLayout(project.resolve("migrations"), project.resolve("seed"));
  }
}
