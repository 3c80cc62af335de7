package dev.undercroft.apps.codepal;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a file stands inside its project: parts with slashes between. A path can be written to a
 * disk below any folder and never leaves it. Immutable.
 *
 * @param text the path
 */
record FilePath(String text) {

  /** An index of the database holds no longer ones. */
  static final int MOST_BYTES = 1024;

  private static final Set<Byte> INVISIBLE =
      Set.of(
          Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR);

  /**
   * A path that was shown.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong with it
   */
  static FilePath of(String shown) {
    List<String> wrong = complaints(shown);
    Texts.refuse(
        wrong.stream()
            .map(complaint ->
                Problem.of("CODEPAL_FILE_PATH", ProblemKind.INPUT, "the path " + complaint)
                    .withRemedy("Write it like src/Main.java.")
                    .with("parameter", "path"))
            .toList());
    return new FilePath(shown);
  }

  /** The last part. */
  String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static List<String> complaints(String path) {
    List<String> parts = Arrays.asList(path.split("/", -1));
    return Stream.of(
            when(
                path.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES,
                "is longer than " + MOST_BYTES + " bytes"),
            when(path.startsWith("/") || path.matches("(?s)[A-Za-z]:.*"), "is absolute"),
            when(
                (parts.contains("") && !path.startsWith("/")) || path.equals("/"),
                "has an empty part"),
            when(parts.contains(".") || parts.contains(".."), "has . or .. as a part"),
            when(path.indexOf('\\') >= 0, "has a backslash"),
            when(
                path.codePoints().anyMatch(FilePath::isInvisible),
                "has characters that cannot be seen"),
            when(
                !Normalizer.isNormalized(path, Normalizer.Form.NFC),
                "has letters that are written in two characters"))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Also what turns the direction of writing, so that a path reads other than it is. */
  private static boolean isInvisible(int character) {
    return INVISIBLE.contains((byte) Character.getType(character))
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0x200E
        || character == 0x200F
        || character == 0xFEFF;
  }

  private static Optional<String> when(boolean so, String complaint) {
    return so ? Optional.of(complaint) : Optional.empty();
  }
}
