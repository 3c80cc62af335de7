package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.HealthReport;
import dev.undercroft.platform.InstanceStatus;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.LifeCommand;
import dev.undercroft.platform.LifeVerbs;
import dev.undercroft.platform.LogLines;
import dev.undercroft.platform.Scope;
import dev.undercroft.platform.Started;
import dev.undercroft.platform.Stopped;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts, stops and watches instances: the one of this process, and those of others through {@code
 * run.json}. Thread-safe.
 */
final class InstanceLife implements LifeVerbs {

  private final Supplier<Startup.Tools> tools;
  private final AtomicReference<@Nullable Serving> serving = new AtomicReference<>();

  /** What this process serves. */
  private record Serving(StateFolder state, Instance instance, RunFile file) {}

  /**
   * Serves nothing yet.
   *
   * @param tools what starting needs; asked for at the first start
   */
  InstanceLife(Supplier<Startup.Tools> tools) {
    this.tools = tools;
  }

  @Override
  public Started up(LifeCommand.Up command, Progress progress) {
    return switch (command.mode()) {
      case FOREGROUND -> here(command.scope(), progress);
      case DETACHED -> new DetachedStart(command.scope()).run(progress);
    };
  }

  private Started here(Scope scope, Progress progress) {
    Ground ground = Ground.read(scope, Purpose.START);
    StateFolder state = ground.state();
    state.make();
    InstanceLock lock = InstanceLock.take(state);
    try {
      remember(new StateFolder(ground.workspace().state()), state);
    } catch (ProblemException notWritable) {
      lock.close();
      throw notWritable;
    }
    RunFile file = new RunFile(state.runFile());
    file.write(RunState.ofThisProcess(Instant.now()));
    Instance instance =
        new Instance(
            new Instance.Holding(lock, file),
            ground.settings().get(ServerSettings.SHUTDOWN_TIMEOUT));
    serving.set(new Serving(state, instance, file));
    Runtime.getRuntime().addShutdownHook(new Thread(instance::stop, "undercroft-end"));
    boolean started = false;
    try {
      instance.has(startLogging(ground));
      InstanceSummary summary = new Startup(ground, scope, tools.get(), instance).run(progress);
      started = true;
      return new Started(summary, instance);
    } finally {
      if (!started) {
        instance.stop();
        serving.set(null);
      }
    }
  }

  /** Only once the folder is ours: a refused start must not lead `down` to somebody else's. */
  private static void remember(StateFolder usual, StateFolder state) {
    if (state.equals(usual)) {
      usual.pointNowhere();
    } else {
      usual.pointTo(state);
    }
  }

  private static Logging startLogging(Ground ground) {
    var settings = ground.settings();
    Logging.Wish wish =
        new Logging.Wish(
            settings.get(ServerSettings.LOG_LEVEL),
            settings.get(ServerSettings.LOG_DATABASE),
            settings.get(ServerSettings.LOG_FORMAT),
            System.getProperty("undercroft.tty", "").contains("2"));
    try {
      return Logging.of(wish, ground.state().logs());
    } catch (IOException cause) {
      throw Problem.of(
              "MAIN_LOG_NOT_WRITABLE",
              ProblemKind.EXTERNAL,
              "the log in " + ground.state().logs() + " cannot be written")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the folder writable for this account.")
          .exception(cause);
    }
  }

  /** The instance of this process, if it serves what the scope means. */
  Optional<Instance> instanceOf(Scope scope) {
    Serving now = serving.get();
    return now != null && now.state().equals(Ground.stateOf(scope))
        ? Optional.of(now.instance())
        : Optional.empty();
  }

  private OtherInstance other(Scope scope) {
    return new OtherInstance(Ground.stateOf(scope), state -> tools.get().hosts().stopLeft(state));
  }

  @Override
  public Stopped down(LifeCommand.Down command, Progress progress) {
    return other(command.scope()).stop(command.patience(), progress);
  }

  @Override
  public InstanceStatus status(LifeCommand.Status command) {
    Optional<Instance> own = instanceOf(command.scope());
    return own.isPresent()
        ? ownStatus(own.get(), command.scope())
        : other(command.scope()).status();
  }

  private InstanceStatus ownStatus(Instance instance, Scope scope) {
    Optional<RunState> run = new RunFile(Ground.stateOf(scope).runFile()).read();
    HealthReport health =
        HealthReports.of(
            instance.databases().stream().map(HealthReports::of).toList(), Instant.now());
    return new InstanceStatus(
        OtherInstance.stateOf(instance.summary().isPresent(), health),
        ProcessHandle.current().pid(),
        run.map(RunState::since),
        instance.summary(),
        Optional.of(health));
  }

  @Override
  public LogLines logs(LifeCommand.Logs command) {
    StateFolder state = Ground.stateOf(command.scope());
    boolean marked = command.source() == LifeCommand.Logs.Source.ALL;
    List<LogTail.Source> sources = new ArrayList<>();
    if (command.source() != LifeCommand.Logs.Source.DATABASE) {
      sources.add(
          new LogTail.Source(
              marked ? "instance | " : "", state.logs().resolve("undercroft.0.log")));
    }
    if (command.source() != LifeCommand.Logs.Source.INSTANCE) {
      serverLog(state)
          .ifPresent(file -> sources.add(new LogTail.Source(marked ? "database | " : "", file)));
    }
    LogTail tail = new LogTail(sources);
    return new LogLines(
        switch (command.follow()) {
          case ONCE -> tail.last(command.lines()).stream();
          case FOLLOW -> tail.follow(command.lines());
        });
  }

  private static Optional<Path> serverLog(StateFolder state) {
    return new RunFile(state.runFile()).read().flatMap(RunState::serverLog);
  }
}
