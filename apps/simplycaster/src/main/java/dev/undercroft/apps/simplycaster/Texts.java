package dev.undercroft.apps.simplycaster;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks texts that people give, and collects everything that is wrong with them. One thread. */
final class Texts {

  /** As the database has it. */
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

  private static final Pattern MEDIA =
      Pattern.compile(
          "(audio|video)/[A-Za-z0-9][\\w.+-]*(;\\s?[\\w-]+=(\"[\\w., -]*\"|[\\w.+-]+))*");

  private static final int LONGEST_EMAIL = 255;
  private static final int LONGEST_PATH = 1000;
  private static final int LONGEST_TYPE = 100;

  private final List<Problem> problems = new ArrayList<>();

  /** A text of at least one visible character, without control characters. */
  String line(String name, String text, int longest) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      add(name, "is blank", "Give 1 to " + longest + " characters.");
    } else if (stripped.length() > longest) {
      add(name, "has " + stripped.length() + " characters", "At most " + longest + " are kept.");
    } else if (stripped.codePoints().anyMatch(Character::isISOControl)) {
      add(name, "has a control character", "Leave it out.");
    }
    return stripped;
  }

  /** A path of a file below the storage, with slashes. */
  String path(String name, String text) {
    String path = line(name, text, LONGEST_PATH);
    List<String> steps = List.of(path.split("/", -1));
    if (path.startsWith("/") || steps.contains("..") || path.indexOf('\\') >= 0) {
      add(name, "leads out of the storage", "Give a path below it, with slashes.");
    }
    return path;
  }

  /** The media type of a sound or a film (RFC 6838, section 4.2). */
  String media(String name, String text) {
    String type = line(name, text, LONGEST_TYPE);
    if (type.length() <= LONGEST_TYPE && !MEDIA.matcher(type).matches()) {
      add(
          name,
          "is no type of sound or film",
          "Give one like audio/mpeg or audio/webm;codecs=opus.");
    }
    return type;
  }

  /** A text of several lines. */
  String lines(String name, String text, int longest) {
    if (text.length() > longest) {
      add(name, "has " + text.length() + " characters", "At most " + longest + " are kept.");
    } else if (text.codePoints()
        .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
      add(name, "has a control character", "Line breaks and tabs are the only ones allowed.");
    }
    return text;
  }

  /** A mail address, in small letters. */
  String email(String name, String text) {
    String address = text.strip().toLowerCase(Locale.ROOT);
    if (address.length() > LONGEST_EMAIL
        || !EMAIL.matcher(address).matches()
        || address.codePoints().anyMatch(Character::isISOControl)) {
      add(name, "is no mail address", "Give one like name@example.com.");
    }
    return address;
  }

  /** A number within bounds, both allowed. */
  long number(String name, long value, long least, long most) {
    if (value < least || value > most) {
      add(name, "is " + value, "Give " + least + " to " + most + ".");
    }
    return value;
  }

  /** Something else is wrong. */
  void add(String name, String wrong, String remedy) {
    problems.add(
        Problem.of("SIMPLYCASTER_INPUT", ProblemKind.INPUT, name + " " + wrong)
            .withRemedy(remedy)
            .with("pointer", "/" + name));
  }

  /**
   * Ends the checks.
   *
   * @throws ProblemException with everything that is wrong
   */
  void demand() {
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }
}
