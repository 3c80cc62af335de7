package dev.undercroft.base;

/**
 * Hears how far a long piece of work has come. Called from the thread that does the work; an
 * implementation must be quick and must not throw.
 */
@FunctionalInterface
public interface Progress {

  /** Hears nothing. */
  Progress NONE = (step, done, total) -> {};

  /**
   * Work went on.
   *
   * @param step what is being done now, a few words
   * @param done how much is done, in the unit of {@code total}
   * @param total how much there is, or 0 when nobody knows
   */
  void report(String step, long done, long total);
}
