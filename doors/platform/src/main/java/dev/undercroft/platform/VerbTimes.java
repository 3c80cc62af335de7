package dev.undercroft.platform;

import java.time.Duration;

/** Is told how long verbs took. Must be thread-safe. */
@FunctionalInterface
public interface VerbTimes {

  /**
   * A verb has ended.
   *
   * @param verb as it is typed
   * @param outcome done, refused or failed
   * @param time from the call to the answer
   */
  void took(String verb, String outcome, Duration time);
}
