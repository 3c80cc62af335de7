package dev.undercroft.access;

import java.time.Duration;

/**
 * Hears of every statement that a pool's connections carried out. Called by the thread that ran the
 * statement; an implementation must be quick and must not throw. Thread-safe implementations only.
 */
@FunctionalInterface
public interface StatementObserver {

  /** How a statement ended. */
  enum Outcome {
    /** The server answered. */
    DONE,
    /** The server refused it, or was gone. */
    FAILED
  }

  /**
   * A statement ended.
   *
   * @param sql its text with placeholders; values of parameters are never in it, literals may be
   * @param took from sending it to the first answer
   * @param outcome how it ended
   */
  void ended(String sql, Duration took, Outcome outcome);
}
