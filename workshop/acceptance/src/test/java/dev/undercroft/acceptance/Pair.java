package dev.undercroft.acceptance;

import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Two schemas that a person might want to get from one to the other. A first line {@code -- since
 * 18} in either says which server it needs. {@code seed.sql} and {@code seed-b.sql} beside them may
 * put rows into the one and the other.
 *
 * @param seedBefore statements that put rows into the first; may be empty
 * @param seedAfter the same for the second
 */
record Pair(
    String name,
    SqlSource before,
    SqlSource after,
    String seedBefore,
    String seedAfter,
    int since) {

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
    SqlSource before = source(folder.resolve("before.sql"));
    SqlSource after = source(folder.resolve("after.sql"));
    int since = Math.max(since(before), since(after));
    return new Pair(
        root.relativize(folder).toString(),
        before,
        after,
        seed(folder.resolve("seed.sql")),
        seed(folder.resolve("seed-b.sql")),
        since);
  }

  private static String seed(Path file) {
    return Files.exists(file) ? source(file).text() : "";
  }

  private static SqlSource source(Path file) {
    try {
      return new SqlSource(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int since(SqlSource source) {
    String first = source.line(1);
    return first.startsWith("-- since ") ? Integer.parseInt(first.substring(9).strip()) : 0;
  }

  /** Two random schemas. */
  static Pair random(long seed) {
    Random random = new Random(seed);
    RandomSchema schema = new RandomSchema(random);
    SqlSource before = new SqlSource("before.sql", schema.draw());
    SqlSource after = new SqlSource("after.sql", schema.draw());
    return new Pair("undercroft.seed=" + seed, before, after, "", "", 0);
  }

  /** The way back. */
  Pair reversed() {
    return new Pair(name + " (back)", after, before, seedAfter, seedBefore, since);
  }

  @Override
  public String toString() {
    return name;
  }
}
