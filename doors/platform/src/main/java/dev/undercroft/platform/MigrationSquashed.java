package dev.undercroft.platform;

import java.nio.file.Path;
import java.util.List;

/**
 * Several migrations that were made one.
 *
 * @param project the project's name
 * @param folder the folder of the one
 * @param replaced the names of those whose files are gone
 * @param sql what it does
 * @param proof what became of comparing both
 */
public record MigrationSquashed(
    String project, Path folder, List<String> replaced, String sql, List<String> proof) {

  /** Copies the lists. */
  public MigrationSquashed {
    replaced = List.copyOf(replaced);
    proof = List.copyOf(proof);
  }
}
