package dev.undercroft.main;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.InstanceStatus.State;
import dev.undercroft.platform.Stopped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The instance that another process runs, as seen from here. Thread-safe. */
final class OtherInstance {

  private static final Duration ASK = Duration.ofSeconds(12);
  private static final Duration FORCE = Duration.ofSeconds(10);

  private final StateFolder state;
  private final Predicate<StateFolder> stopLeftServer;

  /**
   * Looks at the instance of a state folder.
   *
   * @param state the folder
   * @param stopLeftServer stops the server that a dead process left behind; whether there was one
   */
  OtherInstance(StateFolder state, Predicate<StateFolder> stopLeftServer) {
    this.state = state;
    this.stopLeftServer = stopLeftServer;
  }

  /** What it is doing. */
  InstanceStatus status() {
    Optional<RunState> run = new RunFile(state.runFile()).read();
    if (run.isEmpty()) {
      return nothing(State.STOPPED);
    }
    RunState now = run.get();
    if (now.process().isEmpty()) {
      return nothing(State.DIED);
    }
    Optional<InstanceStatus> asked = ask(now);
    State seen =
        switch (now.state()) {
          case STARTING -> State.STARTING;
          case SERVING, STOPPING -> State.UNHEALTHY;
        };
    return asked.orElseGet(() ->
        new InstanceStatus(
            seen, now.pid(), Optional.of(now.since()), now.summary(), Optional.empty()));
  }

  private static InstanceStatus nothing(State state) {
    return new InstanceStatus(state, 0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Healthy or not, from what the databases say. */
  static State stateOf(boolean ready, HealthReport health) {
    if (!ready) {
      return State.STARTING;
    }
    return health.status() == HealthReport.Status.HEALTHY ? State.HEALTHY : State.UNHEALTHY;
  }

  private Optional<InstanceStatus> ask(RunState run) {
    if (run.address().isEmpty()) {
      return Optional.empty();
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ASK).build()) {
      String token = Files.readString(state.tokenFile()).strip();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(run.address() + "/api/instance"))
              .timeout(ASK)
              .header("Authorization", "Bearer " + token)
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JsonMapper.builder().build().readValue(answer.body(), InstanceStatus.class))
          : Optional.empty();
    } catch (IOException | JacksonException silent) {
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Asks it to stop, and ends it by force when it does not. */
  Stopped stop(Duration patience, Progress progress) {
    long begun = System.nanoTime();
    Optional<RunState> run = new RunFile(state.runFile()).read();
    if (run.isEmpty()) {
      return new Stopped(Stopped.How.NOT_RUNNING, 0, Duration.ZERO);
    }
    Optional<ProcessHandle> process = run.get().process();
    if (process.isEmpty()) {
      return new Stopped(stopOrphan(run.get()), 0, since(begun));
    }
    progress.report("stopping process " + process.get().pid(), 0, 1);
    process.get().destroy();
    Stopped.How how = Stopped.How.CLEANLY;
    if (!LivingProcess.awaitEnd(process.get(), patience)) {
      process.get().destroyForcibly();
      boolean ended = LivingProcess.awaitEnd(process.get(), FORCE);
      how = Stopped.How.BY_FORCE;
      if (ended) {
        Stopped.How _ = stopOrphan(run.get());
      }
    }
    return new Stopped(how, process.get().pid(), since(begun));
  }

  /** The server goes on when the process that started it dies; nobody else stops it. */
  private Stopped.How stopOrphan(RunState run) {
    boolean left = run.server().flatMap(server -> LivingProcess.of(server.pid())).isPresent();
    boolean stopped = left && stopLeftServer.test(state);
    new RunFile(state.runFile()).remove();
    return stopped ? Stopped.How.ORPHAN_STOPPED : Stopped.How.NOT_RUNNING;
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
