package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time serve a workspace. The operating system holds the lock and gives it
 * back when the process ends, however it ends. Thread-safe.
 */
final class InstanceLock implements AutoCloseable {

  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws ProblemException naming the process that has it
   */
  static InstanceLock take(StateFolder state) {
    FileChannel channel = open(state.lockFile());
    if (tryLock(channel) == null) {
      close(channel);
      throw taken(state, new RunFile(state.runFile()).read());
    }
    return new InstanceLock(channel);
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException cause) {
      throw Problem.of("MAIN_LOCK_FILE", ProblemKind.EXTERNAL, "could not open " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the folder writable for this account.")
          .exception(cause);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    } catch (IOException cause) {
      throw Problem.of("MAIN_LOCK_FILE", ProblemKind.EXTERNAL, "the file system does not lock")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Keep .undercroft on a local disk.")
          .exception(cause);
    }
  }

  private static ProblemException taken(StateFolder state, Optional<RunState> holder) {
    String who =
        holder
            .map(run ->
                "process "
                    + run.pid()
                    + (run.address().isEmpty() ? "" : " at " + run.address())
                    + " since "
                    + run.since())
            .orElse("another process");
    return Problem.of(
            "MAIN_ALREADY_RUNNING",
            ProblemKind.CONFLICT,
            state.named() + " is served already, by " + who)
        .withRemedy("Use it, or stop it with `undercroft down`.")
        .with("pid", holder.map(RunState::pid).orElse(0L))
        .exception();
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.DEBUG, "closing the lock file", alreadyGone);
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    close(channel);
  }
}
