package dev.undercroft.acceptance;

import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The applications in this repository. */
final class Applications {

  private Applications() {}

  static Path root() {
    return Path.of(System.getProperty("undercroft.root"));
  }

  /** Their folders, in the order of their names. */
  static List<Path> all() throws IOException {
    try (Stream<Path> folders = Files.list(root().resolve("apps"))) {
      return folders.filter(app -> Files.isDirectory(app.resolve("schema"))).sorted().toList();
    }
  }

  /** The files of the wanted schema. */
  static List<SqlSource> sql(Path application) throws IOException {
    List<SqlSource> files = new ArrayList<>();
    try (Stream<Path> walk = Files.list(application.resolve("schema"))) {
      for (Path file : walk.sorted().toList()) {
        files.add(new SqlSource(file.getFileName().toString(), Files.readString(file)));
      }
    }
    return files;
  }
}
