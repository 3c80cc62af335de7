package dev.undercroft.safekeeping;

import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.WalArchive;
import dev.undercroft.backup.WalSegment;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/**
 * Puts the write-ahead log a restored directory needs beside it, and the settings that make the
 * server replay it. The server's {@code restore_command} then only copies local files: a segment
 * that is not there is proven absent, and an outage of the repository cannot end recovery early.
 * One thread at a time.
 */
public final class RestoredLog {

  private static final String FOLDER = "undercroft_log";
  private static final String SETTINGS = "postgresql.auto.conf";

  private final RestorePlan plan;

  /** The log for one restore. */
  public RestoredLog(RestorePlan plan) {
    this.plan = plan;
  }

  /**
   * Fetches the log and writes the settings.
   *
   * @param data the restored directory
   */
  public void prepare(Path data) throws IOException {
    Path folder = Files.createDirectories(data.resolve(FOLDER));
    histories(folder);
    WalSegment next = plan.lineage().first(plan.backup());
    Optional<Lineage.Stored> stored = plan.lineage().find(next);
    while (stored.isPresent() && isNeeded(next)) {
      // A segment that ends early is filled with zeros: replay ends where its last record ends.
      WalSegment segment = stored.get().segment();
      Files.write(
          folder.resolve(segment.name()), Arrays.copyOf(stored.get().bytes(), segment.size()));
      next = next.next();
      stored = stored.get().isWhole() ? plan.lineage().find(next) : Optional.empty();
    }
    Path settings = data.resolve(SETTINGS);
    String before = Files.exists(settings) ? Files.readString(settings) : "";
    Files.writeString(
        settings,
        RecoverySettings.withoutRecovery(before)
            + RecoverySettings.of(plan.stop(), plan.timeline(), "cp " + FOLDER + "/%f %p"));
    Files.createFile(data.resolve("recovery.signal"));
  }

  /** All of them, so that the server gives the copy a timeline that nobody has. */
  private void histories(Path folder) throws IOException {
    WalArchive archive = plan.lineage().archive();
    for (int timeline : archive.timelines()) {
      Optional<byte[]> history = archive.historyOf(timeline);
      if (history.isPresent()) {
        Files.write(folder.resolve(String.format("%08X.history", timeline)), history.get());
      }
    }
  }

  /** The record at which recovery stops may go on in the next segment. */
  private boolean isNeeded(WalSegment segment) {
    Lsn backupEnds = plan.backup().stop().position();
    return switch (plan.stop()) {
      case RecoveryStop.EndOfLog() -> true;
      case RecoveryStop.Consistent() -> beginsBefore(segment, backupEnds);
      case RecoveryStop.Before(var position) -> beginsBefore(segment, position);
      case RecoveryStop.After(var position) -> beginsBefore(segment, position);
    };
  }

  private static boolean beginsBefore(WalSegment segment, Lsn position) {
    return segment.start().compareTo(position.plus(segment.size())) <= 0;
  }

  /** Removes log and settings after recovery; the server must have stopped. */
  public static void forget(Path data) throws IOException {
    Path settings = data.resolve(SETTINGS);
    Files.writeString(settings, RecoverySettings.withoutRecovery(Files.readString(settings)));
    // It tells what the files were before the server wrote into them.
    Files.deleteIfExists(data.resolve("backup_manifest"));
    Path folder = data.resolve(FOLDER);
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
    Files.delete(folder);
  }
}
