package dev.undercroft.contracts;

import dev.undercroft.migrate.MigrationLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a project in a folder of a test. */
record ProjectFiles(Path folder) {

  MigrationLayout layout() {
    return MigrationLayout.of(folder);
  }

  ProjectFiles migration(String name, String... lines) {
    return write("migrations/" + name + "/migration.sql", lines);
  }

  ProjectFiles down(String name, String... lines) {
    return write("migrations/" + name + "/down.sql", lines);
  }

  ProjectFiles seed(String name, String... lines) {
    return write("seed/" + name, lines);
  }

  ProjectFiles write(String path, String... lines) {
    return write(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  ProjectFiles write(String path, byte[] content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProjectFiles delete(String path) {
    try {
      Files.delete(folder.resolve(path));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
