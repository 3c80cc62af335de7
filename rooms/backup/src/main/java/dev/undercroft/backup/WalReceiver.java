package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the write-ahead log and stores it about once a second. The server is told that a byte is
 * safe only when it is durable in the repository; until then its replication slot keeps the byte.
 * After a lost connection it goes on where the repository ends; after a promotion it goes on with
 * the new timeline and completes the old one. Thread-safe.
 */
public final class WalReceiver implements Service {

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  private final WalSource source;
  private final Repository repository;
  private final Consumer<Problem> troubles;
  private volatile boolean stopping;
  private volatile @Nullable Lsn durable;
  private volatile WalArchive.@Nullable Mark mark;
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
    WalSource.Keeping kept = source.keep();
    System.getLogger("undercroft.backup")
        .log(System.Logger.Level.DEBUG, "the server keeps its log from {0}", kept.from());
    thread = Thread.ofPlatform().name("wal-receiver").start(this::run);
  }

  /** Up to where the log is durable in the repository, if anything was stored in this life. */
  public Optional<Lsn> durable() {
    return Optional.ofNullable(durable);
  }

  /** Up to when everything committed is durable in the repository, if known in this life. */
  public Optional<WalArchive.Mark> mark() {
    return Optional.ofNullable(mark);
  }

  void reached(Lsn until) {
    durable = until;
  }

  void reached(WalArchive.Mark until) {
    mark = until;
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
    WalArchive archive =
        new WalArchive(repository, position.systemIdentifier(), position.segmentSize());
    Optional<byte[]> history = source.history(position.timeline());
    if (history.isPresent()) {
      archive.storeHistory(position.timeline(), history.get());
      complete(archive, position, TimelineHistory.parse(position.timeline(), history.get()));
    }
    Lsn resumed = resumeAt(archive, position);
    WalSegment first = WalSegment.at(position.timeline(), resumed, position.segmentSize());
    // What is stored of the segment stays as it is: a slice is never replaced by a shorter one.
    byte[] stored = archive.segment(first).orElse(new byte[0]);
    try (WalSource.Stream stream = source.open(first.start().plus(stored.length))) {
      SegmentBeingReceived receiving =
          new SegmentBeingReceived(this, archive, stream, first, stored);
      while (!stopping) {
        WalSource.Chunk chunk = stream.poll();
        if (chunk != null) {
          receiving.add(chunk);
        } else if (!receiving.flushIfDue()) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      receiving.end();
    }
  }

  /**
   * Stores what is missing at the end of the timeline before this one, as far as the server has it.
   * The segment in which the timelines part is needed on the new one alone.
   */
  private void complete(WalArchive archive, WalSource.Position position, TimelineHistory history)
      throws IOException {
    Optional<TimelineHistory.Ancestor> parent = history.parent();
    if (parent.isEmpty()) {
      return;
    }
    int timeline = parent.get().timeline();
    var stretches = archive.stretches(timeline);
    if (stretches.isEmpty()) {
      return;
    }
    Lsn parting = parent.get().end();
    WalSegment last = WalSegment.at(timeline, parting, position.segmentSize());
    for (WalSegment missing =
            WalSegment.at(timeline, stretches.getLast().end(), position.segmentSize());
        missing.compareTo(last) < 0;
        missing = missing.next()) {
      Optional<byte[]> bytes = source.segment(missing);
      if (bytes.isEmpty()) {
        throw lost(stretches.getLast().end(), parting);
      }
      archive.storeSegment(missing, bytes.get());
    }
  }

  private static ProblemException lost(Lsn from, Lsn until) {
    return Problem.of(
            "BACKUP_WAL_LOST",
            ProblemKind.EXTERNAL,
            "the server no longer has its log from " + from + " to " + until)
        .withRemedy("Take a backup now: points in time before it cannot be reached past the gap.")
        .exception();
  }

  /**
   * Where the stored log of this timeline ends, else where it begins; not before what the server
   * still has.
   */
  private Lsn resumeAt(WalArchive archive, WalSource.Position position) throws IOException {
    var stretches = archive.stretches(position.timeline());
    Lsn wanted;
    if (!stretches.isEmpty()) {
      wanted = stretches.getLast().end();
    } else {
      wanted =
          archive
              .historyOf(position.timeline())
              .flatMap(bytes -> TimelineHistory.parse(position.timeline(), bytes).parent())
              .map(TimelineHistory.Ancestor::end)
              .orElse(position.flushed());
    }
    Lsn kept =
        WalSegment.at(position.timeline(), source.keep().from(), position.segmentSize()).start();
    if (wanted.isBefore(kept)) {
      if (!stretches.isEmpty()) {
        troubles.accept(lost(wanted, kept).first());
      }
      return kept;
    }
    return wanted;
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
      boolean ended = running.join(Duration.ofSeconds(10));
      if (!ended) {
        System.getLogger("undercroft.backup")
            .log(System.Logger.Level.WARNING, "the receiver of the log did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
