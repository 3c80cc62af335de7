package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.DatabaseHealth.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast the database grows, from the sizes of the last week that it was asked. Thread-safe. */
final class Growth {

  private static final Duration LEAST = Duration.ofHours(1);
  private static final Duration MOST = Duration.ofDays(7);
  private static final Duration APART = Duration.ofMinutes(10);

  private final Deque<Measured> sizes = new ArrayDeque<>();

  private record Measured(Instant at, long bytes) {}

  /** Bytes per day up to now; empty as long as it was watched for less than an hour. */
  synchronized Optional<Long> perDay(Snapshot now) {
    return now.sizeBytes()
        .flatMap(bytes -> {
          if (sizes.isEmpty() || !now.at().isBefore(sizes.getLast().at().plus(APART))) {
            sizes.addLast(new Measured(now.at(), bytes));
          }
          while (sizes.getFirst().at().isBefore(now.at().minus(MOST))) {
            sizes.removeFirst();
          }
          Measured first = sizes.getFirst();
          Duration watched = Duration.between(first.at(), now.at());
          return watched.compareTo(LEAST) < 0
              ? Optional.empty()
              : Optional.of(
                  Math.round(
                      (bytes - first.bytes())
                          * (Duration.ofDays(1).toMillis() / (double) watched.toMillis())));
        });
  }
}
