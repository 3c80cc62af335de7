package dev.undercroft.platform;

import dev.undercroft.base.Progress;

/** Carries out {@link SafetyCommand}s. Thread-safe implementations only. */
@FunctionalInterface
public interface SafetyVerbs {

  /**
   * Carries out.
   *
   * @return an answer of the command's {@link Command#outcome}
   */
  SafetyAnswer run(SafetyCommand<?> command, Progress progress);
}
