package dev.undercroft.platform;

/**
 * What {@code up} answers.
 *
 * @param summary what runs, where, and how long it took
 * @param running the running instance; with {@link LifeCommand.Mode#DETACHED} it lives in another
 *     process and waiting for it returns at once
 */
public record Started(InstanceSummary summary, Running running) {

  /** An instance that serves. Thread-safe. */
  public interface Running {

    /** Waits until the instance has stopped, whoever stopped it. */
    void awaitStop();

    /** Stops the instance in a bounded time; a second call does nothing. */
    void stop();
  }
}
