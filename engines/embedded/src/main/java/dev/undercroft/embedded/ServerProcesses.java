package dev.undercroft.embedded;

import dev.undercroft.base.LivingProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The processes of a server: every one of them works in the data directory, which tells them from
 * others that happen to have got the same process id.
 */
record ServerProcesses(Path data) {

  private static final Path PROC = Path.of("/proc");

  /** Whether this system lets processes be looked at; if not, PostgreSQL alone decides. */
  static boolean canSee() {
    return Files.isDirectory(PROC.resolve("self"));
  }

  /** Whether this process belongs to the server. */
  boolean isOurs(long pid) {
    try {
      Path link = PROC.resolve(String.valueOf(pid)).resolve("cwd");
      return Files.readSymbolicLink(link).equals(data.toRealPath());
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  /** All living processes of the server. */
  List<Long> living() {
    try (Stream<Path> all = Files.list(PROC)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .map(Long::valueOf)
          .filter(this::isOurs)
          .toList();
    } catch (IOException noProc) {
      return List.of();
    }
  }

  /** Waits until a process has ended; false if it has not in this time. */
  static boolean awaitEnd(long pid, long seconds) {
    return LivingProcess.of(pid)
        .map(process -> LivingProcess.awaitEnd(process, Duration.ofSeconds(seconds)))
        .orElse(true);
  }

  /** Waits until no process of the server is left; false if some are after this time. */
  boolean awaitNone(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!living().isEmpty()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
  }
}
