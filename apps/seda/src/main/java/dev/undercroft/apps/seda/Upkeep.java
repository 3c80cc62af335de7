package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.CRAWLER_CACHE;

import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.time.InstantSource;

/** What must be done from time to time. Thread-safe; can be repeated. */
final class Upkeep {

  /** How long a fetched page stays after it has expired. */
  static final Duration KEPT = Duration.ofDays(7);

  private final Data data;
  private final InstantSource clock;

  Upkeep(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /**
   * Removes the fetched pages that expired more than a week ago.
   *
   * @return how many
   */
  int deleteExpiredPages() {
    return data.withSystem(db ->
        db.deleteFrom(CRAWLER_CACHE)
            .where(CRAWLER_CACHE.EXPIRES_AT.lt(clock.instant().minus(KEPT)))
            .execute());
  }
}
