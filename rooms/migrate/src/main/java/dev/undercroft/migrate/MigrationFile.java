package dev.undercroft.migrate;

import java.util.Optional;

/**
 * One migration as it stands in the folder. Immutable.
 *
 * @param version its number, which decides the order
 * @param name its full name, for example {@code 20250709035454_init_auth}
 * @param path its SQL file, as a person would name it
 * @param text what the file holds, line ends as {@code \n}
 * @param checksum SHA-256 of {@code text} in UTF-8, in hex
 * @param down how it is undone, when somebody wrote that down
 */
record MigrationFile(
    long version, String name, String path, String text, String checksum, Optional<SqlFile> down)
    implements Comparable<MigrationFile> {

  @Override
  public int compareTo(MigrationFile other) {
    return Long.compare(version, other.version);
  }
}
