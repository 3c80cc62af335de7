package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.Scope;
import dev.undercroft.platform.Started;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts an instance in a process of its own, with the same Java and the same class path, and waits
 * until it serves. What the process shall do goes through its standard input, because a command
 * line can be read by every account of the machine.
 */
final class DetachedStart {

  private static final long LOOK_EVERY_MILLIS = 20;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Scope scope;
  private final StateFolder state;

  DetachedStart(Scope scope) {
    this.scope = scope;
    this.state = Ground.stateToStart(scope);
  }

  /**
   * Starts and waits.
   *
   * @throws ProblemException with what the process said when it could not start
   */
  Started run(Progress progress) {
    state.make();
    Path output = state.logs().resolve("start.log");
    try {
      Files.deleteIfExists(output);
      Process process =
          new ProcessBuilder(command())
              .redirectOutput(output.toFile())
              .redirectErrorStream(true)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(JsonMapper.builder().build().writeValueAsBytes(scope));
      }
      progress.report("starting process " + process.pid(), 0, 1);
      return awaitServing(process, output);
    } catch (IOException cause) {
      throw Problem.of("MAIN_NOT_DETACHED", ProblemKind.EXTERNAL, "could not start a process")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Start in the foreground: `undercroft up` without --detach.")
          .exception(cause);
    }
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dundercroft.tty=");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ServeMain.class.getName());
    return command;
  }

  private Started awaitServing(Process process, Path output) throws IOException {
    RunFile file = new RunFile(state.runFile());
    while (!hasEnded(process)) {
      Optional<RunState> run =
          file.read()
              .filter(now -> now.pid() == process.pid())
              .filter(now -> now.state() == RunState.Phase.SERVING);
      if (run.isPresent() && run.get().summary().isPresent()) {
        return new Started(run.get().summary().get(), new Elsewhere());
      }
    }
    throw ended(process, Files.readString(output, StandardCharsets.UTF_8));
  }

  private static boolean hasEnded(Process process) {
    try {
      return process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static ProblemException ended(Process process, String output) {
    for (String line : output.lines().toList().reversed()) {
      if (line.startsWith(ServeMain.PROBLEMS)) {
        try {
          return new ProblemException(
              List.of(
                  JsonMapper.builder()
                      .build()
                      .readValue(line.substring(ServeMain.PROBLEMS.length()), Problem[].class)));
        } catch (JacksonException notWhole) {
          break;
        }
      }
    }
    return Problem.of(
            "MAIN_DETACHED_ENDED",
            ProblemKind.INTERNAL,
            "process " + process.pid() + " ended before it served")
        .withDetail(output)
        .withRemedy("Start in the foreground to see more: `undercroft up` without --detach.")
        .exception();
  }

  /** It lives in another process. */
  private static final class Elsewhere implements Started.Running {
    @Override
    public void awaitStop() {
      // That process is not waited for.
    }

    @Override
    public void stop() {
      // `down` stops it.
    }
  }
}
