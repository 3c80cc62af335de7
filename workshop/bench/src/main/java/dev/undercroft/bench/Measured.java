package dev.undercroft.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What one process took.
 *
 * @param seconds from its start to its exit
 * @param cpu CPU seconds of the process alone; 0 where not known
 * @param kilobytes the most memory it had; 0 where not known
 * @param stored bytes it left on the disk
 */
record Measured(double seconds, double cpu, long kilobytes, long stored) {

  static Measured median(List<Measured> all) {
    List<Measured> sorted =
        all.stream().sorted(Comparator.comparingDouble(Measured::seconds)).toList();
    return sorted.get(sorted.size() / 2);
  }

  /** A row of a table: what, seconds, stored, CPU, memory, ratio to another. */
  String row(String what, Measured other) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %d MB | %s | %s |",
        what,
        seconds,
        seconds / other.seconds,
        stored >> 20,
        cpu == 0 ? "" : String.format(Locale.ROOT, "%.1f s", cpu),
        kilobytes == 0 ? "" : (kilobytes >> 10) + " MB");
  }
}
