package dev.undercroft.sqliteschema;

import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Two schemas that a person might want to get from one to the other. {@code seed.sql} and {@code
 * seed-b.sql} beside them put rows into the one and the other; without them the tables get rows by
 * themselves.
 */
record Pair(String name, SqlSource before, SqlSource after, String seedBefore, String seedAfter) {

  /** All pairs below a folder, in the order of their names. */
  static List<Pair> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("before.sql"))
          .sorted()
          .map(file -> of(folder, file.getParent()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pair of(Path root, Path folder) {
    return new Pair(
        root.relativize(folder).toString(),
        new SqlSource("before.sql", read(folder.resolve("before.sql"))),
        new SqlSource("after.sql", read(folder.resolve("after.sql"))),
        read(folder.resolve("seed.sql")),
        read(folder.resolve("seed-b.sql")));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The way back. */
  Pair reversed() {
    return new Pair(name + " (back)", after, before, seedAfter, seedBefore);
  }

  @Override
  public String toString() {
    return name;
  }
}
