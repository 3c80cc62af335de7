package dev.undercroft.platform;

import dev.undercroft.base.Progress;

/** Carries out {@link LifeCommand}s. Thread-safe implementations only. */
public interface LifeVerbs {

  /** Starts. */
  Started up(LifeCommand.Up command, Progress progress);

  /** Stops. */
  Stopped down(LifeCommand.Down command, Progress progress);

  /** Says what runs. */
  InstanceStatus status(LifeCommand.Status command);

  /** Reads the log. */
  LogLines logs(LifeCommand.Logs command);
}
