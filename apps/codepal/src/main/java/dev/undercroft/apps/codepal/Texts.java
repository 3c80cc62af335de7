package dev.undercroft.apps.codepal;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts that people write, and what the database can keep of them. Pure. */
final class Texts {

  private Texts() {}

  /** How many characters, both allowed. */
  record Length(int least, int most) {}

  /** Whether the database keeps every character: not NUL, and no half of a surrogate pair. */
  static boolean isKept(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** What is wrong with a text; line breaks are the only control characters in it. */
  static Optional<Problem> wrong(String text, String pointer, Length length) {
    int characters = text.codePointCount(0, text.length());
    if (characters < length.least() || characters > length.most()) {
      return Optional.of(
          problem(
              "this has %d characters, not %d to %d"
                  .formatted(characters, length.least(), length.most()),
              pointer));
    }
    boolean clean =
        isKept(text)
            && text.codePoints()
                .allMatch(one -> !Character.isISOControl(one) || one == '\n' || one == '\t');
    return clean
        ? Optional.empty()
        : Optional.of(problem("this holds characters that are no text", pointer));
  }

  /** The same, for a text of one line. */
  static Optional<Problem> wrongLine(String text, String pointer, Length length) {
    return wrong(text, pointer, length)
        .or(() ->
            text.codePoints().anyMatch(Character::isISOControl)
                ? Optional.of(problem("this is not one line", pointer))
                : Optional.empty());
  }

  /**
   * Refuses when something is wrong.
   *
   * @throws ProblemException with everything that is wrong
   */
  static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ProblemException(new ArrayList<>(problems));
    }
  }

  /** The problem of a parameter that holds what is no text. */
  static Problem noText(String parameter) {
    return Problem.of(
            "CODEPAL_TEXT", ProblemKind.INPUT, "the parameter holds characters that are no text")
        .withRemedy("Correct it and send it again.")
        .with("parameter", parameter);
  }

  private static Problem problem(String message, String pointer) {
    return Problem.of("CODEPAL_TEXT", ProblemKind.INPUT, message)
        .withRemedy("Correct it and send it again.")
        .with("pointer", pointer);
  }
}
