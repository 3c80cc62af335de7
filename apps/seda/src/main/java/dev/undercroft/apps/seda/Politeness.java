package dev.undercroft.apps.seda;

import dev.undercroft.sdk.Handler;
import dev.undercroft.sdk.RateLimit;
import java.time.Duration;
import java.time.InstantSource;

/** Keeps one address from asking too often. Thread-safe. */
final class Politeness {

  static final int MOST_PER_MINUTE = 100;

  private final RateLimit pace;

  Politeness(InstantSource clock) {
    this.pace = new RateLimit(MOST_PER_MINUTE, Duration.ofMinutes(1), clock);
  }

  /** The same handler, refusing an address that asks more than a hundred times within a minute. */
  Handler polite(Handler handler) {
    return request -> {
      pace.take(request.remoteAddress());
      return handler.handle(request);
    };
  }
}
