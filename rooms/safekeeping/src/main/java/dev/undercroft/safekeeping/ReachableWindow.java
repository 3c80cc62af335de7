package dev.undercroft.safekeeping;

import dev.undercroft.backup.Lsn;
import java.time.Instant;

/**
 * A stretch of time to every moment of which the cluster can be restored. Immutable.
 *
 * @param from the earliest moment: the end of a backup
 * @param until the latest: everything committed until then is stored
 * @param backup the backup with which it begins
 * @param timeline the timeline it follows
 * @param end up to where its log is stored
 */
public record ReachableWindow(Instant from, Instant until, String backup, int timeline, Lsn end) {}
