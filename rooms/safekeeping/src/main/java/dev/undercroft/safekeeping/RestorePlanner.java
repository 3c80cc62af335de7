package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.WalArchive;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Decides how a wish is fulfilled, by reading the stored log before anything is written. Looks at
 * the repository only. Thread-safe.
 */
public final class RestorePlanner {

  private final Repository repository;
  private final BackupCatalog catalog;

  /** A planner for one repository. */
  public RestorePlanner(Repository repository) {
    this.repository = repository;
    this.catalog = new BackupCatalog(repository);
  }

  /**
   * Decides. Whatever cannot be read of the repository's backups is told beside the answer, or
   * behind the problem for which there is none.
   *
   * @throws ProblemException {@code BACKUP_NONE} when there is no backup that can be restored,
   *     {@code BACKUP_NOT_RESTORABLE} when the named one lacks log, {@code
   *     BACKUP_TARGET_UNREACHABLE} with what is reachable
   */
  public RestorePlan plan(RestoreWish wish) throws IOException {
    if (wish.backup().isPresent()) {
      BackupSummary named = catalog.require(wish.backup().get());
      return plan(named, wish, true).orElseThrow();
    }
    BackupCatalog.Contents contents = catalog.contents();
    try {
      RestorePlan plan = chosen(contents.backups(), wish);
      return new RestorePlan(
          plan.backup(), plan.lineage(), plan.stop(), plan.reaches(), contents.problems());
    } catch (ProblemException none) {
      List<Problem> all = new ArrayList<>(none.problems());
      all.addAll(contents.problems());
      throw new ProblemException(all);
    }
  }

  private RestorePlan chosen(List<BackupSummary> backups, RestoreWish wish) throws IOException {
    List<BackupSummary> fitting =
        backups.stream()
            .filter(BackupSummary::isRestorable)
            .filter(backup -> ends(backup, wish.target()))
            .toList();
    if (fitting.isEmpty()) {
      throw none(wish.target());
    }
    for (BackupSummary backup : fitting) {
      boolean isLast = backup.equals(fitting.getLast()) || !isSearched(wish.target());
      Optional<RestorePlan> plan = plan(backup, wish, isLast);
      if (plan.isPresent()) {
        return plan.get();
      }
    }
    throw none(wish.target());
  }

  /** A name or a transaction may have been before a backup; its time tells where to look. */
  private static boolean isSearched(RecoveryTarget target) {
    return target instanceof RecoveryTarget.AtName
        || target instanceof RecoveryTarget.BeforeDrop
        || target instanceof RecoveryTarget.AtTransaction;
  }

  private static boolean ends(BackupSummary backup, RecoveryTarget target) {
    return switch (target) {
      case RecoveryTarget.AtTime(var time) -> !time.isBefore(backup.stoppedAt());
      case RecoveryTarget.AtLsn(var lsn) -> !lsn.isBefore(backup.stoppedPosition());
      default -> true;
    };
  }

  private ProblemException none(RecoveryTarget target) throws IOException {
    List<ReachableWindow> windows = windows();
    if (windows.isEmpty()) {
      return Problem.of(
              "BACKUP_NONE",
              ProblemKind.NOT_FOUND,
              "the repository has no backup that can be restored")
          .withRemedy("Take one with `undercroft backup create`.")
          .exception();
    }
    return unreachable(Targets.text(target) + " lies before the end of every backup");
  }

  private Optional<RestorePlan> plan(BackupSummary summary, RestoreWish wish, boolean isLast)
      throws IOException {
    BackupHeader backup = catalog.header(summary.id());
    Lineage lineage =
        Lineage.of(WalArchive.of(repository, backup.start()), backup, wish.timeline());
    Lsn until = lineage.reaches(backup.start().position());
    if (until.isBefore(backup.stop().position())) {
      throw notRestorable(backup, until);
    }
    if (!ends(summary, wish.target())) {
      throw unreachable(
          Targets.text(wish.target())
              + " lies before the end of backup "
              + backup.id()
              + " at "
              + backup.stop().at());
    }
    LogSearch search = new LogSearch(lineage, backup);
    Optional<LogSearch.Found> found = search.find(wish.target(), until);
    if (found.isEmpty() && isLast) {
      throw unreachable(
          Targets.text(wish.target())
              + " is not in the log stored after backup "
              + backup.id()
              + ", which ends at "
              + until
              + (wish.target() instanceof RecoveryTarget.AtName && !search.names().isEmpty()
                  ? "; restore points there: " + String.join(", ", search.names())
                  : ""));
    }
    return found.map(stop -> new RestorePlan(backup, lineage, stop.stop(), stop.last(), List.of()));
  }

  private static ProblemException notRestorable(BackupHeader backup, Lsn until) {
    return Problem.of(
            "BACKUP_NOT_RESTORABLE",
            ProblemKind.CONFLICT,
            "backup "
                + backup.id()
                + " needs the log from "
                + backup.start().position()
                + " to "
                + backup.stop().position()
                + ", which is not stored whole")
        .withDetail("It is stored up to " + until + ".")
        .withRemedy("Restore another backup: one whose state is complete.")
        .exception();
  }

  private ProblemException unreachable(String message) throws IOException {
    return Problem.of("BACKUP_TARGET_UNREACHABLE", ProblemKind.CONFLICT, message)
        .withDetail("Reachable is\n" + text(windows()))
        .withRemedy("Choose a moment within, or --from latest for the last one.")
        .exception();
  }

  private static String text(List<ReachableWindow> windows) {
    return windows.stream()
        .map(each ->
            each.from()
                + " to "
                + each.until()
                + " from backup "
                + each.backup()
                + " on timeline "
                + each.timeline()
                + ", up to position "
                + each.end())
        .collect(Collectors.joining("\n"));
  }

  /** Every moment that can be reached, in order; stretches that touch are one. */
  public List<ReachableWindow> windows() throws IOException {
    List<ReachableWindow> windows = new ArrayList<>();
    List<BackupSummary> oldestFirst =
        catalog.list().stream()
            .filter(BackupSummary::isRestorable)
            .sorted(Comparator.comparing(BackupSummary::stoppedAt))
            .toList();
    for (BackupSummary backup : oldestFirst) {
      ReachableWindow window = window(backup);
      ReachableWindow last = windows.isEmpty() ? null : windows.getLast();
      if (last != null
          && last.timeline() == window.timeline()
          && !last.until().isBefore(window.from())) {
        Instant until = last.until().isAfter(window.until()) ? last.until() : window.until();
        windows.set(
            windows.size() - 1,
            new ReachableWindow(last.from(), until, last.backup(), last.timeline(), window.end()));
      } else {
        windows.add(window);
      }
    }
    return windows;
  }

  private ReachableWindow window(BackupSummary summary) throws IOException {
    WalArchive archive = WalArchive.of(repository, summary.start());
    BackupHeader backup = catalog.header(summary.id());
    Lineage lineage = Lineage.of(archive, backup, OptionalInt.empty());
    Lsn until = lineage.reaches(summary.start().position());
    Instant end =
        archive
            .mark()
            .filter(mark -> lineage.timelines().contains(mark.timeline()))
            .filter(mark -> !until.isBefore(mark.position()))
            .map(WalArchive.Mark::at)
            .filter(at -> at.isAfter(summary.stoppedAt()))
            .orElse(summary.stoppedAt());
    return new ReachableWindow(
        summary.stoppedAt(), end, summary.id(), lineage.history().timeline(), until);
  }
}
