package dev.undercroft.safekeeping;

import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.WalSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the records of the write-ahead log, segment after segment, and reports those at which
 * recovery can stop. Knows just the frame of a record (PostgreSQL documentation, "WAL Internals",
 * and the layout in {@code xlogrecord.h}, the same from 15 to 18) and what commits dropped. One
 * thread at a time.
 */
final class LogReader {

  private static final int PAGE = 8192;
  private static final int PAGE_HEADER = 24;
  private static final int FIRST_PAGE_HEADER = 40;
  private static final int RECORD_HEADER = 24;
  private static final int KEPT = 64 * 1024;
  private static final int NAME_BYTES = 64;

  private static final int LOG_RECORDS = 0;
  private static final int TRANSACTION_RECORDS = 1;
  private static final int SWITCH = 0x40;
  private static final int RESTORE_POINT = 0x70;
  private static final int COMMIT = 0x00;
  private static final int COMMIT_PREPARED = 0x30;

  /** A commit says with these bits what follows its time ({@code xact.h}). */
  private static final int HAS_INFO = 0x80;

  private static final int DATA_SHORT = 255;
  private static final int DATA_LONG = 254;
  private static final int ORIGIN = 253;
  private static final int TOP_TRANSACTION = 252;

  /** The server counts microseconds from here. */
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final int majorVersion;
  private final Predicate<LogPoint> goOn;
  private final ByteBuffer head = ByteBuffer.allocate(KEPT).order(ByteOrder.LITTLE_ENDIAN);
  private long next;
  private long start;
  private long left;
  private long last;
  private boolean ended;

  /**
   * A reader.
   *
   * @param first where a record begins
   * @param majorVersion the server's
   * @param goOn hears of each point, and says whether to read on
   */
  LogReader(Lsn first, int majorVersion, Predicate<LogPoint> goOn) {
    this.majorVersion = majorVersion;
    this.next = first.value();
    this.goOn = goOn;
  }

  /** Where the first record begins that was not read whole. */
  Lsn reached() {
    return new Lsn(left > 0 ? start : next);
  }

  /**
   * Reads a segment.
   *
   * @param segment which one; each must follow the one before
   * @param bytes its bytes from the beginning, fewer than the segment has at the end of the log
   * @return whether more can follow
   */
  boolean read(WalSegment segment, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long base = segment.start().value();
    int at = left > 0 ? 0 : (int) Math.max(0, next - base);
    while (!ended && at < bytes.length) {
      if (at % PAGE == 0) {
        at = afterHeader(in, base, at);
      } else {
        int pageEnd = Math.min((at / PAGE + 1) * PAGE, bytes.length);
        at = record(in, segment, at, pageEnd);
      }
    }
    return !ended && bytes.length == segment.size();
  }

  private int afterHeader(ByteBuffer in, long base, int at) {
    int size = at == 0 ? FIRST_PAGE_HEADER : PAGE_HEADER;
    boolean whole = in.limit() >= at + size && in.getLong(at + 8) == base + at;
    boolean continues = whole && in.getInt(at + 16) == left;
    ended = !whole || (left > 0 && !continues);
    return at + size;
  }

  private int record(ByteBuffer in, WalSegment segment, int from, int pageEnd) {
    if (left == 0 && !begin(in, segment.start().value() + from, from, pageEnd)) {
      ended = true;
      return from;
    }
    int count = (int) Math.min(left, pageEnd - from);
    head.put(in.slice(from, Math.min(count, head.remaining())));
    left -= count;
    int at = from + count;
    if (left > 0) {
      return at;
    }
    boolean switched = finish();
    last = start;
    at = switched ? segment.size() : (at + 7) & ~7;
    next = segment.start().value() + at;
    return at;
  }

  /** A record's length never breaks over a page; zeros are the end of the log. */
  private boolean begin(ByteBuffer in, long position, int at, int pageEnd) {
    if (at + Integer.BYTES > pageEnd) {
      return false;
    }
    long total = Integer.toUnsignedLong(in.getInt(at));
    start = position;
    left = total;
    head.clear();
    if (total < RECORD_HEADER) {
      left = 0;
      next = position;
      return false;
    }
    return true;
  }

  /** Reports the record; whether it is the one after which the rest of the segment is empty. */
  private boolean finish() {
    head.flip();
    long before = head.getLong(8);
    if (last != 0 && before != last) {
      ended = true;
      return false;
    }
    int info = head.get(16) & 0xf0;
    int kind = head.get(17) & 0xff;
    if (kind == LOG_RECORDS && info == SWITCH) {
      return true;
    }
    int data = mainData();
    if (kind == LOG_RECORDS && info == RESTORE_POINT && data + 8 + NAME_BYTES <= head.limit()) {
      report(
          new LogPoint(
              LogPoint.Kind.RESTORE_POINT, new Lsn(start), time(data), 0, name(data), List.of()));
    }
    int operation = info & 0x70;
    boolean commit = operation == COMMIT || operation == COMMIT_PREPARED;
    if (kind == TRANSACTION_RECORDS && commit && data + 8 <= head.limit()) {
      long transaction = Integer.toUnsignedLong(head.getInt(4));
      report(
          new LogPoint(
              LogPoint.Kind.COMMIT,
              new Lsn(start),
              time(data),
              transaction,
              "",
              (info & HAS_INFO) == 0
                  ? List.of()
                  : new CommitTail(head, data + Long.BYTES, majorVersion).dropped()));
    }
    return false;
  }

  private void report(LogPoint point) {
    ended |= !goOn.test(point);
  }

  /** Where the data of a record without blocks begins; behind the limit when it has blocks. */
  private int mainData() {
    int at = RECORD_HEADER;
    while (at + 1 < head.limit()) {
      int id = head.get(at) & 0xff;
      switch (id) {
        case DATA_SHORT -> {
          return at + 2;
        }
        case DATA_LONG -> {
          return at + 1 + Integer.BYTES;
        }
        case ORIGIN -> at += 1 + Short.BYTES;
        case TOP_TRANSACTION -> at += 1 + Integer.BYTES;
        default -> {
          return KEPT;
        }
      }
    }
    return KEPT;
  }

  private Instant time(int at) {
    return EPOCH.plus(head.getLong(at), ChronoUnit.MICROS);
  }

  private String name(int data) {
    int from = data + Long.BYTES;
    int end = from;
    while (end < from + NAME_BYTES && head.get(end) != 0) {
      end++;
    }
    return new String(head.array(), from, end - from, StandardCharsets.UTF_8);
  }
}
