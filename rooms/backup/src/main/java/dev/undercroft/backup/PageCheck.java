package dev.undercroft.backup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at one 8 KiB page of a relation as PostgreSQL lays it out (documentation, "Database Page
 * Layout") and tells whether its checksum holds. One thread at a time.
 *
 * <p>The checksum is the server's: 32 interleaved FNV-1a-like sums over 32-bit words, folded by
 * exclusive or, mixed with the block number, reduced modulo 65535 and never zero ({@code
 * checksum_impl.h} in the server's source describes it). Little-endian servers only, which are all
 * that PostgreSQL is packaged for today.
 */
final class PageCheck {

  static final int PAGE = 8192;

  private static final int LANES = 32;
  private static final int ROW = LANES * Integer.BYTES;
  private static final int PRIME = 16777619;
  private static final int CHECKSUM_WORD = 2;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** The starting values of the 32 sums, given by the server's on-disk format. */
  private static final int[] START = {
    0x5B1F36E9, 0xB8525960, 0x02AB50AA, 0x1DE66D2A, 0x79FF467A, 0x9BB9F8A3, 0x217E7CD2, 0x83E13D2C,
    0xF8D4474F, 0xE39EB970, 0x42C6AE16, 0x993216FA, 0x7B093B5D, 0x98DAFF3C, 0xF718902A, 0x0B1C9CDB,
    0xE58F764B, 0x187636BC, 0x5D7B3BB1, 0xE73DE7DE, 0x92BEC979, 0xCCA6C0B2, 0x304A0979, 0x85AA43D4,
    0x783125BB, 0x6CA8EAA2, 0xE407EAC6, 0x4B5CFC3E, 0x9FBF8C76, 0x15CA20BE, 0xF2CA9FD3, 0x959BD756
  };

  private final int[] sums = new int[LANES];

  /** What a page is. */
  enum Verdict {
    /** Never initialised: all bytes are zero. */
    EMPTY,
    /** Its checksum holds. */
    SOUND,
    /** Its checksum does not hold: being written at this moment, or corrupt. */
    WRONG
  }

  /**
   * Judges a page.
   *
   * @param bytes holds the page
   * @param offset where the page begins in it
   * @param block the block number within the relation's fork, counted over all its segments
   */
  Verdict judge(byte[] bytes, int offset, long block) {
    int upper = (short) SHORT.get(bytes, offset + 14) & 0xffff;
    if (upper == 0) {
      return isZero(bytes, offset) ? Verdict.EMPTY : Verdict.WRONG;
    }
    int stored = (short) SHORT.get(bytes, offset + 8) & 0xffff;
    return stored == checksum(bytes, offset, block) ? Verdict.SOUND : Verdict.WRONG;
  }

  /** The position of the last logged change of a page, as its header says. */
  static Lsn lsn(byte[] bytes, int offset) {
    long high = (int) INT.get(bytes, offset) & 0xffffffffL;
    long low = (int) INT.get(bytes, offset + 4) & 0xffffffffL;
    return new Lsn(high << 32 | low);
  }

  static boolean isZero(byte[] bytes, int offset) {
    for (int i = 0; i < PAGE; i += Integer.BYTES) {
      if ((int) INT.get(bytes, offset + i) != 0) {
        return false;
      }
    }
    return true;
  }

  int checksum(byte[] bytes, int offset, long block) {
    System.arraycopy(START, 0, sums, 0, LANES);
    firstRow(sums, bytes, offset);
    for (int at = offset + ROW; at < offset + PAGE; at += ROW) {
      row(sums, bytes, at);
    }
    int result = 0;
    for (int lane = 0; lane < LANES; lane++) {
      result ^= mix(mix(sums[lane], 0), 0);
    }
    return Integer.remainderUnsigned(result ^ (int) block, 0xffff) + 1;
  }

  /** The stored checksum itself counts as zero. */
  private static void firstRow(int[] sums, byte[] bytes, int at) {
    for (int lane = 0; lane < LANES; lane++) {
      int word = (int) INT.get(bytes, at + lane * Integer.BYTES);
      sums[lane] = mix(sums[lane], lane == CHECKSUM_WORD ? word & 0xffff0000 : word);
    }
  }

  /** A method of its own without a branch: the compiler makes vector instructions of it. */
  private static void row(int[] sums, byte[] bytes, int at) {
    for (int lane = 0; lane < LANES; lane++) {
      sums[lane] = mix(sums[lane], (int) INT.get(bytes, at + lane * Integer.BYTES));
    }
  }

  private static int mix(int sum, int word) {
    int both = sum ^ word;
    return both * PRIME ^ both >>> 17;
  }
}
