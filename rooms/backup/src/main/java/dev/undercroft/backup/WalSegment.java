package dev.undercroft.backup;

import java.util.regex.Pattern;

/**
 * One file of the write-ahead log. Immutable.
 *
 * @param timeline its timeline, from 1
 * @param number its number: position divided by segment size
 * @param size size of a segment in bytes, a power of two from 1 MiB to 1 GiB
 */
public record WalSegment(int timeline, long number, int size) implements Comparable<WalSegment> {

  /** The 24 digits of a segment's file name. */
  public static final Pattern NAME = Pattern.compile("[0-9A-F]{24}");

  /** The segment that holds a position. */
  public static WalSegment at(int timeline, Lsn position, int size) {
    return new WalSegment(timeline, Long.divideUnsigned(position.value(), size), size);
  }

  /** The segment of a file name. */
  public static WalSegment named(String name, int size) {
    long high = Long.parseLong(name.substring(8, 16), 16);
    long low = Long.parseLong(name.substring(16, 24), 16);
    return new WalSegment(
        Integer.parseUnsignedInt(name.substring(0, 8), 16), high * perHigh(size) + low, size);
  }

  /** The server's file name: timeline, high and low part, eight hexadecimal digits each. */
  public String name() {
    long perHigh = perHigh(size);
    return String.format("%08X%08X%08X", timeline, number / perHigh, number % perHigh);
  }

  /** Where it begins. */
  public Lsn start() {
    return new Lsn(number * size);
  }

  /** Where the next one begins. */
  public Lsn end() {
    return new Lsn((number + 1) * size);
  }

  /** The one behind it on the same timeline. */
  public WalSegment next() {
    return new WalSegment(timeline, number + 1, size);
  }

  private static long perHigh(int size) {
    return 0x1_0000_0000L / size;
  }

  @Override
  public int compareTo(WalSegment other) {
    return timeline == other.timeline
        ? Long.compareUnsigned(number, other.number)
        : Integer.compare(timeline, other.timeline);
  }
}
