package dev.undercroft.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts and stops the server's first process. */
record Postmaster(ServerPlace place, ServerBinaries binaries, ServerAccount account) {

  /** Recovery after a crash may take long; a server that is busy with it must not be given up. */
  private static final long START_SECONDS = 900;

  private static final long IMMEDIATE_SECONDS = 10;
  private static final long REST_SECONDS = 5;

  /** Writes the configuration and makes the folders that the server needs. */
  void configure(EmbeddedSettings settings) {
    ServerConfiguration configuration = new ServerConfiguration(binaries, place, settings);
    try {
      for (Path folder : List.of(place.logs(), place.socket())) {
        Files.createDirectories(folder);
        account.own(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
      }
      Files.createDirectories(place.startLog().resolveSibling("."));
      replace(place.data().resolve("pg_hba.conf"), configuration.authentication());
      replace(
          place.data().resolve(ServerConfiguration.FILE),
          configuration.configuration(MachineFacts.ofThisMachine()));
      new ServerLog(place.logs()).prune();
    } catch (IOException e) {
      throw ServerPlace.notWritable(place.place(), e);
    }
  }

  private void replace(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(
          file,
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
      account.own(file);
    }
  }

  /**
   * Starts the server in a session of its own: Ctrl-C on the terminal does not reach it, and it
   * outlives this process.
   *
   * @return its process id
   */
  long start(int port) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(List.of(binaries.program("postgres").toString(), "-D"));
    command.addAll(List.of(place.data().toString(), "-p", String.valueOf(port)));
    ProcessBuilder builder = new ProcessBuilder(account.command(command));
    builder.directory(place.data().toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(place.startLog().toFile());
    Process process = builder.start();
    awaitReady(process);
    return process.pid();
  }

  private void awaitReady(Process process) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      Optional<PidFile> file = PidFile.read(place.data());
      if (file.isPresent() && file.get().pid() == process.pid() && file.get().isReady()) {
        return;
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        throw StartFailure.ofStart(place);
      }
      ServerProcesses.pause();
    }
  }

  /**
   * Stops a server: open transactions are rolled back and sessions ended; if that takes too long,
   * it is stopped at once and recovers at its next start.
   *
   * @return whether it stopped by itself
   */
  boolean stop(long pid, long patienceSeconds) {
    signal(pid, "INT");
    if (ServerProcesses.awaitEnd(pid, patienceSeconds)) {
      // The process that writes the log ends a moment after the first one.
      new ServerProcesses(place.data()).awaitNone(REST_SECONDS);
      return true;
    }
    signal(pid, "QUIT");
    if (!ServerProcesses.awaitEnd(pid, IMMEDIATE_SECONDS)) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      ServerProcesses.awaitEnd(pid, IMMEDIATE_SECONDS);
    }
    return false;
  }

  private void signal(long pid, String signal) {
    List<String> command = new ArrayList<>(List.of(binaries.program("pg_ctl").toString()));
    command.addAll(List.of("kill", signal, String.valueOf(pid)));
    ProcessRun.of(account.command(command));
  }
}
