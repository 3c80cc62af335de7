package dev.undercroft.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * What a server says of one of its databases. A number that the engine does not know is absent,
 * never guessed. Immutable.
 *
 * @param sessions sessions of this database, the asking one included
 * @param maxSessions how many sessions the server admits for all its databases
 * @param sizeBytes size on disk
 * @param committed transactions committed since the server began to count
 * @param rolledBack transactions rolled back since then
 * @param replicationLag how far the slowest standby is behind; absent when there is none, and when
 *     the role that asks may not know
 */
public record Vitals(
    Optional<Integer> sessions,
    Optional<Integer> maxSessions,
    Optional<Long> sizeBytes,
    Optional<Long> committed,
    Optional<Long> rolledBack,
    Optional<Duration> replicationLag) {

  /** Nothing is known. */
  public static final Vitals UNKNOWN =
      new Vitals(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}
