package dev.undercroft.migrate;

import dev.undercroft.sql.SqlSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One migration as text, for whoever carries it out without keeping a history. Immutable.
 *
 * @param name its full name, for example {@code 20250709035454_init_auth}
 * @param script what it does
 * @param down how it is undone, when somebody wrote that down
 */
public record MigrationText(String name, SqlSource script, Optional<SqlSource> down) {

  /**
   * The migrations of a folder in their order; one that does not exist holds none.
   *
   * @throws dev.undercroft.base.ProblemException with every problem of every file together
   */
  public static List<MigrationText> read(Path folder) {
    return FolderReader.read(folder).files().stream()
        .map(file ->
            new MigrationText(
                file.name(),
                new SqlSource(file.path(), file.text()),
                file.down().map(down -> new SqlSource(down.path(), down.text()))))
        .toList();
  }
}
