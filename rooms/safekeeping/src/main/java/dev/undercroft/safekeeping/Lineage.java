package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.StartPoint;
import dev.undercroft.backup.TimelineHistory;
import dev.undercroft.backup.WalArchive;
import dev.undercroft.backup.WalSegment;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The stored log of one timeline and of those it comes from, read as one. Immutable.
 *
 * @param archive where it is stored
 * @param history the timeline and its ancestors
 * @param segmentSize size of a segment in bytes
 */
record Lineage(WalArchive archive, TimelineHistory history, int segmentSize) {

  /**
   * The newest timeline that comes from a backup, or one that is named.
   *
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_TIMELINE_UNKNOWN}
   */
  static Lineage of(WalArchive archive, BackupHeader backup, OptionalInt wanted)
      throws IOException {
    StartPoint start = backup.start();
    TimelineHistory newest = history(archive, start.timeline());
    List<Integer> possible = new ArrayList<>(List.of(start.timeline()));
    for (int timeline : archive.timelines()) {
      TimelineHistory candidate = history(archive, timeline);
      if (candidate.descendsFrom(start.timeline(), backup.stop().position())) {
        possible.add(timeline);
        newest = candidate.timeline() > newest.timeline() ? candidate : newest;
      }
    }
    if (wanted.isEmpty()) {
      return new Lineage(archive, newest, start.walSegmentSize());
    }
    if (!possible.contains(wanted.getAsInt())) {
      throw Problem.of(
              "BACKUP_TIMELINE_UNKNOWN",
              ProblemKind.NOT_FOUND,
              "timeline " + wanted.getAsInt() + " does not come from backup " + backup.id())
          .withDetail("Stored timelines that do: " + possible.stream().distinct().toList())
          .withRemedy("Name one of them, or another backup.")
          .exception();
    }
    return new Lineage(archive, history(archive, wanted.getAsInt()), start.walSegmentSize());
  }

  private static TimelineHistory history(WalArchive archive, int timeline) throws IOException {
    return archive
        .historyOf(timeline)
        .map(bytes -> TimelineHistory.parse(timeline, bytes))
        .orElseGet(() -> new TimelineHistory(timeline, List.of()));
  }

  /** A stored segment. */
  // The bytes go straight to a file or a reader; a record names the pair, nobody compares it.
  @SuppressWarnings("ArrayRecordComponent")
  record Stored(WalSegment segment, byte[] bytes) {
    boolean isWhole() {
      return bytes.length == segment.size();
    }
  }

  /** The first segment that a backup needs. */
  WalSegment first(BackupHeader backup) {
    return WalSegment.at(history.timeline(), backup.start().position(), segmentSize);
  }

  /**
   * The segment of a number, as the server would choose it: of the newest timeline that has it, and
   * of none past the place where it was left.
   *
   * @param wanted which one; its timeline does not count
   */
  Optional<Stored> find(WalSegment wanted) throws IOException {
    Optional<Lsn> end = Optional.empty();
    int timeline = history.timeline();
    for (TimelineHistory.Ancestor ancestor : history.ancestors().reversed()) {
      Optional<Stored> found =
          ancestor.end().isBefore(wanted.end()) ? stored(timeline, wanted, end) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
      end = Optional.of(ancestor.end());
      timeline = ancestor.timeline();
    }
    return stored(timeline, wanted, end);
  }

  private Optional<Stored> stored(int timeline, WalSegment wanted, Optional<Lsn> end)
      throws IOException {
    if (end.isPresent() && end.get().compareTo(wanted.start()) <= 0) {
      return Optional.empty();
    }
    WalSegment segment = new WalSegment(timeline, wanted.number(), segmentSize);
    return archive
        .segment(segment)
        .map(bytes ->
            end.isPresent() && end.get().isBefore(segment.start().plus(bytes.length))
                ? Arrays.copyOf(bytes, (int) (end.get().value() - segment.start().value()))
                : bytes)
        .map(bytes -> new Stored(segment, bytes));
  }

  /** The timelines from this one back to the one of a backup. */
  List<Integer> timelines() {
    List<Integer> all = new ArrayList<>();
    history.ancestors().forEach(ancestor -> all.add(ancestor.timeline()));
    all.add(history.timeline());
    return all;
  }

  /** Up to where the log is stored without gap from a position on. */
  Lsn reaches(Lsn from) throws IOException {
    Lsn end = from;
    boolean grew = true;
    while (grew) {
      grew = false;
      for (int timeline : timelines()) {
        for (WalArchive.Stretch stretch : archive.stretches(timeline)) {
          Lsn limit = endOf(timeline, stretch.end());
          if (stretch.start().compareTo(end) <= 0 && end.isBefore(limit)) {
            end = limit;
            grew = true;
          }
        }
      }
    }
    return end;
  }

  /** What is stored of an ancestor past the parting belongs to another story. */
  private Lsn endOf(int timeline, Lsn stored) {
    for (TimelineHistory.Ancestor ancestor : history.ancestors()) {
      if (ancestor.timeline() == timeline && ancestor.end().isBefore(stored)) {
        return ancestor.end();
      }
    }
    return stored;
  }
}
