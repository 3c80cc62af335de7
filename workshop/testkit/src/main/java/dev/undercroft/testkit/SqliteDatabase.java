package dev.undercroft.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One SQLite file in a folder of its own. Immutable, thread-safe. */
public final class SqliteDatabase {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private final Path folder;

  private SqliteDatabase(Path folder) {
    this.folder = folder;
  }

  static SqliteDatabase create() throws IOException {
    return new SqliteDatabase(Files.createTempDirectory("undercroft-testkit-sqlite"));
  }

  /** The file; made by the first connection. Its name has a space, as users' names do. */
  public Path file() {
    return folder.resolve("test data.db");
  }

  /** {@code jdbc:sqlite:} and the path. */
  public String jdbcUrl() {
    return "jdbc:sqlite:" + file();
  }

  /** {@code file:} and the path, percent-encoded. */
  public String url() {
    return "file:" + file().toUri().getRawPath();
  }

  /** A new connection with SQLite's defaults; the test closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }

  /** Deletes the folder; says which of its files were still open. */
  List<String> closeAndListOpen() throws IOException {
    List<String> open = new ArrayList<>();
    if (Files.isDirectory(OPEN_FILES)) {
      try (Stream<Path> descriptors = Files.list(OPEN_FILES)) {
        descriptors.filter(this::isOurs).forEach(link -> open.add("open file " + link));
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    return open;
  }

  private boolean isOurs(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(folder);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
