package dev.undercroft.backup;

import java.time.Instant;

/**
 * Where a backup ends. Immutable.
 *
 * @param position recovery must reach this position before the copy is consistent
 * @param label content of {@code backup_label}, byte for byte
 * @param tablespaceMap content of {@code tablespace_map}; empty when there is no tablespace
 * @param at the server's time
 */
public record StopPoint(Lsn position, String label, String tablespaceMap, Instant at) {}
