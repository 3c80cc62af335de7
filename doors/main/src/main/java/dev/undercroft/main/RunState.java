package dev.undercroft.main;

import dev.undercroft.platform.InstanceSummary;
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
 */
record RunState(
    long pid,
    Instant processStarted,
    Phase state,
    Instant since,
    String address,
    Optional<InstanceSummary> summary) {

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
        self.info().startInstant().orElse(Instant.EPOCH),
        Phase.STARTING,
        now,
        "",
        Optional.empty());
  }

  /** The same process, serving. */
  RunState serving(InstanceSummary what) {
    return new RunState(
        pid, processStarted, Phase.SERVING, since, what.address(), Optional.of(what));
  }

  /** The same process, stopping. */
  RunState stopping() {
    return new RunState(pid, processStarted, Phase.STOPPING, since, address, summary);
  }

  /** The process itself, if it still lives. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            handle -> handle.info().startInstant().orElse(Instant.EPOCH).equals(processStarted));
  }
}
