package dev.undercroft.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something a person must know: what was wrong, which thing and value, what to do next. Immutable.
 *
 * @param code stable upper-case text, prefixed by the room, for example {@code
 *     MIGRATE_CHECKSUM_CHANGED}; scripts may rely on it
 * @param kind who has to act
 * @param message one line of fact that names the thing and its value; no full stop, no blame
 * @param detail further facts, possibly several lines; empty when there are none
 * @param remedy a full sentence that names the command or setting that helps; empty only when
 *     nothing can be done
 * @param context named values for structured logs and JSON, in the order they were added; never a
 *     secret
 */
public record Problem(
    String code,
    ProblemKind kind,
    String message,
    String detail,
    String remedy,
    Map<String, String> context) {

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

  /** Refuses a code that is not of the form {@code ROOM_WHAT}; copies the context. */
  public Problem {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("problem code must look like ROOM_WHAT: " + code);
    }
    context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
  }

  /**
   * A problem with neither detail nor remedy yet; add them with {@link #detail} and {@link
   * #remedy}.
   */
  public static Problem of(String code, ProblemKind kind, String message) {
    return new Problem(code, kind, message, "", "", Map.of());
  }

  /** A copy of this problem with these further facts. */
  public Problem withDetail(String text) {
    return new Problem(code, kind, message, text, remedy, context);
  }

  /** A copy of this problem with this advice. */
  public Problem withRemedy(String text) {
    return new Problem(code, kind, message, detail, text, context);
  }

  /** A copy of this problem with one more named value. */
  public Problem with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(context);
    more.put(name, String.valueOf(value));
    return new Problem(code, kind, message, detail, remedy, more);
  }

  /** This problem as something to throw. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** This problem as something to throw, keeping what caused it. */
  public ProblemException exception(Throwable cause) {
    return new ProblemException(this, cause);
  }
}
