package dev.undercroft.migrate;

import java.util.List;

/**
 * What looking at the database told about a statement whose end nobody saw. Immutable.
 *
 * @param kind what is known now
 * @param reason what was seen, or how a person can find out
 * @param repair what must run before the statement is run again
 */
public record Verdict(Kind kind, String reason, List<String> repair) {

  /** Copies the list. */
  public Verdict {
    repair = List.copyOf(repair);
  }

  /** What is known. */
  public enum Kind {
    /** It took effect. */
    DONE,
    /** It took no effect, or may safely run again. */
    NOT_DONE,
    /** Only a person can tell. */
    UNKNOWN
  }
}
