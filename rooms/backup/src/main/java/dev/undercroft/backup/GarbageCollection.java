package dev.undercroft.backup;

import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStat;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds and removes what no backup needs: packs that no manifest names, log from before the oldest
 * backup. Mark first, then sweep; a pack younger than the grace time may belong to a backup that is
 * being taken and is left alone. Killed in the middle, it has removed only what nobody needed. One
 * thread at a time.
 */
public final class GarbageCollection {

  private final Repository repository;

  /** Collects the garbage of one repository. */
  public GarbageCollection(Repository repository) {
    this.repository = repository;
  }

  /**
   * What would go. Immutable.
   *
   * @param blobs names of the blobs
   * @param bytes their size
   */
  public record Plan(List<String> blobs, long bytes) {
    /** Copies the names. */
    public Plan {
      blobs = List.copyOf(blobs);
    }
  }

  /**
   * Decides what would go.
   *
   * @param grace packs younger than this stay; must be longer than the longest backup
   * @throws dev.undercroft.base.ProblemException what is wrong with a manifest that cannot be read:
   *     nobody knows what it needs
   */
  public Plan plan(Instant now, Duration grace) throws IOException {
    Set<String> needed = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Map<LogOf, WalSegment> oldest = new HashMap<>();
    for (BackupSummary backup : new BackupCatalog(repository).allReadable()) {
      try (Manifest manifest = Manifest.open(repository, backup.id())) {
        BackupHeader header = manifest.header();
        ids.add(header.id());
        header.packs().forEach(pack -> needed.add(pack.blob()));
        StartPoint start = header.start();
        oldest.merge(
            new LogOf(start.systemIdentifier(), start.timeline()),
            WalSegment.at(start.timeline(), start.position(), start.walSegmentSize()),
            (one, other) -> one.compareTo(other) < 0 ? one : other);
      }
    }
    List<BlobStat> garbage = new ArrayList<>();
    addPacks(needed, now.minus(grace), garbage);
    addNotes(ids, now.minus(grace), garbage);
    addLog(oldest, garbage);
    return new Plan(
        garbage.stream().map(blob -> blob.name().text()).toList(),
        garbage.stream().mapToLong(BlobStat::size).sum());
  }

  private void addPacks(Set<String> needed, Instant before, List<BlobStat> garbage)
      throws IOException {
    try (Stream<BlobStat> packs = repository.store().list("packs/")) {
      packs
          .filter(pack -> !needed.contains(pack.name().text()))
          .filter(pack -> pack.stored().isBefore(before))
          .forEach(garbage::add);
    }
  }

  /** What stood beside a manifest that is gone: its removal was interrupted. */
  private void addNotes(Set<String> ids, Instant before, List<BlobStat> garbage)
      throws IOException {
    try (Stream<BlobStat> notes = repository.store().list("backups/")) {
      notes
          .filter(note -> !ids.contains(note.name().text().split("/", 3)[1]))
          .filter(note -> note.stored().isBefore(before))
          .forEach(garbage::add);
    }
  }

  /** One timeline of one cluster. */
  private record LogOf(String system, int timeline) {}

  /** Log of a timeline from before its oldest backup; a timeline without backups keeps all. */
  private void addLog(Map<LogOf, WalSegment> oldest, List<BlobStat> garbage) throws IOException {
    for (var each : oldest.entrySet()) {
      LogOf log = each.getKey();
      String folder = WalArchive.rootOf(log.system()) + String.format("%08X/", log.timeline());
      String first = each.getValue().name();
      try (Stream<BlobStat> blobs = repository.store().list(folder)) {
        blobs
            .filter(blob -> blob.name().text().substring(folder.length()).compareTo(first) < 0)
            .forEach(garbage::add);
      }
    }
  }

  /** Removes what a plan names. */
  public void carryOut(Plan plan) throws IOException {
    for (String blob : plan.blobs()) {
      repository.store().delete(BlobName.of(blob));
    }
  }
}
