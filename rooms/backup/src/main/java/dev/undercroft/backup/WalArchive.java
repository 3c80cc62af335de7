package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log in a repository: whole segments, slices of the segment that is being written,
 * and timeline histories. Thread-safe for readers; one writer.
 *
 * <pre>
 *   wal/SYSTEM/00000001/000000010000000000000003.seg
 *   wal/SYSTEM/00000001/000000010000000000000004.slices/00000000     offset, hexadecimal
 *   wal/SYSTEM/00000002.history
 *   wal/SYSTEM/mark                                                  up to when all is stored
 * </pre>
 *
 * <p>A slice is written once and never again; when the segment is complete it is stored whole and
 * its slices are removed. A segment that exists is never overwritten: the same bytes again are
 * accepted, other bytes are a problem.
 */
public final class WalArchive {

  /** Some servers list what is being uploaded, under names of their own. */
  private static final Pattern SLICE = Pattern.compile("[0-9A-F]{8}");

  private static final Pattern STORED =
      Pattern.compile("[0-9A-F]{24}(\\.seg|\\.slices/[0-9A-F]{8})");

  private final Repository repository;
  private final String root;
  private final int segmentSize;
  private Repository.@Nullable OpenKey key;

  /**
   * The log of one cluster in one repository.
   *
   * @param systemIdentifier the cluster
   * @param segmentSize size of its segments in bytes
   */
  public WalArchive(Repository repository, String systemIdentifier, int segmentSize) {
    this.repository = repository;
    this.root = rootOf(systemIdentifier);
    this.segmentSize = segmentSize;
  }

  private synchronized Repository.OpenKey key() throws IOException {
    if (key == null) {
      key = repository.newKey();
    }
    return key;
  }

  /** The log of the cluster that a backup is of. */
  public static WalArchive of(Repository repository, StartPoint start) {
    return new WalArchive(repository, start.systemIdentifier(), start.walSegmentSize());
  }

  static String rootOf(String systemIdentifier) {
    if (!systemIdentifier.matches("\\d{1,20}")) {
      throw new IllegalArgumentException("not a system identifier: " + systemIdentifier);
    }
    return "wal/" + systemIdentifier + "/";
  }

  private String folder(int timeline) {
    return root + String.format("%08X/", timeline);
  }

  private String folder(WalSegment segment) {
    return folder(segment.timeline());
  }

  private BlobName whole(WalSegment segment) {
    return BlobName.of(folder(segment) + segment.name() + ".seg");
  }

  private String slices(WalSegment segment) {
    return folder(segment) + segment.name() + ".slices/";
  }

  /** Stores a part of a segment; the parts of a segment follow each other without gap. */
  public void storeSlice(WalSegment segment, int offset, byte[] bytes) throws IOException {
    BlobName name = BlobName.of(slices(segment) + String.format("%08X", offset));
    repository.write(name, key(), out -> out.write(bytes), BlobStore.Overwrite.REPLACE);
  }

  /**
   * Stores a whole segment and removes its slices.
   *
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_WAL_CONFLICT} when it exists with
   *     other bytes: two servers write into one repository
   */
  public void storeSegment(WalSegment segment, byte[] bytes) throws IOException {
    Optional<byte[]> there = repository.find(whole(segment));
    if (there.isPresent() && !Arrays.equals(there.get(), bytes)) {
      throw Problem.of(
              "BACKUP_WAL_CONFLICT",
              ProblemKind.CONFLICT,
              "segment " + segment.name() + " exists with other content")
          .withRemedy(
              "Two servers archive into one repository, or one was restored without a new timeline. Give each its own.")
          .exception();
    }
    if (there.isEmpty()) {
      repository.write(whole(segment), key(), out -> out.write(bytes), BlobStore.Overwrite.REFUSE);
    }
    for (BlobStat slice : sliceBlobs(segment)) {
      repository.store().delete(slice.name());
    }
  }

  private List<BlobStat> sliceBlobs(WalSegment segment) throws IOException {
    String folder = slices(segment);
    try (Stream<BlobStat> blobs = repository.store().list(folder)) {
      return blobs
          .filter(blob -> SLICE.matcher(blob.name().text().substring(folder.length())).matches())
          .toList();
    }
  }

  /** Stores the history of a timeline. */
  public void storeHistory(int timeline, byte[] bytes) throws IOException {
    repository.write(
        history(timeline), key(), out -> out.write(bytes), BlobStore.Overwrite.REPLACE);
  }

  private BlobName history(int timeline) {
    return BlobName.of(root + String.format("%08X.history", timeline));
  }

  /** The history file of a timeline, if it is stored; timeline 1 has none. */
  public Optional<byte[]> historyOf(int timeline) throws IOException {
    return repository.find(history(timeline));
  }

  /** The timelines of which a history or log is stored, ascending. */
  public List<Integer> timelines() throws IOException {
    TreeSet<Integer> found = new TreeSet<>();
    try (Stream<BlobStat> blobs = repository.store().list(root)) {
      blobs
          .map(blob -> blob.name().text().substring(root.length()))
          .filter(name -> name.matches("[0-9A-F]{8}[/.].*"))
          .forEach(name -> found.add(Integer.parseUnsignedInt(name.substring(0, 8), 16)));
    }
    return List.copyOf(found);
  }

  /**
   * What is known to be stored: everything that was committed until a time. Immutable.
   *
   * @param at the server's time
   * @param timeline the server's timeline then
   * @param position where its log was then
   */
  public record Mark(Instant at, int timeline, Lsn position) {}

  /** Notes up to when everything is stored; a later mark replaces an earlier one. */
  public void mark(Mark mark) throws IOException {
    repository.write(
        BlobName.of(root + "mark"),
        key(),
        out -> out.write(Json.write(mark)),
        BlobStore.Overwrite.REPLACE);
  }

  /** Up to when everything is stored, if that was ever noted. */
  public Optional<Mark> mark() throws IOException {
    return repository
        .note(BlobName.of(root + "mark"))
        .map(bytes -> Json.read(bytes, Mark.class, root + "mark"));
  }

  /**
   * The bytes of a segment from its beginning: all of them when it is complete, else as many as
   * were stored without gap.
   */
  public Optional<byte[]> segment(WalSegment segment) throws IOException {
    Optional<byte[]> complete = repository.find(whole(segment));
    return complete.isPresent() ? complete : assembled(segment);
  }

  private Optional<byte[]> assembled(WalSegment segment) throws IOException {
    SortedMap<Integer, byte[]> parts = new TreeMap<>();
    for (BlobStat slice : sliceBlobs(segment)) {
      String name = slice.name().text();
      int offset = Integer.parseInt(name.substring(name.lastIndexOf('/') + 1), 16);
      try (InputStream in = repository.read(slice.name())) {
        parts.put(offset, in.readAllBytes());
      } catch (ProblemException e) {
        Optional<byte[]> complete = repository.note(whole(segment));
        if (complete.isPresent()) {
          // Its slices went while they were being read.
          return complete;
        }
        throw e;
      }
    }
    byte[] bytes = new byte[segmentSize];
    int end = 0;
    for (var part : parts.entrySet()) {
      if (part.getKey() > end) {
        break;
      }
      System.arraycopy(part.getValue(), 0, bytes, part.getKey(), part.getValue().length);
      end = Math.max(end, part.getKey() + part.getValue().length);
    }
    return end == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, end));
  }

  /** What the repository holds of one timeline, as stretches without gap, in order. */
  public List<Stretch> stretches(int timeline) throws IOException {
    SortedMap<WalSegment, Long> ends = new TreeMap<>();
    String folder = folder(timeline);
    List<WalSegment> partial = new ArrayList<>();
    try (Stream<BlobStat> blobs = repository.store().list(folder)) {
      for (BlobStat blob : blobs.toList()) {
        String name = blob.name().text().substring(folder.length());
        if (!STORED.matcher(name).matches()) {
          continue;
        }
        WalSegment segment = WalSegment.named(name.substring(0, 24), segmentSize);
        if (name.endsWith(".seg")) {
          ends.put(segment, segment.end().value());
        } else if (!partial.contains(segment)) {
          partial.add(segment);
        }
      }
    }
    for (WalSegment segment : partial) {
      if (!ends.containsKey(segment)) {
        int length = assembled(segment).map(bytes -> bytes.length).orElse(0);
        ends.put(segment, segment.start().value() + length);
      }
    }
    return joined(timeline, ends);
  }

  private static List<Stretch> joined(int timeline, SortedMap<WalSegment, Long> ends) {
    List<Stretch> stretches = new ArrayList<>();
    for (var each : ends.entrySet()) {
      Stretch last = stretches.isEmpty() ? null : stretches.getLast();
      Lsn end = new Lsn(each.getValue());
      if (last != null && last.end().equals(each.getKey().start())) {
        stretches.set(stretches.size() - 1, new Stretch(timeline, last.start(), end));
      } else {
        stretches.add(new Stretch(timeline, each.getKey().start(), end));
      }
    }
    return stretches;
  }

  /** Whether the log from one position to another is stored without gap. */
  public boolean covers(int timeline, Lsn from, Lsn to) throws IOException {
    return stretches(timeline).stream()
        .anyMatch(s -> s.start().compareTo(from) <= 0 && s.end().compareTo(to) >= 0);
  }

  /**
   * A part of the log that is stored without gap. Immutable.
   *
   * @param timeline its timeline
   * @param start where it begins
   * @param end where it ends; the byte there is not included
   */
  public record Stretch(int timeline, Lsn start, Lsn end) {}
}
