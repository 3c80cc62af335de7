package dev.undercroft.backup;

import java.util.List;

/**
 * A file as a backup holds it. Immutable.
 *
 * @param path relative to the data directory
 * @param kind what it is
 * @param size its size in bytes as stored
 * @param runs where its units are, in order, without gap
 */
public record FileEntry(String path, FileKind kind, long size, List<Run> runs) {

  /** Copies the runs and refuses a gap or an overlap. */
  public FileEntry {
    runs = List.copyOf(runs);
    long next = 0;
    for (Run run : runs) {
      if (run.unit() != next) {
        throw new IllegalArgumentException(path + " has a gap at unit " + next);
      }
      next = run.end();
    }
    if (next != units(size)) {
      throw new IllegalArgumentException(path + " has " + next + " units for " + size + " bytes");
    }
  }

  static long units(long size) {
    return (size + Run.UNIT - 1) / Run.UNIT;
  }
}
