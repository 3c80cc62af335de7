package dev.undercroft.sdk;

/** Takes the routes of an application. One thread at a time. */
@FunctionalInterface
public interface Routes {

  /**
   * Adds a route.
   *
   * @throws IllegalArgumentException if the route has no handler, or its path and its path
   *     parameters do not agree
   */
  void add(Route route);
}
