package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How files and history compare. Immutable.
 *
 * @param target the database, for people
 * @param recorded whether the database has a history; without one nothing was ever deployed there
 * @param entries every migration known from files or history, in order of version
 * @param problems what stands in the way of a deploy, gravest first; empty when nothing does
 */
public record MigrationStatus(
    String target, boolean recorded, List<Entry> entries, List<Problem> problems) {

  /** Copies the lists. */
  public MigrationStatus {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /** Whether everything is applied and unchanged: the answer "yes" of {@code migrate status}. */
  public boolean current() {
    return problems.isEmpty() && count(State.APPLIED) == entries.size();
  }

  /** How many are in this state. */
  public long count(State state) {
    return entries.stream().filter(entry -> entry.state() == state).count();
  }

  /** How file and history of one migration compare. */
  public enum State {
    /** Applied, and the file is the one that ran. */
    APPLIED,
    /** The file is there and has not run. */
    PENDING,
    /** As pending, but a later version is applied already. */
    LATE,
    /** A statement failed; later migrations wait for it. */
    FAILED,
    /** A deployer runs it now, or was killed while it ran. */
    RUNNING,
    /** Applied, but the file has changed since. */
    CHANGED,
    /** Applied, but the file is gone. */
    MISSING
  }

  /**
   * One migration.
   *
   * @param name its full name, for example {@code 20250709035454_init_auth}
   * @param state how file and history compare
   * @param origin how it came into the history; empty when it never ran
   * @param at when it was applied or failed; empty when pending
   * @param by who ran it; empty text when pending
   * @param took how long it ran; empty when pending or still running
   * @param statementsDone how many statements are done
   * @param statements how many statements the file has, or had when it ran
   * @param problem why it failed, or what changed in its file; empty when nothing is wrong
   */
  public record Entry(
      String name,
      State state,
      Optional<Origin> origin,
      Optional<Instant> at,
      String by,
      Optional<Duration> took,
      int statementsDone,
      int statements,
      Optional<Problem> problem) {}

  /** How a migration came into the history. */
  public enum Origin {
    /** It was run. */
    DEPLOY,
    /** A person said that it is applied. */
    RESOLVE,
    /** It was there before the history. */
    BASELINE
  }
}
