package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The secret that opens the operator's endpoints: {@code uco_} and 256 random bits as hex digits,
 * so that secret scanners know it when they see it. Immutable.
 *
 * @param secret the token
 * @param file the file that holds it
 */
public record OperatorToken(Secret secret, Path file) {

  private static final String MARK = "uco_";
  private static final Pattern FORM = Pattern.compile(MARK + "[0-9a-f]{64}");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Reads the token, or makes it when the file does not exist. */
  public static OperatorToken readOrMake(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file)) {
        make(file);
      }
      return read(file);
    } catch (IOException cause) {
      throw Problem.of("HTTP_TOKEN_FILE", ProblemKind.EXTERNAL, "could not read or write " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the folder writable for the account that runs the command.")
          .exception(cause);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String text = MARK + HexFormat.of().formatHex(random) + "\n";
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            "operator",
            ".new",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(draft, text, StandardOpenOption.SYNC);
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException anotherProcessWasFirst) {
      // Its token counts.
    } finally {
      Files.delete(draft);
    }
  }

  private static OperatorToken read(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw refused(file, "can be read by others than its owner", "Run chmod 600 on it.");
    }
    String text = Files.readString(file).strip();
    if (!FORM.matcher(text).matches()) {
      throw refused(file, "does not hold a token", "Delete it; the next start makes a new one.");
    }
    return new OperatorToken(Secret.of(text), file);
  }

  private static ProblemException refused(Path file, String why, String remedy) {
    return Problem.of(
            "HTTP_TOKEN_REFUSED",
            ProblemKind.INPUT,
            "the operator token's file " + file + " " + why)
        .withRemedy(remedy)
        .exception();
  }

  /** Whether a text has the form of an operator token, right or wrong. */
  static boolean looksLikeOne(String text) {
    return text.startsWith(MARK);
  }

  /** Whether a text is this token; takes the same time wherever the texts differ. */
  boolean is(String text) {
    return secret.equals(Secret.of(text));
  }
}
