package dev.undercroft.platform;

import dev.undercroft.base.Progress;

/**
 * The hall every door leads to: takes a caller and a command, decides whether the caller may, notes
 * who did what, measures, and carries it out. Thread-safe.
 */
public interface Platform {

  /**
   * Carries out a command.
   *
   * @param caller who asks
   * @param command the verb
   * @param progress hears how far long work has come
   * @param <R> what the verb answers
   * @return the answer; "no" is an answer too (pending, unhealthy) and no exception
   * @throws dev.undercroft.base.ProblemException if the caller may not, or it could not be done
   */
  <R> R run(Caller caller, Command<R> command, Progress progress);

  /** Carries out a command in silence. */
  default <R> R run(Caller caller, Command<R> command) {
    return run(caller, command, Progress.NONE);
  }
}
