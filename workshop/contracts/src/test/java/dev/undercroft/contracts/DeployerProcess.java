package dev.undercroft.contracts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link KilledDeployer} seen from outside. */
final class DeployerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private DeployerProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static DeployerProcess start(Deploying project, int stopAt) {
    var database = project.target().database();
    return start(
        project.files(),
        stopAt,
        String.valueOf(database.server().port()),
        database.name(),
        database.user(),
        database.password());
  }

  static DeployerProcess start(ProjectFiles files, int stopAt, String... database) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledDeployer.class.getName(),
                files.folder().toString(),
                String.valueOf(stopAt)));
    command.addAll(List.of(database));
    try {
      return new DeployerProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on until it has stopped; false when it ran to its end instead. */
  boolean awaitStopped() {
    return awaitLine("stopped");
  }

  /** Reads on until a line begins so; false when the output ends before. */
  boolean awaitLine(String beginning) {
    try {
      String line = output.readLine();
      while (line != null && !line.startsWith(beginning)) {
        line = output.readLine();
      }
      return line != null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("not killed: " + process.pid());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
    try {
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
