package dev.undercroft.platform;

import java.time.Duration;

/**
 * Starting, stopping and watching the running instance: database server, applications, HTTP.
 *
 * @param <R> what the verb answers
 */
public sealed interface LifeCommand<R> extends Command<R> {

  /** Whether the command stays with what it started. */
  enum Mode {
    /** The process serves until it is stopped. */
    FOREGROUND,
    /** A child process serves; the command returns when it is healthy. */
    DETACHED
  }

  /**
   * Starts the database server if the project has no external one, deploys, seeds in development,
   * and serves. The port is the setting {@code server.port}, the data directory {@code
   * server.data}.
   *
   * @param mode whether to stay
   */
  record Up(Scope scope, Mode mode) implements LifeCommand<Started> {
    @Override
    public String verb() {
      return "up";
    }

    @Override
    public Class<Started> outcome() {
      return Started.class;
    }
  }

  /**
   * Stops the running instance: requests in flight finish, pools drain, the server stops.
   *
   * @param patience how long to wait before the process is ended by force
   */
  record Down(Scope scope, Duration patience) implements LifeCommand<Stopped> {
    @Override
    public String verb() {
      return "down";
    }

    @Override
    public Class<Stopped> outcome() {
      return Stopped.class;
    }
  }

  /** Says what is running, from any process. */
  record Status(Scope scope) implements LifeCommand<InstanceStatus> {
    @Override
    public String verb() {
      return "status";
    }

    @Override
    public Class<InstanceStatus> outcome() {
      return InstanceStatus.class;
    }
  }

  /**
   * Reads the log of the instance.
   *
   * @param source which log
   * @param lines how many of the last lines; at least 0
   * @param follow whether to go on with new lines until the caller closes the answer
   */
  record Logs(Scope scope, Source source, int lines, Following follow)
      implements LifeCommand<LogLines> {

    /** Whose log. */
    public enum Source {
      /** Undercroft and the applications. */
      INSTANCE,
      /** The embedded database server. */
      DATABASE,
      /** Both, each line marked. */
      ALL
    }

    /** Whether the answer ends. */
    public enum Following {
      /** Ends after the lines that are there. */
      ONCE,
      /** Goes on with each new line. */
      FOLLOW
    }

    @Override
    public String verb() {
      return "logs";
    }

    @Override
    public Class<LogLines> outcome() {
      return LogLines.class;
    }
  }
}
