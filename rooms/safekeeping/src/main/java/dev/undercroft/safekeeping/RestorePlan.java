package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupHeader;
import dev.undercroft.base.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a restore will do, proven possible from what is stored. Immutable.
 *
 * @param backup the backup it begins with
 * @param lineage the log it replays
 * @param stop where it ends
 * @param reaches the time of the last commit that will be there; empty when nothing is replayed
 * @param unread what is wrong with backups that could not be read when this one was chosen, and
 *     with the notes beside backups
 */
public record RestorePlan(
    BackupHeader backup,
    Lineage lineage,
    RecoveryStop stop,
    Optional<Instant> reaches,
    List<Problem> unread) {

  /** Copies the list. */
  public RestorePlan {
    unread = List.copyOf(unread);
  }

  /** The backup's id. */
  public String id() {
    return backup.id();
  }

  /** The timeline that is followed. */
  public int timeline() {
    return lineage.history().timeline();
  }
}
