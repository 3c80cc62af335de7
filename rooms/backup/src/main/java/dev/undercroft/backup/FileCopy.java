package dev.undercroft.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies one range of one file into a pack, or names the pages again that an earlier backup holds.
 * One thread at a time; each worker has its own.
 */
final class FileCopy {

  /** How many units one range has: a megabyte and a bit, a whole number of frames. */
  static final int RANGE_UNITS = 8 * PackWriter.FRAME_UNITS;

  /** So many identical reads of a wrong page make it corrupt. */
  private static final int READS_OF_A_WRONG_PAGE = 3;

  private final PageReader reader;
  private final PackWriter packs;
  private final PackTable table;
  private final @Nullable Prior prior;
  private final boolean checksums;
  private final PageCheck check = new PageCheck();
  private final byte[] kept = new byte[PackWriter.FRAME_UNITS * Run.UNIT];

  /**
   * What came of a range.
   *
   * @param runs where its units are
   * @param units how many units the range turned out to have
   * @param bytes how many bytes those units have
   * @param corrupt blocks whose checksum does not hold
   */
  record Copied(List<Run> runs, long units, long bytes, List<Long> corrupt) {}

  FileCopy(
      PageReader reader,
      PackWriter packs,
      PackTable table,
      @Nullable Prior prior,
      boolean checksums) {
    this.reader = reader;
    this.packs = packs;
    this.table = table;
    this.prior = prior;
    this.checksums = checksums;
  }

  /** What is known of one range while it is copied. */
  private static final class Range {
    final SourceFile file;
    final long first;
    final TreeMap<Long, Run> runs = new TreeMap<>();
    final List<Long> corrupt = new ArrayList<>();

    Range(SourceFile file, long first) {
      this.file = file;
      this.first = first;
    }

    long bytesBefore(long unit) {
      return (unit - first) * Run.UNIT;
    }

    Copied until(long end, long bytes) {
      runs.tailMap(end, true).clear();
      return new Copied(merged(runs), end - first, bytes, corrupt);
    }
  }

  /**
   * Copies a range.
   *
   * @param file the file
   * @param first number of the first unit
   * @param units how many units at most
   * @return what was copied; fewer units when the file has become shorter; empty when it is gone
   */
  Optional<Copied> copy(SourceFile file, long first, int units) throws IOException {
    Range range = new Range(file, first);
    reuseUnread(range, units);
    for (long[] gap : gaps(range.runs, first, first + units)) {
      int wanted = (int) (gap[1] - gap[0]) * Run.UNIT;
      byte[] read = reader.read(file.path(), gap[0] * Run.UNIT, wanted);
      if (read == null) {
        return Optional.empty();
      }
      for (int at = 0; at < read.length; at += PackWriter.FRAME_UNITS * Run.UNIT) {
        frame(range, gap[0] + at / Run.UNIT, read, at);
      }
      if (read.length < wanted) {
        long end = gap[0] + FileEntry.units(read.length);
        return Optional.of(range.until(end, range.bytesBefore(gap[0]) + read.length));
      }
    }
    return Optional.of(range.until(first + units, (long) units * Run.UNIT));
  }

  private void reuseUnread(Range range, int units) {
    String path = range.file.path();
    if (prior == null || range.file.kind() != FileKind.PAGES) {
      return;
    }
    FileEntry before = prior.entry(path).orElse(null);
    if (before == null || before.size() % Run.UNIT != 0) {
      return;
    }
    long end = Math.min(range.first + units, before.size() / Run.UNIT);
    for (Run run : before.runs()) {
      for (long unit = Math.max(range.first, run.unit()); unit < Math.min(end, run.end()); unit++) {
        if (prior.isProvenUnchanged(path, unit)) {
          range.runs.put(unit, renumbered(run.part(unit, 1)));
        }
      }
    }
  }

  private Run renumbered(Run run) {
    if (run.pack() == Run.ZEROS || prior == null) {
      return run;
    }
    return run.inPack(table.numberOf(prior.header().packs().get(run.pack())));
  }

  private static List<long[]> gaps(SortedMap<Long, Run> runs, long first, long end) {
    List<long[]> gaps = new ArrayList<>();
    long next = first;
    for (Run run : runs.values()) {
      if (run.unit() > next) {
        gaps.add(new long[] {next, run.unit()});
      }
      next = run.end();
    }
    if (next < end) {
      gaps.add(new long[] {next, end});
    }
    return gaps;
  }

  /** Stores what is new of at most one frame's units, beginning at a place in what was read. */
  private void frame(Range range, long first, byte[] read, int offset) throws IOException {
    int end = Math.min(read.length, offset + PackWriter.FRAME_UNITS * Run.UNIT);
    List<Long> keptUnits = new ArrayList<>();
    int keptBytes = 0;
    for (int at = offset; at < end; at += Run.UNIT) {
      int size = Math.min(Run.UNIT, end - at);
      long unit = first + (at - offset) / Run.UNIT;
      Optional<Run> known = size == Run.UNIT ? known(range.file, unit, read, at) : Optional.empty();
      if (known.isPresent()) {
        range.runs.put(unit, known.get());
      } else {
        if (size == Run.UNIT) {
          judge(range, unit, read, at);
        }
        System.arraycopy(read, at, kept, keptBytes, size);
        keptBytes += size;
        keptUnits.add(unit);
      }
    }
    if (!keptUnits.isEmpty()) {
      Run stored = packs.add(0, keptUnits.size(), ByteBuffer.wrap(kept, 0, keptBytes));
      for (int slot = 0; slot < keptUnits.size(); slot++) {
        range.runs.put(keptUnits.get(slot), stored.slot(keptUnits.get(slot), slot));
      }
    }
  }

  /** A page that needs no storing: all zeros, or held by the earlier backup. */
  private Optional<Run> known(SourceFile file, long unit, byte[] read, int at) {
    if (PageCheck.isZero(read, at)) {
      return Optional.of(Run.zeros(unit, 1));
    }
    if (prior == null || file.kind() != FileKind.PAGES || !prior.isUnchangedByPosition(read, at)) {
      return Optional.empty();
    }
    return prior
        .entry(file.path())
        .filter(before -> unit < before.size() / Run.UNIT)
        .flatMap(before -> find(before.runs(), unit))
        .filter(run -> run.pack() != Run.ZEROS)
        .map(run -> renumbered(run.part(unit, 1)));
  }

  private static Optional<Run> find(List<Run> runs, long unit) {
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      if (unit < run.unit()) {
        high = middle - 1;
      } else if (unit >= run.end()) {
        low = middle + 1;
      } else {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  /**
   * Checks a page's checksum. A page that is being written at this moment looks wrong as well; then
   * its bytes differ when it is read again, and the log will repair it on restore. Bytes that stay
   * the same and wrong are corruption.
   */
  private void judge(Range range, long unit, byte[] read, int at) {
    String path = range.file.path();
    long block = FileKind.segmentOf(path) * ChangedPages.SEGMENT_BLOCKS + unit;
    boolean judged = checksums && range.file.kind() == FileKind.PAGES;
    int sameAgain = 0;
    while (judged && check.judge(read, at, block) == PageCheck.Verdict.WRONG) {
      if (sameAgain == READS_OF_A_WRONG_PAGE) {
        range.corrupt.add(block);
        return;
      }
      byte[] again = reader.read(path, unit * Run.UNIT, Run.UNIT);
      if (again == null || again.length < Run.UNIT) {
        return;
      }
      boolean same = Arrays.equals(again, 0, Run.UNIT, read, at, at + Run.UNIT);
      sameAgain = same ? sameAgain + 1 : 0;
      System.arraycopy(again, 0, read, at, Run.UNIT);
    }
  }

  /** Joins neighbours that lie side by side in one frame. */
  private static List<Run> merged(SortedMap<Long, Run> runs) {
    List<Run> merged = new ArrayList<>();
    for (Run run : runs.values()) {
      Run last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && follows(last, run)) {
        merged.set(
            merged.size() - 1,
            new Run(
                last.unit(),
                last.count() + run.count(),
                last.pack(),
                last.offset(),
                last.length(),
                last.slot()));
      } else {
        merged.add(run);
      }
    }
    return merged;
  }

  private static boolean sameFrame(Run last, Run run) {
    return last.pack() == run.pack()
        && last.pack() != Run.ZEROS
        && last.offset() == run.offset()
        && run.slot() == last.slot() + last.count();
  }

  static boolean follows(Run last, Run run) {
    boolean zeros = last.pack() == Run.ZEROS && run.pack() == Run.ZEROS;
    return run.unit() == last.end() && (zeros || sameFrame(last, run));
  }
}
