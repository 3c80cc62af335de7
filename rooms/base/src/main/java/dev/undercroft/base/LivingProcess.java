package dev.undercroft.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes of this machine that still do something. One that has ended, but whose parent has not
 * asked how, keeps its number and its start time, and {@link ProcessHandle#isAlive} calls it alive;
 * in a container whose first process asks nobody it stays so for good. Here it has ended. Source of
 * the states: the manual page proc_pid_stat(5). Stateless, thread-safe.
 */
public final class LivingProcess {

  private static final Path PROC = Path.of("/proc");

  private LivingProcess() {}

  /** The process with this number, if it lives. */
  public static Optional<ProcessHandle> of(long pid) {
    return ProcessHandle.of(pid).filter(LivingProcess::lives);
  }

  /**
   * The process with this number, if it lives and is not a later one that got the same number.
   *
   * @param started when it began, as {@link #startOf} told then
   */
  public static Optional<ProcessHandle> of(long pid, Instant started) {
    return of(pid).filter(process -> startOf(process).equals(started));
  }

  /** When a process began, as the system tells it; 1970 if it does not. */
  public static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  /**
   * Waits until a process has ended. An interrupt does not end the waiting and is kept.
   *
   * @param patience how long at the most
   * @return whether it has
   */
  public static boolean awaitEnd(ProcessHandle process, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    while (lives(process) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !lives(process);
  }

  private static boolean lives(ProcessHandle process) {
    return process.isAlive() && !hasOnlyToBeAskedFor(process.pid());
  }

  private static boolean hasOnlyToBeAskedFor(long pid) {
    try {
      // A program's name is any bytes in parentheses; the state is the letter behind it.
      String stat =
          Files.readString(
              PROC.resolve(String.valueOf(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
      int state = stat.lastIndexOf(')') + 2;
      return state < stat.length() && "ZXx".indexOf(stat.charAt(state)) >= 0;
    } catch (IOException notToBeSeen) {
      return false;
    }
  }
}
