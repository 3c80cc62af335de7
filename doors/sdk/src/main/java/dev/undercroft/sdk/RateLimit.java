package dev.undercroft.sdk;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets each key do something only so often within any span of time, in this process. A limit that
 * must hold across processes and restarts belongs into the database. Thread-safe.
 */
public final class RateLimit {

  /** More keys than this are not remembered; those that were idle longest are forgotten. */
  private static final int MOST_KEYS = 10_000;

  private final int most;
  private final Duration span;
  private final InstantSource clock;
  private final Map<String, ArrayDeque<Instant>> taken =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Instant>> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /**
   * A limit.
   *
   * @param most how often within the span
   * @param span any span of this length
   * @param clock tells the time
   */
  public RateLimit(int most, Duration span, InstantSource clock) {
    this.most = most;
    this.span = span;
    this.clock = clock;
  }

  /**
   * Counts one time.
   *
   * @param key who does it
   * @return how many times are left
   * @throws dev.undercroft.base.ProblemException if that is too often; such a time is not counted
   */
  public int take(String key) {
    Instant now = clock.instant();
    Duration wait = waiting(key, now);
    if (wait.isPositive()) {
      long seconds = wait.plusMillis(999).toSeconds();
      throw Problem.of(
              "SDK_TOO_OFTEN",
              ProblemKind.THROTTLED,
              "more than " + most + " times within " + span.toSeconds() + " seconds")
          .withRemedy("Try again in " + seconds + " seconds.")
          .with("retryAfter", seconds)
          .exception();
    }
    return left(key);
  }

  /** How often within the span. */
  public int most() {
    return most;
  }

  private synchronized int left(String key) {
    ArrayDeque<Instant> times = taken.get(key);
    return times == null ? most : most - times.size();
  }

  private synchronized Duration waiting(String key, Instant now) {
    ArrayDeque<Instant> times = taken.computeIfAbsent(key, unseen -> new ArrayDeque<>());
    Instant start = now.minus(span);
    while (!times.isEmpty() && !times.getFirst().isAfter(start)) {
      times.removeFirst();
    }
    if (times.size() >= most) {
      return Duration.between(start, times.getFirst());
    }
    times.addLast(now);
    return Duration.ZERO;
  }
}
