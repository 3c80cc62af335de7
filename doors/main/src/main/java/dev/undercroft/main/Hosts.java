package dev.undercroft.main;

import dev.undercroft.base.Progress;

/** Finds or starts what the databases are on. Thread-safe implementations only. */
interface Hosts {

  /**
   * Gives the host of these projects: starts the embedded server, or takes over one that was left
   * behind.
   *
   * @throws dev.undercroft.base.ProblemException if the server cannot be had
   */
  Host open(Ground ground, Progress progress);

  /** The host that another process of this account runs; closing it stops nothing. */
  Host join(Ground ground, RunState.ServerReach reach);

  /** Stops a server that a dead process left behind; whether there was one. */
  boolean stopLeft(StateFolder state);
}
