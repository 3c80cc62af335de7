package dev.undercroft.main;

import dev.undercroft.base.Progress;

/** Chooses between the embedded server and those that somebody else runs. Thread-safe. */
final class DatabaseHosts implements Hosts {

  @Override
  public Host open(Ground ground, Progress progress) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public Host join(Ground ground, RunState.ServerReach reach) {
    throw new UnsupportedOperationException("not built yet");
  }

  @Override
  public boolean stopLeft(StateFolder state) {
    throw new UnsupportedOperationException("not built yet");
  }
}
