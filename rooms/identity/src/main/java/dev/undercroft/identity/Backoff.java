package dev.undercroft.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A rule that slows guessing down without locking the owner out: some failures are free, then each
 * one doubles the wait up to a longest one. Immutable. Used with buckets by account and known
 * device, by account and unknown devices, and by network; an attacker fills the second only.
 *
 * @param free how many failures within {@code window} cost nothing
 * @param window after this time without a failure all is forgotten
 * @param first the wait after the first failure that is not free
 * @param longest the longest wait
 * @param limit after so many failures in a row the bucket is shut until {@link Tally#NONE} is
 *     stored again (NIST SP 800-63B-4, 3.2.2: at most 100)
 */
public record Backoff(int free, Duration window, Duration first, Duration longest, int limit) {

  /** Five in 15 minutes are free, then 1 s doubling to 15 minutes, shut after 100. */
  public static final Backoff USUAL =
      new Backoff(5, Duration.ofMinutes(15), Duration.ofSeconds(1), Duration.ofMinutes(15), 100);

  /**
   * What is stored of a bucket.
   *
   * @param failures how many in a row
   * @param last when the last one was
   */
  public record Tally(int failures, Instant last) {

    /** Nothing happened yet. */
    public static final Tally NONE = new Tally(0, Instant.EPOCH);
  }

  /**
   * What follows of one more attempt.
   *
   * @param tally what to store
   * @param refusedUntil empty if the attempt may go on; otherwise until when there is no sense in
   *     trying, {@link Instant#MAX} for a bucket that is shut
   */
  public record Step(Tally tally, Optional<Instant> refusedUntil) {}

  /** Counts an attempt as failed before it is made; {@link #refunded} if it succeeds. */
  public Step attempt(Tally tally, Instant now) {
    if (tally.failures() >= limit) {
      return new Step(tally, Optional.of(Instant.MAX));
    }
    boolean forgotten = tally.failures() <= free && tally.last().plus(window).isBefore(now);
    int before = forgotten ? 0 : tally.failures();
    Instant open = before < free ? Instant.MIN : tally.last().plus(wait(before - free));
    if (open.isAfter(now)) {
      return new Step(tally, Optional.of(open));
    }
    return new Step(new Tally(before + 1, now), Optional.empty());
  }

  private Duration wait(int over) {
    Duration doubled = first.multipliedBy(1L << Math.min(over, 30));
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  /** What to store when an attempt that was counted has succeeded. */
  public static Tally refunded() {
    return Tally.NONE;
  }
}
