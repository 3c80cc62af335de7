package dev.undercroft.migrate;

import java.time.Duration;
import java.util.List;

/**
 * What the seeds did. Immutable.
 *
 * @param target the database, for people
 * @param seeds the files that ran, in order
 * @param took how long all of it took
 */
public record SeedResult(String target, List<Seeded> seeds, Duration took) {

  /** Copies the list. */
  public SeedResult {
    seeds = List.copyOf(seeds);
  }

  /**
   * One file that ran.
   *
   * @param file its name
   * @param statements how many statements ran
   * @param rows how many rows its statements inserted, updated or deleted, as the server counts
   * @param took how long it took
   */
  public record Seeded(String file, int statements, long rows, Duration took) {}
}
