package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An SQL file as it was read. Immutable.
 *
 * @param path as a person would name it
 * @param text what it holds, line ends as {@code \n}
 */
record SqlFile(String path, String text) {

  private static final HexFormat HEX = HexFormat.of();

  /**
   * Reads a file of UTF-8 without byte order mark and without NUL.
   *
   * @param shown how to name it in messages
   * @throws ProblemException when it cannot be read or is not such a text
   */
  static SqlFile read(Path file, String shown) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      refuseMarks(bytes, shown);
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return new SqlFile(shown, text.indexOf('\r') < 0 ? text : normalized(text));
    } catch (CharacterCodingException e) {
      throw notText(shown, "is not UTF-8", "Save it as UTF-8.", e);
    } catch (IOException e) {
      throw Problem.of(
              "MIGRATE_FILE_UNREADABLE", ProblemKind.INPUT, shown + " cannot be read: " + e)
          .withRemedy("Make it a file that this user may read.")
          .with("file", shown)
          .exception(e);
    }
  }

  /** SHA-256 of the text in UTF-8, in hex. */
  String checksum() {
    return checksum(text);
  }

  static String checksum(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static String normalized(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static void refuseMarks(byte[] bytes, String shown) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      throw notText(shown, "begins with a byte order mark", "Save it as UTF-8 without BOM.", null);
    }
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      throw notText(shown, "is UTF-16", "Save it as UTF-8 without BOM.", null);
    }
    int line = 1;
    for (byte each : bytes) {
      if (each == 0) {
        throw notText(
            shown,
            "holds a NUL character in line " + line,
            "Delete it; if the file was cut or damaged, restore it.",
            null);
      }
      line += each == '\n' ? 1 : 0;
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static ProblemException notText(
      String shown, String what, String remedy, @Nullable Exception cause) {
    Problem problem =
        Problem.of("MIGRATE_FILE_NOT_TEXT", ProblemKind.INPUT, shown + " " + what)
            .withRemedy(remedy)
            .with("file", shown);
    return cause == null ? problem.exception() : problem.exception(cause);
  }
}
