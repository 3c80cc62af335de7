package dev.undercroft.base;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes. Written with binary units, as PostgreSQL does: {@code 8kB} is 8192 bytes.
 * Immutable.
 *
 * @param bytes the number, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([kKmMgGtT]?)(i?[bB])?");
  private static final String UNITS = "kMGT";

  /** Refuses a negative number. */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  /**
   * Reads {@code 123}, {@code 64MB}, {@code 8 kB}, {@code 2GiB}; case does not matter.
   *
   * @throws ProblemException if the text is not a size or does not fit into 63 bits
   */
  public static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw notASize(text);
    }
    int power = unitIndex(matcher.group(2)) + 1;
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
    } catch (ArithmeticException tooLarge) {
      throw notASize(text);
    }
  }

  private static int unitIndex(String unit) {
    return unit.isEmpty()
        ? -1
        : UNITS.toLowerCase(Locale.ROOT).indexOf(unit.toLowerCase(Locale.ROOT));
  }

  private static ProblemException notASize(String text) {
    return Problem.of("BASE_NOT_A_SIZE", ProblemKind.INPUT, "'" + text + "' is not a size")
        .withRemedy("Write a whole number with an optional unit, for example 64MB or 2GB.")
        .exception();
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** For people: at most one decimal, for example {@code 1.5 MB}. */
  @Override
  public String toString() {
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length() - 1) {
      value /= 1024;
      unit++;
    }
    if (unit < 0) {
      return bytes + " B";
    }
    String number = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    return number + " " + UNITS.charAt(unit) + "B";
  }
}
