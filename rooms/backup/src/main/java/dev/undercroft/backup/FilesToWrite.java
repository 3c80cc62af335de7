package dev.undercroft.backup;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the files of a manifest in parts, so that one huge table keeps all workers busy.
 * Thread-safe.
 */
final class FilesToWrite {

  /** About as much as one part holds, in bytes. */
  private static final long PART = 32L * 1024 * 1024;

  private final Manifest manifest;
  private @Nullable Opened current;
  private int next;

  /** A file and how many parts of it are still to be written. */
  private record Opened(FileEntry entry, AtomicInteger missing) {}

  /**
   * Some runs of a file.
   *
   * @param entry the file
   * @param first index of the first run
   * @param until index behind the last run
   * @param missing how many parts of the file are not written yet, this one included
   */
  record Part(FileEntry entry, int first, int until, AtomicInteger missing) {

    /** Whether the file has just this part. */
    boolean isWhole() {
      return first == 0 && until == entry.runs().size();
    }

    /** Notes that this part is written; whether the file is whole now. */
    boolean done() {
      return missing.decrementAndGet() == 0;
    }

    /** How many bytes the part has. */
    long bytes() {
      long end = until == entry.runs().size() ? entry.size() : start(entry, until);
      return end - (first == 0 ? 0 : start(entry, first));
    }

    private static long start(FileEntry entry, int run) {
      return entry.runs().get(run).unit() * Run.UNIT;
    }
  }

  FilesToWrite(Manifest manifest) {
    this.manifest = manifest;
  }

  /** The next part; empty when nothing is left. */
  synchronized Optional<Part> take() throws IOException {
    Opened file = current;
    if (file == null) {
      if (!manifest.hasNext()) {
        return Optional.empty();
      }
      file = new Opened(manifest.next(), new AtomicInteger());
      next = 0;
      file.missing().set(parts(file.entry()));
    }
    int until = end(file.entry(), next);
    Part part = new Part(file.entry(), next, until, file.missing());
    next = until;
    current = until == file.entry().runs().size() ? null : file;
    return Optional.of(part);
  }

  private static int parts(FileEntry entry) {
    int parts = 0;
    int at = 0;
    do {
      at = end(entry, at);
      parts++;
    } while (at < entry.runs().size());
    return parts;
  }

  private static int end(FileEntry entry, int first) {
    int at = first;
    while (at < entry.runs().size()
        && (entry.runs().get(at).unit() - entry.runs().get(first).unit()) * Run.UNIT < PART) {
      at++;
    }
    return at;
  }
}
