package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in PostgreSQL's write-ahead log: a 64-bit byte count, printed as two hexadecimal
 * halves. Immutable.
 *
 * @param value the position, read as unsigned
 */
public record Lsn(long value) implements Comparable<Lsn> {

  private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

  /**
   * Reads the server's form, for example {@code 16/B374D848}.
   *
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_BAD_LSN}
   */
  public static Lsn parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw Problem.of("BACKUP_BAD_LSN", ProblemKind.INPUT, "'" + text + "' is not a log position")
          .withRemedy("Write it as the server prints it, for example 16/B374D848.")
          .exception();
    }
    long high = Long.parseLong(matcher.group(1), 16);
    return new Lsn(high << 32 | Long.parseLong(matcher.group(2), 16));
  }

  /** The position so many bytes later. */
  public Lsn plus(long bytes) {
    return new Lsn(value + bytes);
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** Whether this position comes before another. */
  public boolean isBefore(Lsn other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return String.format("%X/%X", value >>> 32, value & 0xffffffffL);
  }
}
