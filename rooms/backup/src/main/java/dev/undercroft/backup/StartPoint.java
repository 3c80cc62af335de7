package dev.undercroft.backup;

import java.time.Instant;

/**
 * Where a backup begins. Immutable.
 *
 * @param position the checkpoint's redo position, from which recovery starts
 * @param timeline the timeline the server was on
 * @param systemIdentifier what {@code initdb} gave the cluster; never changes
 * @param serverVersion {@code server_version_num}, for example 180006
 * @param checksums whether pages carry checksums
 * @param walSegmentSize size of a segment of the write-ahead log in bytes
 * @param at the server's time
 */
public record StartPoint(
    Lsn position,
    int timeline,
    String systemIdentifier,
    int serverVersion,
    boolean checksums,
    int walSegmentSize,
    Instant at) {

  /** The major version, for example 18. */
  public int majorVersion() {
    return serverVersion / 10_000;
  }
}
