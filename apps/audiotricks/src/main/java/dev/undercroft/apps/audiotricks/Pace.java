package dev.undercroft.apps.audiotricks;

import dev.undercroft.sdk.Handler;
import dev.undercroft.sdk.RateLimit;
import java.time.Duration;
import java.time.InstantSource;

/** Keeps one address from asking too often, and says how much is left. Thread-safe. */
final class Pace {

  static final int MOST = 100;

  private final RateLimit limit;

  Pace(InstantSource clock) {
    limit = new RateLimit(MOST, Duration.ofMinutes(15), clock);
  }

  /** The same handler, for at most a hundred requests of an address within fifteen minutes. */
  Handler within(Handler handler) {
    return request -> {
      int left = limit.take(request.remoteAddress());
      return handler
          .handle(request)
          .with("X-RateLimit-Limit", String.valueOf(MOST))
          .with("X-RateLimit-Remaining", String.valueOf(left));
    };
  }
}
