package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.Spool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Takes one physical backup: begins, lists, copies ranges in parallel, reads {@code pg_control}
 * last, ends, and writes the manifest, which is what makes the backup exist. Killed at any step, it
 * leaves packs that no manifest names, which the next collection of garbage removes. One thread at
 * a time.
 */
public final class PhysicalBackup {

  private final Repository repository;
  private final BackupSource source;
  private final Options options;

  /**
   * How a backup is taken.
   *
   * @param id its id
   * @param basedOn an earlier backup whose unchanged pages are named again; empty text for a full
   *     backup
   * @param workers how many connections read at once
   * @param reason why it is a full one although an increment was asked for; else empty text
   */
  public record Options(String id, String basedOn, int workers, String reason) {}

  /** A backup yet to be taken. */
  public PhysicalBackup(Repository repository, BackupSource source, Options options) {
    this.repository = repository;
    this.source = source;
    this.options = options;
  }

  /** What the log says was changed since a position, if it says so completely. */
  @FunctionalInterface
  public interface ChangeLog {
    /** Empty when it is not complete from {@code since} to {@code until}. */
    Optional<ChangedPages> between(StartPoint since, StartPoint until);
  }

  /**
   * Takes the backup.
   *
   * @return its header; it is stored, but counts only when the log past its stop point is durable
   */
  public BackupHeader take(ChangeLog changes, Progress progress) throws IOException {
    return take(changes, progress, () -> {});
  }

  /**
   * Takes the backup.
   *
   * @param fence asked right before the manifest is stored; throws when this process may no longer
   *     write
   */
  public BackupHeader take(ChangeLog changes, Progress progress, Runnable fence)
      throws IOException {
    try (Spool spool = Spool.open();
        BackupSession session = source.begin("undercroft " + options.id())) {
      Prior prior = prior(session.start(), changes);
      List<SourceFile> files = kept(session.files());
      Repository.OpenKey key = repository.newKey();
      PackTable table = new PackTable();
      Totals totals = new Totals(files, progress);
      try (BufferedWriter lines =
          new BufferedWriter(new OutputStreamWriter(spool.out(), StandardCharsets.UTF_8))) {
        copyAll(new Copying(session, key, table, prior), files, totals, lines);
        copyControl(new Copying(session, key, table, null), totals, lines);
      }
      StopPoint stop = session.stop();
      BackupHeader header = totals.header(options, session.start(), stop, table.packs());
      fence.run();
      writeManifest(key, header, spool);
      return header;
    }
  }

  /** What all workers of one backup share. */
  private record Copying(
      BackupSession session, Repository.OpenKey key, PackTable table, @Nullable Prior prior) {}

  private @Nullable Prior prior(StartPoint start, ChangeLog changes) throws IOException {
    if (options.basedOn().isEmpty()) {
      return null;
    }
    BackupHeader before;
    try (Manifest manifest = Manifest.open(repository, options.basedOn())) {
      before = manifest.header();
    }
    if (!before.start().systemIdentifier().equals(start.systemIdentifier())) {
      throw otherSystem(before, start);
    }
    if (before.start().timeline() != start.timeline()) {
      throw Problem.of(
              "BACKUP_TIMELINE_CHANGED",
              ProblemKind.CONFLICT,
              "the server is on timeline "
                  + start.timeline()
                  + ", backup "
                  + before.id()
                  + " on "
                  + before.start().timeline())
          .withRemedy("Take a full backup: after a change of timeline nothing is proven unchanged.")
          .exception();
    }
    ChangedPages changed = start.majorVersion() >= 17 ? changed(before, start, changes) : null;
    return Prior.read(repository, options.basedOn(), changed);
  }

  private static ChangedPages changed(BackupHeader before, StartPoint start, ChangeLog changes) {
    return changes
        .between(before.start(), start)
        .orElseThrow(() ->
            Problem.of(
                    "BACKUP_SUMMARY_GAP",
                    ProblemKind.CONFLICT,
                    "the server's WAL summaries do not reach back to " + before.start().position())
                .withRemedy(
                    "Take a full backup, and keep summarize_wal on and wal_summary_keep_time above the backup interval.")
                .exception());
  }

  private static ProblemException otherSystem(BackupHeader before, StartPoint start) {
    return Problem.of(
            "BACKUP_OTHER_SYSTEM",
            ProblemKind.CONFLICT,
            "backup " + before.id() + " belongs to another cluster")
        .withDetail(
            "Its system identifier is "
                + before.start().systemIdentifier()
                + ", the server's is "
                + start.systemIdentifier())
        .withRemedy("Use a repository of its own for each cluster.")
        .exception();
  }

  /** Leaves out the data of unlogged relations: those of which an init fork exists. */
  static List<SourceFile> kept(List<SourceFile> listed) {
    java.util.Set<String> paths = new java.util.HashSet<>();
    listed.forEach(file -> paths.add(file.path()));
    return listed.stream()
        .filter(file -> file.kind() != FileKind.SKIPPED)
        .filter(file ->
            !FileKind.isRelation(file.path())
                || file.path().endsWith("_init")
                || !paths.contains(FileKind.initForkOf(file.path())))
        .sorted(
            Comparator.comparingLong(SourceFile::size).reversed().thenComparing(SourceFile::path))
        .toList();
  }

  private void copyAll(Copying copying, List<SourceFile> files, Totals totals, BufferedWriter lines)
      throws IOException {
    RangeQueue queue = new RangeQueue(files);
    try (ExecutorService workers = Executors.newFixedThreadPool(options.workers())) {
      List<Future<Long>> results = new ArrayList<>();
      for (int i = 0; i < options.workers(); i++) {
        results.add(workers.submit(() -> work(copying, queue, totals, lines)));
      }
      for (Future<Long> each : results) {
        totals.stored(await(each, queue));
      }
    }
  }

  private static long await(Future<Long> worker, RangeQueue queue) throws IOException {
    try {
      return worker.get();
    } catch (ExecutionException e) {
      queue.abandon();
      if (e.getCause() instanceof IOException cause) {
        throw new IOException("a worker failed", cause);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      queue.abandon();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private long work(Copying copying, RangeQueue queue, Totals totals, BufferedWriter lines)
      throws IOException {
    StartPoint start = copying.session().start();
    try (PageReader reader = copying.session().reader();
        PackWriter packs =
            new PackWriter(repository, copying.key(), copying.table(), options.workers())) {
      FileCopy copy =
          new FileCopy(reader, packs, copying.table(), copying.prior(), start.checksums());
      Optional<RangeQueue.Range> next = queue.take();
      while (next.isPresent()) {
        RangeQueue.Range range = next.get();
        range.file().done(range, copy.copy(range.file().file(), range.first(), range.units()));
        for (FileEntry whole : range.file().finished()) {
          totals.write(whole, range.file().corrupt(), lines);
        }
        next = queue.take();
      }
      packs.flush();
      return packs.stored();
    }
  }

  private void copyControl(Copying copying, Totals totals, BufferedWriter lines)
      throws IOException {
    String path = "global/pg_control";
    try (PageReader reader = copying.session().reader();
        PackWriter packs =
            new PackWriter(repository, copying.key(), copying.table(), options.workers())) {
      byte[] bytes = ControlFile.readSound(reader, path);
      Run run = packs.add(0, 1, java.nio.ByteBuffer.wrap(bytes));
      packs.flush();
      totals.stored(packs.stored());
      totals.write(
          new FileEntry(path, FileKind.CONTROL, bytes.length, List.of(run)), List.of(), lines);
    }
  }

  private void writeManifest(Repository.OpenKey key, BackupHeader header, Spool spool)
      throws IOException {
    BlobName name = Manifest.nameOf(header.id());
    repository.write(
        name,
        key,
        out -> {
          out.write(Json.write(header));
          out.write('\n');
          try (InputStream files = spool.content().open()) {
            files.transferTo(out);
          }
        },
        BlobStore.Overwrite.REFUSE);
  }
}
