package dev.undercroft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with a file under version control; {@code -Dundercroft.golden=update} writes the
 * file anew.
 */
final class Golden {

  private Golden() {}

  static void check(String name, String text) {
    checkFile(
        Path.of(System.getProperty("undercroft.root"))
            .resolve("doors/cli/src/test/golden")
            .resolve(name),
        text);
  }

  static void checkFile(Path file, String text) {
    try {
      if ("update".equals(System.getProperty("undercroft.golden"))) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      }
      assertThat(file).as("run once with -Dundercroft.golden=update").exists();
      assertThat(text)
          .as("%s differs; with -Dundercroft.golden=update it is written anew", file.getFileName())
          .isEqualTo(Files.readString(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
