package dev.undercroft.apps.epic;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What is done every hour, and when it was done last. Thread-safe; every run can be repeated. */
final class Maintenance {

  private final DatabaseService database;
  private final JobQueue queue;
  private final InstantSource clock;
  private final AtomicReference<Optional<Run>> last;

  /**
   * Maintenance of this database.
   *
   * @param last keeps the last run
   */
  Maintenance(
      DatabaseService database,
      JobQueue queue,
      InstantSource clock,
      AtomicReference<Optional<Run>> last) {
    this.database = database;
    this.queue = queue;
    this.clock = clock;
    this.last = last;
  }

  /**
   * What a run has done.
   *
   * @param at when it ended
   * @param expiredAssets assets removed because they had expired
   * @param expiredSessions sessions and codes removed because they had ended
   * @param purged rows removed for good thirty days after they were deleted
   * @param releasedJobs jobs whose worker had been silent too long
   */
  record Run(
      Instant at, int expiredAssets, int expiredSessions, int purged, List<String> releasedJobs) {

    /** The same as numbers by name. */
    Map<String, Integer> numbers() {
      return Map.of(
          "assets", expiredAssets,
          "sessions", expiredSessions,
          "purged", purged,
          "jobs", releasedJobs.size());
    }
  }

  /** Removes what has expired, queues stuck jobs again. */
  Run run() {
    DatabaseService.Removed removed = database.maintain();
    List<String> released = queue.releaseStuck();
    Run run =
        new Run(
            clock.instant(),
            removed.expiredAssets(),
            removed.expiredSessions(),
            removed.purged(),
            released);
    last.set(Optional.of(run));
    return run;
  }

  /** The last run of this process that succeeded. */
  Optional<Run> last() {
    return last.get();
  }
}
