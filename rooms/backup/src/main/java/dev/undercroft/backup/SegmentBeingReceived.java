package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The log segment that a receiver is filling. One thread. */
final class SegmentBeingReceived {

  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final Duration PULSE = Duration.ofSeconds(1);
  private static final Duration MARK = Duration.ofSeconds(5);
  private static final int SLICE_BYTES = 4 * 1024 * 1024;

  private final WalReceiver receiver;
  private final WalArchive archive;
  private final WalSource.Stream stream;
  private WalSegment segment;
  private byte[] bytes;
  private int filled;
  private int stored;
  private Instant lastStored = Instant.now();
  private Instant lastPulse = Instant.EPOCH;
  private Instant lastMark = Instant.EPOCH;
  private WalArchive.@Nullable Mark expected;
  private WalArchive.@Nullable Mark unmarked;

  SegmentBeingReceived(
      WalReceiver receiver,
      WalArchive archive,
      WalSource.Stream stream,
      WalSegment segment,
      byte[] known) {
    this.receiver = receiver;
    this.archive = archive;
    this.stream = stream;
    this.segment = segment;
    this.bytes = Arrays.copyOf(known, segment.size());
    this.filled = known.length;
    this.stored = known.length;
    receiver.reached(segment.start().plus(stored));
  }

  void add(WalSource.Chunk chunk) throws IOException {
    Lsn next = segment.start().plus(filled);
    if (!chunk.at().equals(next)) {
      throw Problem.of(
              "BACKUP_WAL_GAP",
              ProblemKind.EXTERNAL,
              "the server sent the log from " + chunk.at() + " where " + next + " was expected")
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
    filled = 0;
    stored = 0;
  }

  /** Stores what has waited for a second; whether there was anything to do. */
  boolean flushIfDue() throws IOException {
    Instant now = Instant.now();
    boolean isDue = filled > stored && !now.isBefore(lastStored.plus(SLICE));
    if (isDue) {
      flush();
    }
    if (expected == null && !now.isBefore(lastPulse.plus(PULSE))) {
      expected = stream.pulse();
      lastPulse = now;
    }
    noteReached();
    return isDue;
  }

  private void flush() throws IOException {
    if (filled > stored) {
      archive.storeSlice(segment, stored, Arrays.copyOfRange(bytes, stored, filled));
      stored = filled;
      acknowledge(segment.start().plus(filled));
    }
  }

  private void acknowledge(Lsn until) throws IOException {
    stream.durable(until);
    receiver.reached(until);
    lastStored = Instant.now();
    noteReached();
  }

  /** A pulse counts when everything the server had then is durable. */
  private void noteReached() throws IOException {
    WalArchive.Mark pulse = expected;
    if (pulse != null && !segment.start().plus(stored).isBefore(pulse.position())) {
      receiver.reached(pulse);
      unmarked = pulse;
      expected = null;
    }
    if (!Instant.now().isBefore(lastMark.plus(MARK))) {
      mark();
    }
  }

  private void mark() throws IOException {
    if (unmarked != null) {
      archive.mark(unmarked);
      lastMark = Instant.now();
      unmarked = null;
    }
  }

  /** Stores what is left. */
  void end() throws IOException {
    flush();
    mark();
  }
}
