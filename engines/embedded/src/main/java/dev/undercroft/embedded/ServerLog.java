package dev.undercroft.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the server's log. The server begins a new one every day and every 10 MB; the newest
 * ten are kept.
 */
record ServerLog(Path folder) {

  /** As {@code strftime} has it; sorts by time. */
  static final String FILE_NAME = "postgres-%Y-%m-%dT%H%M%S.log";

  private static final int KEPT = 10;

  /** The file that is written now; empty before the first start. */
  Optional<Path> newest() {
    List<Path> all = files();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  void prune() {
    List<Path> all = files();
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
      try {
        Files.deleteIfExists(old);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("postgres-.*\\.log"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines of a text file, at most this many bytes of it. */
  static String tail(Path file, int bytes) {
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int from = Math.max(0, all.length - bytes);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "";
    }
  }
}
