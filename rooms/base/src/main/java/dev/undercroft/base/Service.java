package dev.undercroft.base;

/**
 * Background work with one life: started once, stopped once. Thread-safe implementations only.
 * Stopping before starting, and stopping twice, do nothing; stopping takes a bounded time.
 */
public interface Service extends AutoCloseable {

  /** Starts the work and returns when it is ready to be used. */
  void start();

  /** Stops the work and returns when nothing of it is left. */
  @Override
  void close();
}
