package dev.undercroft.platform;

import java.time.Instant;
import java.util.List;

/**
 * Who did what, when, and how it ended. Never a secret. Immutable.
 *
 * @param at when
 * @param caller who, as {@link Caller#name()} says it
 * @param verb what
 * @param directory the project's or workspace's folder
 * @param projects the projects that were named; empty for all
 * @param state how far it came
 * @param problem the code of the problem that ended it; empty text when none did
 */
public record AuditEntry(
    Instant at,
    String caller,
    String verb,
    String directory,
    List<String> projects,
    State state,
    String problem) {

  /** Copies the list. */
  public AuditEntry {
    projects = List.copyOf(projects);
  }

  /** How far a verb came. */
  public enum State {
    /** It begins; an entry without a later one was cut off. */
    BEGUN,
    /** It is done. */
    DONE,
    /** The caller may not. */
    REFUSED,
    /** It could not be done. */
    FAILED
  }
}
