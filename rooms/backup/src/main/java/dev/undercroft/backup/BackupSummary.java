package dev.undercroft.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * A backup as a list shows it. Immutable.
 *
 * @param id its id
 * @param basedOn the backup whose pages it names again; empty text for a full one
 * @param reason why it is a full one although an increment was asked for; else empty text
 * @param state how far it has come
 * @param start where it began
 * @param stoppedAt the server's time when it ended: the earliest point it can be restored to
 * @param stoppedPosition where the log was then
 * @param bytes size of the files
 * @param storedBytes what it added to the repository
 * @param corruptPages how many pages had a wrong checksum on the server
 * @param provenAt when it was last verified or drilled
 */
public record BackupSummary(
    String id,
    String basedOn,
    String reason,
    BackupState state,
    StartPoint start,
    Instant stoppedAt,
    Lsn stoppedPosition,
    long bytes,
    long storedBytes,
    int corruptPages,
    Optional<Instant> provenAt) {

  /** Whether the log it needs is stored, so that it can be restored. */
  public boolean isRestorable() {
    return state.compareTo(BackupState.COMPLETE) >= 0;
  }

  /** Whether it was read back or restored and found sound. */
  public boolean isProven() {
    return state.compareTo(BackupState.VERIFIED) >= 0;
  }
}
