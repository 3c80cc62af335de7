package dev.undercroft.backup;

/**
 * A running server from which a physical backup can be read. An engine implements it. Thread-safe.
 */
@FunctionalInterface
public interface BackupSource {

  /**
   * Puts the server into backup mode and keeps the session open until the result is closed.
   *
   * @param label a name for the server's log and for {@code backup_label}
   * @throws dev.undercroft.base.ProblemException when the server refuses
   */
  BackupSession begin(String label);
}
