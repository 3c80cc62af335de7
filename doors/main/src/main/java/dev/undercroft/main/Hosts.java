package dev.undercroft.main;

import dev.undercroft.base.Progress;

/** Finds or starts what the databases are on. Thread-safe implementations only. */
@FunctionalInterface
interface Hosts {

  /**
   * Gives the host of these projects.
   *
   * @throws dev.undercroft.base.ProblemException if the server cannot be had
   */
  Host open(Ground ground, Progress progress);
}
