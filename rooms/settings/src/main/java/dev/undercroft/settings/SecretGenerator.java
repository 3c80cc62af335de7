package dev.undercroft.settings;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes secrets of 256 random bits, each in a file of the project's {@code secrets} folder that
 * only its owner can read. Stateless, thread-safe.
 */
public final class SecretGenerator {

  private static final int BYTES = 32;
  private static final Set<OpenOption> ONLY_NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private SecretGenerator() {}

  /** Whether a secret that is already there is replaced. */
  public enum Existing {
    /** It stays. */
    KEEP,
    /** A new one takes its place. */
    REPLACE
  }

  /**
   * What was done.
   *
   * @param written files made or replaced
   * @param kept files that were there and stayed
   */
  public record Outcome(List<Path> written, List<Path> kept) {

    /** Copies the lists. */
    public Outcome {
      written = List.copyOf(written);
      kept = List.copyOf(kept);
    }
  }

  /**
   * Makes the secrets of one project.
   *
   * @param selection the project
   * @param settings its settings, to leave alone what is set elsewhere
   * @param names the variables to make secrets for; empty for all that the project has and that are
   *     not set elsewhere
   * @throws ProblemException if a name is no secret of the project, or a file cannot be written
   */
  public static Outcome generate(
      Selection selection, Settings settings, List<String> names, Existing existing) {
    Project project = selection.one();
    List<Path> written = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    for (Setting<?> setting : wanted(selection, settings, names)) {
      Path file = project.secrets().resolve(setting.variable().toLowerCase(Locale.ROOT));
      (write(file, existing) ? written : kept).add(file);
    }
    return new Outcome(written, kept);
  }

  private static List<Setting<?>> wanted(
      Selection selection, Settings settings, List<String> names) {
    List<Setting<?>> ours = new ArrayList<>();
    selection.file().declared().stream()
        .map(Declared::setting)
        .filter(setting -> setting != null && setting.sensitivity() == Sensitivity.SECRET)
        .forEach(ours::add);
    ours.add(BackupSettings.ENCRYPTION_KEY);
    if (names.isEmpty()) {
      return ours.stream().filter(setting -> isFree(settings.origin(setting).kind())).toList();
    }
    ours.add(ServerSettings.OPERATOR_TOKEN);
    return names.stream().<Setting<?>>map(name -> named(name, ours)).toList();
  }

  /** A second source beside a variable or a {@code .env} file would only contradict it. */
  private static boolean isFree(Origin.Kind kind) {
    return kind == Origin.Kind.DEFAULT || kind == Origin.Kind.PROJECT_SECRET;
  }

  private static Setting<?> named(String name, List<Setting<?>> ours) {
    return ours.stream()
        .filter(setting -> setting.variables().contains(name))
        .findFirst()
        .orElseThrow(() -> noSecret(name, ours));
  }

  private static ProblemException noSecret(String name, List<Setting<?>> ours) {
    List<String> names = ours.stream().map(Setting::variable).toList();
    return Problem.of(
            "SETTINGS_NO_SUCH_SECRET",
            ProblemKind.USAGE,
            "'" + name + "' is no secret of this project")
        .withRemedy(
            Nearest.to(name, names)
                .map(near -> "Did you mean " + near + "?")
                .orElse(
                    "The secrets are: "
                        + names.stream().collect(Collectors.joining(", "))
                        + "; declare others under [variables] in undercroft.toml."))
        .exception();
  }

  private static boolean write(Path file, Existing existing) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, permissions(folder, "rwx------"));
      }
      Path target =
          existing == Existing.REPLACE && Files.exists(file)
              ? file.resolveSibling("." + file.getFileName() + ".new")
              : file;
      create(target);
      if (!target.equals(file)) {
        Files.move(
            target, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      return true;
    } catch (FileAlreadyExistsException kept) {
      return false;
    } catch (IOException failed) {
      throw Problem.of("SETTINGS_SECRET_NOT_WRITTEN", ProblemKind.EXTERNAL, "cannot write " + file)
          .withDetail(String.valueOf(failed.getMessage()))
          .withRemedy("Check that you may write to the folder and that the disk is not full.")
          .exception(failed);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    try (FileChannel channel =
        FileChannel.open(file, ONLY_NEW, permissions(file.toAbsolutePath(), "rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] permissions(Path file, String letters) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(letters))
        }
        : new FileAttribute<?>[0];
  }
}
