package dev.undercroft.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Tallies of one process, forgotten when it ends; the longest untouched go first when there are too
 * many. Thread-safe.
 */
public final class MemoryTallies implements Tallies {

  private final Map<String, Backoff.Tally> tallies;

  /** At most this many buckets; 100 bytes each. */
  public MemoryTallies(int most) {
    this.tallies =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Backoff.Tally> eldest) {
            return size() > most;
          }
        };
  }

  @Override
  public synchronized void change(String bucket, UnaryOperator<Backoff.Tally> change) {
    tallies.put(bucket, change.apply(tallies.getOrDefault(bucket, Backoff.Tally.NONE)));
  }
}
