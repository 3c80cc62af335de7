package dev.undercroft.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * Counts attempts to sign in, so that guessing ends: the port over {@link Lockout}, {@link Backoff}
 * or both. Thread-safe.
 */
public interface Attempts {

  /** Nothing is counted: for tests only, and where something in front counts. */
  Attempts UNLIMITED =
      new Attempts() {
        @Override
        public Optional<Instant> reserve(SignIn.Request request) {
          return Optional.empty();
        }

        @Override
        public void succeeded(SignIn.Request request) {
          // Nothing was counted.
        }
      };

  /**
   * Counts an attempt as failed before it is made, in one statement or transaction.
   *
   * @return until when there is no sense in trying; empty if it may be made
   */
  Optional<Instant> reserve(SignIn.Request request);

  /** Takes back what was counted, because the attempt succeeded. */
  void succeeded(SignIn.Request request);
}
