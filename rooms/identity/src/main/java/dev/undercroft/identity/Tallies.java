package dev.undercroft.identity;

import java.util.function.UnaryOperator;

/**
 * Keeps the tallies of {@link BackoffAttempts}. Thread-safe; shared by all nodes if it lies in a
 * database.
 */
public interface Tallies {

  /**
   * Replaces a tally by what the function makes of it, while nobody else touches it: in a database
   * {@code insert … on conflict do nothing}, then {@code select … for update}, in one transaction.
   *
   * @param bucket a hash; says nothing of the account
   * @param change from the stored tally, {@link Backoff.Tally#NONE} at first
   */
  void change(String bucket, UnaryOperator<Backoff.Tally> change);
}
