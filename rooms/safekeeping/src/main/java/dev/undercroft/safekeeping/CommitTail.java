package dev.undercroft.safekeeping;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a commit record says behind its time, as far as it tells which relations the transaction
 * dropped: it names their statistics, which go with them ({@code xl_xact_commit} and {@code
 * xl_xact_stats_items} in the server's {@code xact.h}; from 18 on an object has 64 bits). A record
 * that is longer than what was kept of it tells nothing. One thread at a time.
 */
final class CommitTail {

  private static final int HAS_DATABASE = 1;
  private static final int HAS_SUBTRANSACTIONS = 1 << 1;
  private static final int HAS_FILES = 1 << 2;
  private static final int HAS_DROPPED_STATISTICS = 1 << 8;
  private static final int FILE_BYTES = 12;
  private static final int RELATION = 2;
  private static final int WIDE_SINCE = 18;

  private final ByteBuffer record;
  private final int majorVersion;
  private int at;

  /** The rest of a record, from a place in it. */
  CommitTail(ByteBuffer record, int from, int majorVersion) {
    this.record = record;
    this.at = from;
    this.majorVersion = majorVersion;
  }

  List<LogPoint.Dropped> dropped() {
    int has = number();
    if ((has & HAS_DATABASE) != 0) {
      at += 2 * Integer.BYTES;
    }
    if ((has & HAS_SUBTRANSACTIONS) != 0) {
      skip(Integer.BYTES);
    }
    if ((has & HAS_FILES) != 0) {
      skip(FILE_BYTES);
    }
    return (has & HAS_DROPPED_STATISTICS) == 0 ? List.of() : statistics();
  }

  private List<LogPoint.Dropped> statistics() {
    int item = majorVersion < WIDE_SINCE ? 3 * Integer.BYTES : 4 * Integer.BYTES;
    int count = number();
    List<LogPoint.Dropped> dropped = new ArrayList<>();
    for (int i = 0; i < count && at + item <= record.limit(); i++) {
      if (record.getInt(at) == RELATION) {
        dropped.add(
            new LogPoint.Dropped(
                Integer.toUnsignedLong(record.getInt(at + Integer.BYTES)),
                Integer.toUnsignedLong(record.getInt(at + 2 * Integer.BYTES))));
      }
      at += item;
    }
    return dropped;
  }

  private void skip(int bytes) {
    long count = Integer.toUnsignedLong(number());
    at = (int) Math.min(at + count * bytes, record.limit());
  }

  /** The next number; 0 behind the end. */
  private int number() {
    boolean isThere = at + Integer.BYTES <= record.limit();
    int number = isThere ? record.getInt(at) : 0;
    at += Integer.BYTES;
    return number;
  }
}
