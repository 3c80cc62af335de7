package dev.undercroft.platform;

import dev.undercroft.base.Progress;

/** Carries out {@link BackupCommand}s. Thread-safe implementations only. */
@FunctionalInterface
public interface BackupVerbs {

  /**
   * Carries out.
   *
   * @return an answer of the command's {@link Command#outcome}
   */
  BackupAnswer run(BackupCommand<?> command, Progress progress);
}
