package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Unpacked programs, one folder per archive. A folder is complete or it is not there: it is made
 * under another name and renamed at the end. What was unpacked is listed in {@link
 * UnpackedManifest}, and a folder that no longer equals its list is made anew.
 */
final class BinariesCache {

  /** Locks on files hold between processes only; this one holds between the threads of ours. */
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final Path cache;
  private final ServerAccount account;

  BinariesCache(Path cache, ServerAccount account) {
    this.cache = cache;
    this.account = account;
  }

  ServerBinaries resolve() {
    BundledArchive archive = BundledArchive.forThisMachine();
    Path home = cache.resolve(archive.cacheName());
    try {
      UnpackedManifest manifest = UnpackedManifest.read(home);
      if (!manifest.matches(home)) {
        manifest = unpackLocked(archive, home);
      }
      return reachable(new ServerBinaries(home, home.resolve("bin"), manifest.version()));
    } catch (IOException e) {
      throw Problem.of(
              "EMBEDDED_CACHE_FAILED",
              ProblemKind.EXTERNAL,
              "the server's programs cannot be unpacked into " + cache)
          .withDetail(e.getClass().getSimpleName() + ": " + e.getMessage())
          .withRemedy(
              "Free space and write permission are needed there (80 MB); or name another folder"
                  + " in the environment variable UNDERCROFT_CACHE.")
          .with("path", cache)
          .exception(e);
    }
  }

  private UnpackedManifest unpackLocked(BundledArchive archive, Path home) throws IOException {
    ONE_AT_A_TIME.lock();
    try {
      Files.createDirectories(cache);
      Path lockFile = cache.resolve(archive.cacheName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        UnpackedManifest done = UnpackedManifest.read(home);
        return lock.isValid() && done.matches(home) ? done : unpack(archive, home);
      }
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private UnpackedManifest unpack(BundledArchive archive, Path home) throws IOException {
    Path fresh = cache.resolve("." + archive.cacheName() + "-" + UUID.randomUUID());
    try {
      archive.unpackTo(fresh);
      UnpackedManifest manifest =
          UnpackedManifest.write(fresh, ServerBinaries.readVersion(fresh.resolve("bin")));
      if (Files.exists(home)) {
        Path damaged = cache.resolve(".damaged-" + UUID.randomUUID());
        Files.move(home, damaged, StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(damaged);
      }
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      Folders.delete(fresh);
    }
  }

  private ServerBinaries reachable(ServerBinaries binaries) {
    if (!account.canRead(binaries.program("postgres"))) {
      throw Problem.of(
              "EMBEDDED_CACHE_UNREACHABLE",
              ProblemKind.EXTERNAL,
              "the user " + account.name() + ", who runs the server, cannot read " + cache)
          .withRemedy(
              "Name a folder whose parents everyone may enter in UNDERCROFT_CACHE, for example"
                  + " /var/cache/undercroft.")
          .with("path", cache)
          .exception();
    }
    return binaries;
  }
}
