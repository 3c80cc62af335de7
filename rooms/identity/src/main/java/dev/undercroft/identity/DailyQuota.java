package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.time.Instant;
import java.time.ZoneId;

/**
 * So much of a thing per day of a person's own time zone. Immutable.
 *
 * <p>To hold under concurrency, the application locks the person's row ({@code select … for
 * update}), counts since {@link #start}, calls {@link #demand} and writes, all in one transaction.
 *
 * @param what the thing, for the problem, for example {@code projects}
 * @param limit how many a day
 * @param zone whose midnight counts
 */
public record DailyQuota(String what, long limit, ZoneId zone) {

  /** When the day began that contains this instant; on days without midnight, their first. */
  public Instant start(Instant now) {
    return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }

  /** When the next day begins. */
  public Instant end(Instant now) {
    return now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
  }

  /**
   * Refuses what would be too much.
   *
   * @param used how many there were today
   * @param wanted how many more
   * @throws ProblemException {@code IDENTITY_QUOTA} with the limit and when the next day begins
   */
  public void demand(long used, long wanted, Instant now) {
    if (used + wanted > limit) {
      throw Problem.of(
              "IDENTITY_QUOTA",
              ProblemKind.FORBIDDEN,
              "%d of %d %s a day are used".formatted(used, limit, what))
          .withRemedy("Wait until " + end(now) + ", or ask for a higher limit.")
          .with("limit", limit)
          .with("used", used)
          .exception();
    }
  }
}
