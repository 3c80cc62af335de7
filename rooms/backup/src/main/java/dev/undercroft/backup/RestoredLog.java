package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts the write-ahead log a restored directory needs beside it, and the settings that make the
 * server replay it. The server's {@code restore_command} then only copies local files: a segment
 * that is not there is proven absent, and an outage of the repository cannot end recovery early.
 * One thread at a time.
 */
public final class RestoredLog {

  private static final String FOLDER = "undercroft_log";

  private final Repository repository;
  private final BackupHeader header;

  /** The log for one backup. */
  public RestoredLog(Repository repository, BackupHeader header) {
    this.repository = repository;
    this.header = header;
  }

  /**
   * Fetches the log and writes the settings.
   *
   * @param data the restored directory
   * @throws ProblemException {@code BACKUP_NOT_RESTORABLE} when the repository lacks log that the
   *     backup needs to become consistent, {@code BACKUP_TARGET_UNREACHABLE} when the target lies
   *     outside what is stored
   */
  public void prepare(Path data, RecoveryTarget target) throws IOException {
    WalArchive archive = new WalArchive(repository, header.start().walSegmentSize());
    requireConsistent(archive);
    requireReachable(archive, target);
    Path folder = Files.createDirectories(data.resolve(FOLDER));
    int segmentSize = header.start().walSegmentSize();
    Optional<WalSegment> next =
        Optional.of(
            WalSegment.at(header.start().timeline(), header.start().position(), segmentSize));
    while (next.isPresent()) {
      next = fetch(archive, next.get(), folder);
    }
    Path settings = data.resolve("postgresql.auto.conf");
    String before = Files.exists(settings) ? Files.readString(settings) : "";
    Files.writeString(
        settings,
        RecoverySettings.withoutRecovery(before)
            + RecoverySettings.of(target, "cp " + FOLDER + "/%f %p"));
    Files.createFile(data.resolve("recovery.signal"));
  }

  private static Optional<WalSegment> fetch(WalArchive archive, WalSegment segment, Path folder)
      throws IOException {
    Optional<byte[]> bytes = archive.segment(segment);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    // A segment that ends early is filled with zeros: replay ends where its last record ends.
    Files.write(folder.resolve(segment.name()), Arrays.copyOf(bytes.get(), segment.size()));
    return bytes.get().length == segment.size() ? Optional.of(segment.next()) : Optional.empty();
  }

  private void requireConsistent(WalArchive archive) throws IOException {
    Lsn from = header.start().position();
    Lsn until = header.stop().position();
    if (!archive.covers(header.start().timeline(), from, until)) {
      throw Problem.of(
              "BACKUP_NOT_RESTORABLE",
              ProblemKind.CONFLICT,
              "backup "
                  + header.id()
                  + " needs the log from "
                  + from
                  + " to "
                  + until
                  + ", which is not stored whole")
          .withDetail("Stored: " + stretches(archive))
          .withRemedy("Restore another backup: one whose state is complete.")
          .exception();
    }
  }

  private void requireReachable(WalArchive archive, RecoveryTarget target) throws IOException {
    boolean early =
        switch (target) {
          case RecoveryTarget.AtTime(var time) -> time.isBefore(header.stop().at());
          case RecoveryTarget.AtLsn(var lsn) -> lsn.isBefore(header.stop().position());
          default -> false;
        };
    if (early) {
      throw unreachable(
          target + " lies before the end of backup " + header.id(), "Choose an earlier backup.");
    }
    if (target instanceof RecoveryTarget.AtLsn(var lsn)
        && !archive.covers(header.start().timeline(), header.start().position(), lsn)) {
      throw unreachable(
          "the log up to " + lsn + " is not stored; stored: " + stretches(archive),
          "Choose a position that is stored.");
    }
  }

  private static ProblemException unreachable(String message, String remedy) {
    return Problem.of("BACKUP_TARGET_UNREACHABLE", ProblemKind.CONFLICT, message)
        .withRemedy(remedy)
        .exception();
  }

  private String stretches(WalArchive archive) throws IOException {
    List<String> all =
        archive.stretches(header.start().timeline()).stream()
            .map(stretch -> stretch.start() + " to " + stretch.end())
            .toList();
    return all.isEmpty() ? "nothing" : String.join(", ", all);
  }
}
