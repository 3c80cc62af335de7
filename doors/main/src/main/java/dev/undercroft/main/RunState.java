package dev.undercroft.main;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.platform.InstanceSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a serving process says of itself to other processes, in {@code run.json}. Immutable.
 *
 * @param pid the process
 * @param processStarted when the process began, which tells it from a later one with the same pid
 * @param state how far it is
 * @param since when it began to serve or to start
 * @param address where HTTP is served; empty text before that is known
 * @param summary what is served; empty while starting
 * @param server the embedded server; empty while it starts, and when somebody else runs the server
 */
record RunState(
    long pid,
    Instant processStarted,
    Phase state,
    Instant since,
    String address,
    Optional<InstanceSummary> summary,
    Optional<ServerReach> server) {

  /**
   * How other processes of the same account reach the embedded server.
   *
   * @param pid the server's process
   * @param port the TCP port on the loopback address
   * @param secrets the folder of the roles' passwords
   * @param log the log that the server writes
   */
  record ServerReach(long pid, int port, Path secrets, Optional<Path> log) {}

  /** How far an instance is. */
  enum Phase {
    /** Sets up. */
    STARTING,
    /** Serves. */
    SERVING,
    /** Finishes requests. */
    STOPPING
  }

  /** This process, starting. */
  static RunState ofThisProcess(Instant now) {
    ProcessHandle self = ProcessHandle.current();
    return new RunState(
        self.pid(),
        LivingProcess.startOf(self),
        Phase.STARTING,
        now,
        "",
        Optional.empty(),
        Optional.empty());
  }

  /** The same process, with a server. */
  RunState with(ServerReach reach) {
    return new RunState(pid, processStarted, state, since, address, summary, Optional.of(reach));
  }

  /** The same process, serving. */
  RunState serving(InstanceSummary what) {
    return new RunState(
        pid, processStarted, Phase.SERVING, since, what.address(), Optional.of(what), server);
  }

  /** The same process, stopping. */
  RunState stopping() {
    return new RunState(pid, processStarted, Phase.STOPPING, since, address, summary, server);
  }

  /** The log of the embedded server. */
  Optional<Path> serverLog() {
    return server.flatMap(ServerReach::log);
  }

  /** The process itself, if it still lives. */
  Optional<ProcessHandle> process() {
    return LivingProcess.of(pid, processStarted);
  }
}
