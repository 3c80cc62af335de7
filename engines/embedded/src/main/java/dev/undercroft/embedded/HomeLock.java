package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says which process holds a home folder. The operating system lets go of the lock when the process
 * ends in whatever way; what is written beside it only tells others who it is. The locked file must
 * not be opened again by this process: closing it again would let go of the lock.
 */
final class HomeLock implements AutoCloseable {

  private static final String LOCKED = "server.lock";
  private static final String HOLDER = "server.holder";

  private final Path home;
  private final FileChannel channel;
  private final Instant since;

  private HomeLock(Path home, FileChannel channel, Instant since) {
    this.home = home;
    this.channel = channel;
    this.since = since;
  }

  static HomeLock take(Path home, Instant now) {
    try {
      FileChannel channel =
          FileChannel.open(
              home.resolve(LOCKED), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw held(home);
      }
      HomeLock lock = new HomeLock(home, channel, now);
      lock.announce("");
      return lock;
    } catch (IOException e) {
      throw ServerPlace.notWritable(home, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException byThisProcess) {
      return null;
    }
  }

  /** Tells other processes where this one serves. */
  void announce(String url) {
    String text = "pid " + ProcessHandle.current().pid() + ", since " + since;
    try {
      Path fresh = home.resolve(HOLDER + ".new");
      Files.writeString(fresh, url.isEmpty() ? text : text + ", " + url);
      Files.move(fresh, home.resolve(HOLDER), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw ServerPlace.notWritable(home, e);
    }
  }

  private static ProblemException held(Path home) throws IOException {
    Path holder = home.resolve(HOLDER);
    String who = Files.exists(holder) ? Files.readString(holder) : "a process that just starts";
    return Problem.of(
            "EMBEDDED_HELD",
            ProblemKind.CONFLICT,
            "the server in " + home + " is held by another process: " + who)
        .withRemedy("Use that one; or stop it with undercroft down; or choose up --data DIR.")
        .with("path", home)
        .with("holder", who)
        .exception();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(home.resolve(HOLDER));
      channel.close();
    } catch (IOException e) {
      throw ServerPlace.notWritable(home, e);
    }
  }
}
