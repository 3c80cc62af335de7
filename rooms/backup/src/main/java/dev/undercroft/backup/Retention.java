package dev.undercroft.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which backups are kept, and why. Pure: the same backups, rules and time always give the same
 * plan.
 *
 * <p>Whatever the rules say, two are never removed: the newest that can be restored, and the newest
 * that was proven (verified or drilled).
 *
 * @param days backups younger than so many days are kept; 0 for none
 * @param count so many of the newest are kept; 0 for none
 * @param daily for so many of the last days that have a backup, the newest of the day
 * @param weekly likewise for ISO weeks
 * @param monthly likewise for months
 * @param yearly likewise for years
 */
public record Retention(int days, int count, int daily, int weekly, int monthly, int yearly) {

  /** Keeps everything of so many days. */
  public static Retention ofDays(int days) {
    return new Retention(days, 0, 0, 0, 0, 0);
  }

  /**
   * One backup and what happens to it.
   *
   * @param backup the backup
   * @param reasons why it is kept; empty when it goes
   */
  public record Verdict(BackupSummary backup, List<String> reasons) {
    /** Copies the reasons. */
    public Verdict {
      reasons = List.copyOf(reasons);
    }

    /** Whether it stays. */
    public boolean kept() {
      return !reasons.isEmpty();
    }
  }

  /**
   * Decides.
   *
   * @param backups all of one repository, in any order
   * @param pinned ids that somebody wants kept
   * @param now the time
   * @return a verdict for each, the newest first
   */
  public List<Verdict> plan(List<BackupSummary> backups, Set<String> pinned, Instant now) {
    List<BackupSummary> newestFirst =
        backups.stream()
            .sorted(
                Comparator.comparing(BackupSummary::stoppedAt)
                    .reversed()
                    .thenComparing(BackupSummary::id))
            .toList();
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    newestFirst.forEach(backup -> reasons.put(backup.id(), new ArrayList<>()));
    for (int i = 0; i < newestFirst.size(); i++) {
      BackupSummary backup = newestFirst.get(i);
      List<String> why = java.util.Objects.requireNonNull(reasons.get(backup.id()));
      note(why, pinned.contains(backup.id()), "pinned");
      note(
          why,
          backup.stoppedAt().isAfter(now.minus(Duration.ofDays(days))),
          "younger than " + days + " days");
      note(why, i < count, "among the newest " + count);
    }
    keepOneEach(
        newestFirst, reasons, daily, "newest of its day", at -> at.toLocalDate().toString());
    keepOneEach(newestFirst, reasons, weekly, "newest of its week", Retention::week);
    keepOneEach(
        newestFirst,
        reasons,
        monthly,
        "newest of its month",
        at -> at.getYear() + "-" + at.getMonthValue());
    keepOneEach(
        newestFirst, reasons, yearly, "newest of its year", at -> String.valueOf(at.getYear()));
    keepFirst(newestFirst, reasons, BackupState.COMPLETE, "the newest that can be restored");
    keepFirst(newestFirst, reasons, BackupState.VERIFIED, "the newest that was proven");
    return newestFirst.stream()
        .map(backup -> new Verdict(backup, reasons.getOrDefault(backup.id(), List.of())))
        .toList();
  }

  private static void note(List<String> reasons, boolean holds, String reason) {
    if (holds) {
      reasons.add(reason);
    }
  }

  private static String week(ZonedDateTime at) {
    return at.get(IsoFields.WEEK_BASED_YEAR) + "-" + at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  private static void keepOneEach(
      List<BackupSummary> newestFirst,
      Map<String, List<String>> reasons,
      int periods,
      String reason,
      Function<ZonedDateTime, String> period) {
    Set<String> seen = new HashSet<>();
    for (BackupSummary backup : newestFirst) {
      String name = period.apply(backup.stoppedAt().atZone(ZoneOffset.UTC));
      boolean usable = backup.state().compareTo(BackupState.COMPLETE) >= 0;
      if (usable && seen.size() < periods && seen.add(name)) {
        java.util.Objects.requireNonNull(reasons.get(backup.id())).add(reason);
      }
    }
  }

  private static void keepFirst(
      List<BackupSummary> newestFirst,
      Map<String, List<String>> reasons,
      BackupState least,
      String reason) {
    newestFirst.stream()
        .filter(backup -> backup.state().compareTo(least) >= 0)
        .findFirst()
        .ifPresent(
            backup -> java.util.Objects.requireNonNull(reasons.get(backup.id())).add(reason));
  }
}
