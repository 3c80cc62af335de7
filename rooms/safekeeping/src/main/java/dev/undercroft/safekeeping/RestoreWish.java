package dev.undercroft.safekeeping;

import dev.undercroft.backup.RecoveryTarget;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody wants back. Immutable.
 *
 * @param backup id of a backup or its unique beginning; empty chooses the newest that fits
 * @param target how far the log is replayed
 * @param timeline the timeline to follow; empty for the newest
 */
public record RestoreWish(Optional<String> backup, RecoveryTarget target, OptionalInt timeline) {

  /** Everything that is stored. */
  public static RestoreWish latest() {
    return of(new RecoveryTarget.Latest());
  }

  /** A target, from whatever backup reaches it. */
  public static RestoreWish of(RecoveryTarget target) {
    return new RestoreWish(Optional.empty(), target, OptionalInt.empty());
  }
}
