package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from files of their own. Only the owner may read such a file, except on a file
 * system in memory: containers mount their secrets there, readable to everyone inside. Collects
 * problems; not thread-safe.
 */
final class SecretFiles {

  private static final long MOST_BYTES = 64 * 1024;

  private final Environment environment;
  private final List<Problem> problems;
  private final List<Problem> warnings;

  SecretFiles(Environment environment, List<Problem> problems, List<Problem> warnings) {
    this.environment = environment;
    this.problems = problems;
    this.warnings = warnings;
  }

  /** The names of the files in a folder; none when there is no such folder. */
  static Set<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .forEach(names::add);
      return names;
    } catch (IOException none) {
      return Set.of();
    }
  }

  /** The text of a file without one line break at its end; null after a problem. */
  @Nullable String read(Path file, String named) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return broken(named + " names " + file + ", which is larger than a secret can be");
      }
      String text = Files.readString(file);
      checkPermissions(file);
      String value =
          text.endsWith("\r\n")
              ? text.substring(0, text.length() - 2)
              : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
      return value.isEmpty() ? broken(named + " names " + file + ", which is empty") : value;
    } catch (CharacterCodingException binary) {
      return broken(named + " names " + file + ", which is not UTF-8 text");
    } catch (IOException failed) {
      return broken(named + " names " + file + ", which cannot be read");
    }
  }

  private @Nullable String broken(String message) {
    problems.add(
        Problem.of("SETTINGS_SECRET_FILE", ProblemKind.INPUT, message)
            .withRemedy("Write the value, and nothing else, into that file."));
    return null;
  }

  private void checkPermissions(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix") || inMemory(file)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
      Problem open =
          Problem.of(
                  "SETTINGS_SECRET_READABLE",
                  ProblemKind.INPUT,
                  "other users of this machine may read or write the secret file " + file)
              .withRemedy("Run `chmod 600 " + file + "`.");
      (environment == Environment.PRODUCTION ? problems : warnings).add(open);
    }
  }

  private static boolean inMemory(Path file) throws IOException {
    String type = Files.getFileStore(file).type();
    return type.equals("tmpfs") || type.equals("ramfs");
  }
}
