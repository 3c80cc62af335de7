package dev.undercroft.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder with a project in it, and the variables of a process. */
final class Desk {

  final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final List<Flag> flags = new ArrayList<>();

  Desk(Path folder) {
    this.folder = folder;
    file("undercroft.toml", "[project]\nname = \"shop\"\n");
  }

  Desk file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(
            file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
      }
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Desk toml(String more) {
    return file("undercroft.toml", "[project]\nname = \"shop\"\n\n" + more);
  }

  Desk variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Desk flag(String option, String setting, String value) {
    flags.add(new Flag(option, setting, value));
    return this;
  }

  Surroundings surroundings() {
    return new Surroundings(folder, variables, flags, folder.resolve("run-secrets"));
  }

  Settings read() {
    return read(Purpose.COMMAND);
  }

  Settings read(Purpose purpose) {
    return SettingsReader.read(ProjectFinder.find(folder, null), surroundings(), purpose);
  }

  SettingsReport report(Purpose purpose) {
    return SettingsReader.report(ProjectFinder.find(folder, null), surroundings(), purpose);
  }
}
