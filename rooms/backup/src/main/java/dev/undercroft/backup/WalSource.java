package dev.undercroft.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server whose write-ahead log can be received as it is written. Thread-safe. */
public interface WalSource {

  /** Where the server's log is now. */
  Position current();

  /** The history file of a timeline, if the server has one; the first timeline has none. */
  Optional<byte[]> history(int timeline);

  /**
   * Makes the server keep its log until it is acknowledged, from now on. Does nothing twice; what
   * the server has lost meanwhile is given up and keeping begins anew.
   *
   * @return how it was before, and from where on the server has its log now
   */
  Keeping keep();

  /** Lets the server throw its log away again. Does nothing while somebody receives. */
  void release();

  /** A whole segment of the log, if the server still has it. */
  Optional<byte[]> segment(WalSegment segment);

  /**
   * What keeps the log.
   *
   * @param before how it was found
   * @param from the server has its log from here on
   */
  record Keeping(Before before, Lsn from) {

    /** How it was found. */
    public enum Before {
      /** Nothing kept the log. */
      NOTHING,
      /** It was kept, and nobody receives it. */
      KEPT,
      /** Somebody receives it at this moment. */
      RECEIVED
    }
  }

  /** Begins to receive. */
  Stream open(Lsn from);

  /**
   * Where a server is.
   *
   * @param timeline its timeline
   * @param systemIdentifier its cluster
   * @param segmentSize size of a log segment in bytes
   * @param flushed up to where its log is durable on the server
   */
  record Position(int timeline, String systemIdentifier, int segmentSize, Lsn flushed) {}

  /** A connection that receives. One thread at a time. */
  interface Stream extends AutoCloseable {

    /** What has arrived; null when nothing has. Does not wait. */
    @Nullable Chunk poll();

    /** Where the server's log is now, and its time. */
    WalArchive.Mark pulse();

    /** Tells the server that everything before a position is durable here. */
    void durable(Lsn until);

    @Override
    void close();
  }

  /**
   * Bytes of the log as they arrived.
   *
   * @param at where the first byte belongs
   * @param bytes the bytes, not to be changed
   */
  // The bytes go straight to the segment buffer; a record names the pair, nobody compares it.
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(Lsn at, byte[] bytes) {}
}
