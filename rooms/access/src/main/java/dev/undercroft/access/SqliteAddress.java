package dev.undercroft.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A SQLite database: a file, or memory that lives as long as a connection to it. Immutable.
 *
 * @param file the absolute path of the file; for memory a name that tells databases apart
 * @param mode how it is opened
 * @param busyTimeout how long a statement waits for another writer
 * @param connectionLimit the most connections of the pool, if the URL says it
 */
public record SqliteAddress(Path file, Mode mode, Duration busyTimeout, OptionalInt connectionLimit)
    implements DatabaseAddress {

  /** How long a statement waits for another writer if the URL does not say. */
  public static final Duration DEFAULT_BUSY_TIMEOUT = Duration.ofSeconds(5);

  /** How a database is opened. */
  public enum Mode {
    /** For reading and writing; made if it is not there. */
    CREATE,
    /** For reading and writing; must exist. */
    READ_WRITE,
    /** For reading only; must exist. */
    READ_ONLY,
    /** In memory. */
    MEMORY
  }

  @Override
  public String database() {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public PoolSettings pool(PoolSettings defaults) {
    return connectionLimit.isPresent()
        ? defaults.withMaximum(connectionLimit.getAsInt())
        : defaults;
  }

  @Override
  public String display() {
    String suffix = mode == Mode.READ_ONLY ? "?mode=ro" : mode == Mode.READ_WRITE ? "?mode=rw" : "";
    return mode == Mode.MEMORY ? "sqlite::memory:" : "sqlite:" + file + suffix;
  }

  /** As {@link #display()}. */
  @Override
  public String toString() {
    return display();
  }
}
