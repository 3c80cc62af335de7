package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.GarbageCollection;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Retention;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Removes backups, and the objects that no backup needs. Backups go first, then objects: killed at
 * any step it has removed only what was to go, and the next run goes on. Thread-safe; works only
 * while no backup is taken.
 */
public final class Pruning {

  /** A younger object may belong to a backup that another machine was taking a moment ago. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final Repository repository;
  private final BackupCatalog catalog;
  private final InstantSource clock;

  /** Prunes one repository. */
  public Pruning(Repository repository, InstantSource clock) {
    this.repository = repository;
    this.catalog = new BackupCatalog(repository);
    this.clock = clock;
  }

  /**
   * What was decided. Immutable.
   *
   * @param verdicts every backup, the newest first
   * @param garbage what nothing needs once they are gone; of a plan only what nothing needs now
   */
  public record Outcome(List<Retention.Verdict> verdicts, GarbageCollection.Plan garbage) {
    /** Copies the list. */
    public Outcome {
      verdicts = List.copyOf(verdicts);
    }
  }

  /** What {@link #prune} would do. */
  public Outcome plan(Retention rules) throws IOException {
    return new Outcome(
        rules.plan(catalog.allReadable(), pinned(), clock.instant()),
        new GarbageCollection(repository).plan(clock.instant(), GRACE));
  }

  /**
   * Removes what the rules do not keep.
   *
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_LEASE_HELD} while a backup is taken;
   *     what is wrong with a backup that cannot be read, before anything is removed
   */
  public Outcome prune(Retention rules) throws IOException {
    try (Lease lease = Lease.take(repository, "backup", clock)) {
      List<Retention.Verdict> verdicts =
          rules.plan(catalog.allReadable(), pinned(), clock.instant());
      for (Retention.Verdict verdict : verdicts) {
        if (!verdict.kept()) {
          lease.check();
          catalog.remove(verdict.backup().id());
        }
      }
      return new Outcome(verdicts, collect(lease));
    }
  }

  private Set<String> pinned() throws IOException {
    return catalog.pins(clock.instant()).keySet();
  }

  private void requireUnpinned(String id) throws IOException {
    BackupCatalog.Pin pin = catalog.pins(clock.instant()).get(id);
    if (pin != null) {
      throw Problem.of(
              "BACKUP_PINNED",
              ProblemKind.CONFLICT,
              "backup " + id + " is to be kept: " + pin.reason())
          .withRemedy("Ask who wants it kept; `undercroft backup unpin " + id + "` lets it go.")
          .exception();
    }
  }

  private GarbageCollection.Plan collect(Lease lease) throws IOException {
    GarbageCollection collection = new GarbageCollection(repository);
    GarbageCollection.Plan garbage = collection.plan(clock.instant(), GRACE);
    lease.check();
    collection.carryOut(garbage);
    return garbage;
  }

  /**
   * Removes one backup.
   *
   * @param forced whether it may be the last one that was proven
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_LAST_SOUND} when it is, and not
   *     forced; {@code BACKUP_PINNED} when somebody wants it kept, forced or not
   */
  public Outcome remove(String id, boolean forced) throws IOException {
    try (Lease lease = Lease.take(repository, "backup", clock)) {
      String going = catalog.wholeId(id);
      requireUnpinned(going);
      List<BackupSummary> all = catalog.list();
      List<String> proven =
          all.stream().filter(BackupSummary::isProven).map(BackupSummary::id).toList();
      if (proven.equals(List.of(going)) && !forced) {
        throw Problem.of(
                "BACKUP_LAST_SOUND",
                ProblemKind.CONFLICT,
                "backup " + going + " is the only one that was read back and found sound")
            .withRemedy("Take and verify another first, or add --force.")
            .exception();
      }
      catalog.remove(going);
      List<Retention.Verdict> verdicts =
          all.stream()
              .map(one ->
                  new Retention.Verdict(
                      one, one.id().equals(going) ? List.of() : List.of("not named")))
              .toList();
      return new Outcome(verdicts, collect(lease));
    }
  }
}
