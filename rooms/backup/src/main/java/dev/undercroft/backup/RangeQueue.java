package dev.undercroft.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands out ranges of files, largest file first, so that one huge table keeps all workers busy.
 * Thread-safe.
 */
final class RangeQueue {

  private final Iterator<SourceFile> files;
  private @Nullable PendingFile current;
  private long next;
  private boolean abandoned;

  /**
   * A range of a file to copy.
   *
   * @param file the file and what is done of it
   * @param index number of the range within the file
   * @param first number of its first unit
   * @param units how many units
   */
  record Range(PendingFile file, int index, long first, int units) {}

  RangeQueue(List<SourceFile> files) {
    this.files =
        files.stream()
            .filter(f -> f.kind() != FileKind.EMPTY_FOLDER && f.kind() != FileKind.CONTROL)
            .iterator();
  }

  /** The next range, until nothing is left or the work was given up. */
  synchronized Optional<Range> take() {
    if (abandoned) {
      return Optional.empty();
    }
    if (current == null || next >= current.units()) {
      if (!files.hasNext()) {
        return Optional.empty();
      }
      current = new PendingFile(files.next());
      next = 0;
    }
    int units = (int) Math.min(FileCopy.RANGE_UNITS, current.units() - next);
    Range range = new Range(current, (int) (next / FileCopy.RANGE_UNITS), next, units);
    next += units;
    return Optional.of(range);
  }

  /** Gives up: nothing is handed out any more. */
  synchronized void abandon() {
    abandoned = true;
  }

  /** A file whose ranges are being copied by several workers. Thread-safe. */
  static final class PendingFile {
    private final SourceFile file;
    private final FileCopy.@Nullable Copied[] parts;
    private int missing;
    private boolean gone;
    private boolean handedOver;

    PendingFile(SourceFile file) {
      this.file = file;
      int ranges = (int) ((units() + FileCopy.RANGE_UNITS - 1) / FileCopy.RANGE_UNITS);
      this.parts = new FileCopy.@Nullable Copied[ranges];
      this.missing = ranges;
    }

    SourceFile file() {
      return file;
    }

    /** An empty file has one empty range, so that somebody finishes it. */
    long units() {
      return Math.max(1, FileEntry.units(file.size()));
    }

    synchronized void done(Range range, Optional<FileCopy.Copied> copied) {
      parts[range.index()] = copied.orElse(null);
      gone |= copied.isEmpty();
      missing--;
    }

    /** The whole file, once, to whoever did its last range; nothing when it has gone meanwhile. */
    synchronized List<FileEntry> finished() {
      if (missing > 0 || handedOver) {
        return List.of();
      }
      handedOver = true;
      if (gone) {
        return List.of();
      }
      List<Run> runs = new ArrayList<>();
      long size = 0;
      for (int i = 0; i < parts.length; i++) {
        FileCopy.Copied part = java.util.Objects.requireNonNull(parts[i]);
        append(runs, part.runs());
        size += part.bytes();
        if (part.bytes() < (long) FileCopy.RANGE_UNITS * Run.UNIT) {
          break;
        }
      }
      return List.of(new FileEntry(file.path(), file.kind(), size, runs));
    }

    private static void append(List<Run> runs, List<Run> more) {
      for (Run run : more) {
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && FileCopy.follows(last, run)) {
          runs.set(
              runs.size() - 1,
              new Run(
                  last.unit(),
                  last.count() + run.count(),
                  last.pack(),
                  last.offset(),
                  last.length(),
                  last.slot()));
        } else {
          runs.add(run);
        }
      }
    }

    synchronized List<Long> corrupt() {
      return Arrays.stream(parts)
          .filter(java.util.Objects::nonNull)
          .flatMap(part -> part.corrupt().stream())
          .toList();
    }
  }
}
