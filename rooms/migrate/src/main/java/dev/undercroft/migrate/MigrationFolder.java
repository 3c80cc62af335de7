package dev.undercroft.migrate;

import dev.undercroft.base.Nearest;
import java.util.List;
import java.util.Optional;

/**
 * The migrations of a project as they stand on disk, in order of version. Immutable.
 *
 * @param files the migrations; versions and names differ
 */
record MigrationFolder(List<MigrationFile> files) {

  MigrationFolder {
    files = files.stream().sorted().toList();
  }

  Optional<MigrationFile> find(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** The nearest name to one that is not there, as the end of a sentence; empty when none is. */
  String didYouMean(String name) {
    return Nearest.to(name, files.stream().map(MigrationFile::name).toList())
        .map(nearest -> " Did you mean '" + nearest + "'?")
        .orElse("");
  }
}
