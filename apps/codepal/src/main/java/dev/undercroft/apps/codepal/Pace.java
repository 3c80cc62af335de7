package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.RateLimit;
import dev.undercroft.sdk.Route;
import java.time.Duration;
import java.time.InstantSource;

/** Keeps one address from asking too often. Thread-safe. */
final class Pace {

  static final int MOST_PER_MINUTE = 600;

  private final RateLimit limit;

  Pace(InstantSource clock) {
    limit = new RateLimit(MOST_PER_MINUTE, Duration.ofMinutes(1), clock);
  }

  /** The same route, refusing an address that asks more than six hundred times within a minute. */
  Route bounding(Route route) {
    var handler = route.handler();
    return route.handledBy(request -> {
      limit.take(request.remoteAddress());
      return handler.handle(request);
    });
  }
}
