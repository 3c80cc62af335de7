package dev.undercroft.access;

import java.time.Duration;

/**
 * The size and the times of a pool. Immutable.
 *
 * @param maximum the most connections, at least 1
 * @param minimum how many are kept open when idle, not above {@code maximum}
 * @param acquire how long a caller waits for a free connection
 * @param connect how long the pool tries to make one connection
 * @param close how long closing one connection may take
 * @param idle after how long an idle connection above the minimum is closed
 * @param reap how often idle connections are looked at
 * @param retry the pause between two attempts to make a connection
 * @param lifetime after how long a connection is replaced by a new one
 */
public record PoolSettings(
    int maximum,
    int minimum,
    Duration acquire,
    Duration connect,
    Duration close,
    Duration idle,
    Duration reap,
    Duration retry,
    Duration lifetime) {

  /** Stands for no limit. */
  public static final Duration FOREVER = Duration.ofDays(365);

  /**
   * At most 10, at least 2; 30 s to acquire, 30 s to connect, 5 s to close, idle for 30 s, looked
   * at every second, retried every 200 ms, replaced after 30 minutes.
   */
  public static final PoolSettings DEFAULT =
      new PoolSettings(
          10,
          2,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofMinutes(30));

  /** Refuses a pool that could hold nothing; a minimum above the maximum becomes the maximum. */
  public PoolSettings {
    if (maximum < 1 || minimum < 0) {
      throw new IllegalArgumentException("a pool of " + minimum + " to " + maximum);
    }
    minimum = Math.min(minimum, maximum);
  }

  /** A copy with another maximum. */
  public PoolSettings withMaximum(int value) {
    return new PoolSettings(value, minimum, acquire, connect, close, idle, reap, retry, lifetime);
  }

  /** A copy with another minimum. */
  public PoolSettings withMinimum(int value) {
    return new PoolSettings(maximum, value, acquire, connect, close, idle, reap, retry, lifetime);
  }

  /** A copy with another time to wait for a free connection. */
  public PoolSettings withAcquire(Duration value) {
    return new PoolSettings(maximum, minimum, value, connect, close, idle, reap, retry, lifetime);
  }

  /** A copy with another time to make a connection. */
  public PoolSettings withConnect(Duration value) {
    return new PoolSettings(maximum, minimum, acquire, value, close, idle, reap, retry, lifetime);
  }

  /** A copy with another time after which idle connections are closed. */
  public PoolSettings withIdle(Duration value) {
    return new PoolSettings(
        maximum, minimum, acquire, connect, close, value, reap, retry, lifetime);
  }

  /** A copy with another life of a connection. */
  public PoolSettings withLifetime(Duration value) {
    return new PoolSettings(maximum, minimum, acquire, connect, close, idle, reap, retry, value);
  }
}
