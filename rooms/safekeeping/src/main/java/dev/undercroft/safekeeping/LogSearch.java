package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.WalSegment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds a recovery target in the stored log behind a backup. The server itself would find out only
 * after hours of replay that a target does not exist. One thread at a time.
 */
final class LogSearch {

  private final Lineage lineage;
  private final BackupHeader backup;
  private Optional<LogPoint> hit = Optional.empty();
  private Optional<Instant> last = Optional.empty();
  private final Set<String> names = new TreeSet<>();

  /**
   * Where recovery is to end.
   *
   * @param stop the place
   * @param last the time of the last commit before it, if there is one behind the backup's start
   */
  record Found(RecoveryStop stop, Optional<Instant> last) {}

  LogSearch(Lineage lineage, BackupHeader backup) {
    this.lineage = lineage;
    this.backup = backup;
  }

  /**
   * Finds a target.
   *
   * @param until up to where the log is stored
   * @return nothing when it is not stored
   */
  Optional<Found> find(RecoveryTarget target, Lsn until) throws IOException {
    return switch (target) {
      case RecoveryTarget.Immediate() ->
          Optional.of(new Found(new RecoveryStop.Consistent(), Optional.empty()));
      case RecoveryTarget.Latest() -> {
        scan(point -> false);
        yield Optional.of(new Found(new RecoveryStop.EndOfLog(), last));
      }
      case RecoveryTarget.AtTime(var time) -> atTime(time, until);
      case RecoveryTarget.AtLsn(var lsn) -> atPosition(lsn, until);
      case RecoveryTarget.AtName(var name) ->
          after(point -> point.kind() == LogPoint.Kind.RESTORE_POINT && point.name().equals(name));
      case RecoveryTarget.AtTransaction(var xid) ->
          after(point -> point.kind() == LogPoint.Kind.COMMIT && point.transaction() == xid);
      case RecoveryTarget.BeforeDrop drop -> beforeDrop(drop);
    };
  }

  private Optional<Found> beforeDrop(RecoveryTarget.BeforeDrop target) throws IOException {
    LogPoint.Dropped table = new LogPoint.Dropped(target.database(), target.relation());
    AtomicReference<@Nullable Found> dropped = new AtomicReference<>();
    scan(point -> {
      if (point.dropped().contains(table)) {
        dropped.set(new Found(new RecoveryStop.Before(point.position()), last));
      }
      return false;
    });
    return Optional.ofNullable(dropped.get());
  }

  /** The restore points in the log that was read. */
  List<String> names() {
    return List.copyOf(names);
  }

  private Optional<Found> after(Predicate<LogPoint> wanted) throws IOException {
    scan(wanted);
    return hit.map(point -> {
      Optional<Instant> reaches =
          point.kind() == LogPoint.Kind.COMMIT ? Optional.of(point.at()) : last;
      return new Found(new RecoveryStop.After(point.position()), reaches);
    });
  }

  private Optional<Found> atTime(Instant time, Lsn until) throws IOException {
    scan(point -> point.kind() == LogPoint.Kind.COMMIT && point.at().isAfter(time));
    if (hit.isPresent()) {
      return Optional.of(new Found(new RecoveryStop.Before(hit.get().position()), last));
    }
    boolean allIsStored =
        lineage
            .archive()
            .mark()
            .filter(mark -> mark.timeline() == lineage.history().timeline())
            .filter(mark -> !until.isBefore(mark.position()))
            .filter(mark -> !mark.at().isBefore(time))
            .isPresent();
    // The log up to the end of the backup is stored, whether or not that was noted with a time.
    boolean isEndOfBackup = !time.isAfter(backup.stop().at());
    return allIsStored || isEndOfBackup || last.filter(time::equals).isPresent()
        ? Optional.of(new Found(new RecoveryStop.EndOfLog(), last))
        : Optional.empty();
  }

  private Optional<Found> atPosition(Lsn position, Lsn until) throws IOException {
    if (until.isBefore(position)) {
      return Optional.empty();
    }
    Lsn end = scan(point -> !point.position().isBefore(position));
    return end.compareTo(position) <= 0 && hit.isEmpty()
        ? Optional.of(new Found(new RecoveryStop.EndOfLog(), last))
        : Optional.of(new Found(new RecoveryStop.Before(position), last));
  }

  /** Reads until a point is the wanted one; gives the position up to where there are records. */
  private Lsn scan(Predicate<LogPoint> wanted) throws IOException {
    LogReader reader =
        new LogReader(
            backup.start().position(), backup.start().majorVersion(), point -> goOn(point, wanted));
    WalSegment segment = lineage.first(backup);
    Optional<Lineage.Stored> stored = lineage.find(segment);
    while (stored.isPresent() && reader.read(stored.get().segment(), stored.get().bytes())) {
      segment = segment.next();
      stored = lineage.find(segment);
    }
    return reader.reached();
  }

  private boolean goOn(LogPoint point, Predicate<LogPoint> wanted) {
    if (wanted.test(point)) {
      hit = Optional.of(point);
      return false;
    }
    if (point.kind() == LogPoint.Kind.COMMIT) {
      last = Optional.of(point.at());
    } else {
      names.add(point.name());
    }
    return true;
  }
}
