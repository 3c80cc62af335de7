package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the write-ahead log and stores it about once a second. The server is told that a byte is
 * safe only when it is durable in the repository; until then its replication slot keeps the byte.
 * After a lost connection it goes on where the repository ends. Thread-safe.
 */
public final class WalReceiver implements Service {

  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final int SLICE_BYTES = 4 * 1024 * 1024;
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  private final WalSource source;
  private final Repository repository;
  private final Consumer<Problem> troubles;
  private volatile boolean stopping;
  private volatile @Nullable Lsn durable;
  private volatile @Nullable Instant durableAt;
  private @Nullable Thread thread;

  /**
   * A receiver.
   *
   * @param troubles hears of every lost connection and refused write; the receiver goes on by
   *     itself
   */
  public WalReceiver(WalSource source, Repository repository, Consumer<Problem> troubles) {
    this.source = source;
    this.repository = repository;
    this.troubles = troubles;
  }

  /** Returns when the server keeps its log for this receiver; everything from then on is stored. */
  @Override
  public synchronized void start() {
    if (thread != null || stopping) {
      return;
    }
    source.keep();
    thread = Thread.ofPlatform().name("wal-receiver").start(this::run);
  }

  /** Up to where the log is durable in the repository, if anything was stored in this life. */
  public Optional<Lsn> durable() {
    return Optional.ofNullable(durable);
  }

  /** When the log was last found to be durable up to what the server had sent. */
  public Optional<Instant> durableAt() {
    return Optional.ofNullable(durableAt);
  }

  private void run() {
    Duration wait = FIRST_RETRY;
    while (!stopping) {
      try {
        receive();
        wait = FIRST_RETRY;
      } catch (ProblemException e) {
        troubles.accept(e.first());
      } catch (IOException e) {
        troubles.accept(
            Problem.of(
                    "BACKUP_WAL_NOT_STORED",
                    ProblemKind.EXTERNAL,
                    "the log could not be stored: " + e.getMessage())
                .withRemedy(
                    "Check the repository's place; the server keeps its log until it is stored."));
      }
      if (!stopping) {
        LockSupport.parkNanos(wait.toNanos());
        wait = wait.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait.multipliedBy(2);
      }
    }
  }

  private void receive() throws IOException {
    WalSource.Position position = source.current();
    WalArchive archive = new WalArchive(repository, position.segmentSize());
    Optional<byte[]> history = source.history(position.timeline());
    if (history.isPresent()) {
      archive.storeHistory(position.timeline(), history.get());
    }
    Lsn resumed = resumeAt(archive, position);
    WalSegment first = WalSegment.at(position.timeline(), resumed, position.segmentSize());
    // What is stored of the segment stays as it is: a slice is never replaced by a shorter one.
    byte[] stored = archive.segment(first).orElse(new byte[0]);
    try (WalSource.Stream stream = source.open(first.start().plus(stored.length))) {
      Receiving receiving = new Receiving(archive, stream, first, stored);
      while (!stopping) {
        WalSource.Chunk chunk = stream.poll();
        if (chunk != null) {
          receiving.add(chunk);
        } else if (!receiving.flushIfDue()) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      receiving.flush();
    }
  }

  /** Where the stored log of this timeline ends, else where the server is now. */
  private static Lsn resumeAt(WalArchive archive, WalSource.Position position) throws IOException {
    var stretches = archive.stretches(position.timeline());
    if (!stretches.isEmpty()) {
      return stretches.getLast().end();
    }
    Optional<byte[]> history = archive.history(String.format("%08X.history", position.timeline()));
    return history.flatMap(WalReceiver::switchPoint).orElse(position.flushed());
  }

  /** The last line of a history file says where its timeline begins. */
  static Optional<Lsn> switchPoint(byte[] history) {
    return new String(history, java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches("\\s*\\d+\\s+[0-9A-F]+/[0-9A-F]+.*"))
        .reduce((earlier, later) -> later)
        .map(line -> Lsn.parse(line.strip().split("\\s+", 3)[1]));
  }

  @Override
  public void close() {
    stopping = true;
    Thread running;
    synchronized (this) {
      running = thread;
      thread = null;
    }
    if (running == null) {
      return;
    }
    LockSupport.unpark(running);
    try {
      running.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The segment that is being received. One thread. */
  private final class Receiving {
    private final WalArchive archive;
    private final WalSource.Stream stream;
    private WalSegment segment;
    private byte[] bytes;
    private int filled;
    private int stored;
    private Instant lastStored = Instant.now();

    Receiving(WalArchive archive, WalSource.Stream stream, WalSegment segment, byte[] known) {
      this.archive = archive;
      this.stream = stream;
      this.segment = segment;
      this.bytes = Arrays.copyOf(known, segment.size());
      this.filled = known.length;
      this.stored = known.length;
    }

    void add(WalSource.Chunk chunk) throws IOException {
      Lsn expected = segment.start().plus(filled);
      if (!chunk.at().equals(expected)) {
        throw Problem.of(
                "BACKUP_WAL_GAP",
                ProblemKind.EXTERNAL,
                "the server sent the log from "
                    + chunk.at()
                    + " where "
                    + expected
                    + " was expected")
            .withRemedy(
                "The receiver connects again by itself; if this repeats, check the replication slot.")
            .exception();
      }
      int from = 0;
      while (from < chunk.bytes().length) {
        int count = Math.min(chunk.bytes().length - from, segment.size() - filled);
        System.arraycopy(chunk.bytes(), from, bytes, filled, count);
        filled += count;
        from += count;
        if (filled == segment.size()) {
          finish();
        }
      }
      if (filled - stored >= SLICE_BYTES) {
        flush();
      }
    }

    private void finish() throws IOException {
      archive.storeSegment(segment, bytes);
      acknowledge(segment.end());
      segment = segment.next();
      bytes = new byte[segment.size()];
      filled = 0;
      stored = 0;
    }

    boolean flushIfDue() throws IOException {
      if (filled == stored) {
        durableAt = Instant.now();
        return false;
      }
      if (Instant.now().isBefore(lastStored.plus(SLICE))) {
        return false;
      }
      flush();
      return true;
    }

    void flush() throws IOException {
      if (filled > stored) {
        archive.storeSlice(segment, stored, Arrays.copyOfRange(bytes, stored, filled));
        stored = filled;
        acknowledge(segment.start().plus(filled));
      }
    }

    private void acknowledge(Lsn until) {
      stream.durable(until);
      durable = until;
      lastStored = Instant.now();
      durableAt = lastStored;
    }
  }
}
