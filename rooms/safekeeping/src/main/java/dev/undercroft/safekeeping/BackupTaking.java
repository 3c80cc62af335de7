package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupHeader;
import dev.undercroft.backup.BackupState;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Verification;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.backup.WalSource;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Takes backups of one server into one repository: alone, with the log they need, and read back
 * afterwards. Thread-safe; two at once are refused.
 */
public final class BackupTaking {

  /** What makes an increment impossible, and a full backup the right answer. */
  private static final Set<String> NO_INCREMENT =
      Set.of("BACKUP_SUMMARY_GAP", "BACKUP_TIMELINE_CHANGED");

  private static final Duration LOG_PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final Repository repository;
  private final ServerUnderBackup server;
  private final InstantSource clock;
  private final BackupCatalog catalog;

  /** Which pages are read. */
  public enum Method {
    /** An increment when there is something to base it on, else a full backup. */
    AUTOMATIC,
    /** Everything. */
    FULL,
    /** Only what may have changed; refused when that is not known. */
    INCREMENTAL
  }

  /**
   * How a backup is taken.
   *
   * @param method which pages are read
   * @param workers how many connections read at once
   * @param verify whether it is read back at once
   * @param keepLog whether the server goes on keeping its log for the next receiver
   */
  public record Wish(Method method, int workers, boolean verify, boolean keepLog) {}

  /** Backups of a server into a repository. */
  public BackupTaking(Repository repository, ServerUnderBackup server, InstantSource clock) {
    this.repository = repository;
    this.server = server;
    this.clock = clock;
    this.catalog = new BackupCatalog(repository);
  }

  /**
   * Takes a backup. When this returns, its log is stored, and it was read back if that was wished.
   *
   * @throws ProblemException {@code BACKUP_LEASE_HELD} when another is being taken, {@code
   *     BACKUP_DAMAGED} and others when it was read back and is not what was written; then it is
   *     there and does not count
   */
  public BackupSummary take(Wish wish, Progress progress) throws IOException {
    try (Lease lease = Lease.take(repository, "backup", clock)) {
      WalSource.Keeping kept = server.log().keep();
      boolean isReceived = kept.before() == WalSource.Keeping.Before.RECEIVED;
      BackupHeader header;
      Troubles troubles = new Troubles();
      try (WalReceiver receiver = new WalReceiver(server.log(), repository, troubles::hear)) {
        if (!isReceived) {
          receiver.start();
        }
        header = copied(wish, lease, progress);
        awaitLog(header, new Hearing(receiver, troubles), progress);
      }
      if (!isReceived && !wish.keepLog()) {
        server.log().release();
      }
      if (wish.verify()) {
        verify(header.id(), progress);
      }
      return catalog.require(header.id());
    }
  }

  /** What the receiver said last; told when waiting for the log is given up. */
  private static final class Troubles {
    private volatile Optional<Problem> last = Optional.empty();

    void hear(Problem problem) {
      last = Optional.of(problem);
    }
  }

  /** What all tries of one backup share. */
  private record Try(Wish wish, Lease lease, Progress progress) {}

  private BackupHeader copied(Wish wish, Lease lease, Progress progress) throws IOException {
    Try one = new Try(wish, lease, progress);
    if (wish.method() == Method.FULL) {
      return copy("", "", one);
    }
    BackupCatalog.Contents contents = catalog.contents();
    Optional<BackupSummary> base = base(contents);
    if (base.isEmpty()) {
      if (wish.method() == Method.INCREMENTAL) {
        throw Problem.of(
                "BACKUP_NO_BASE",
                ProblemKind.CONFLICT,
                "there is no complete backup of this cluster on its timeline to base an increment on")
            .withRemedy("Take a full backup: undercroft backup create --full")
            .exception();
      }
      return copy("", "no earlier backup of this timeline" + unread(contents), one);
    }
    try {
      return copy(base.get().id(), "", one);
    } catch (ProblemException e) {
      if (wish.method() == Method.INCREMENTAL || !NO_INCREMENT.contains(e.first().code())) {
        throw e;
      }
      return copy("", e.first().message(), one);
    }
  }

  private BackupHeader copy(String basedOn, String reason, Try one) throws IOException {
    PhysicalBackup.Options options =
        new PhysicalBackup.Options(newId(), basedOn, one.wish().workers(), reason);
    return new PhysicalBackup(repository, server.source(), options)
        .take(server.changes(), one.progress(), one.lease()::check);
  }

  private static String unread(BackupCatalog.Contents contents) {
    return contents.damaged().isEmpty()
        ? ""
        : " can be read; damaged: "
            + contents.damaged().stream()
                .map(BackupCatalog.Damaged::id)
                .collect(Collectors.joining(", "));
  }

  private Optional<BackupSummary> base(BackupCatalog.Contents contents) throws IOException {
    WalSource.Position now = server.log().current();
    return contents.backups().stream()
        .filter(BackupSummary::isRestorable)
        .filter(backup -> backup.start().systemIdentifier().equals(now.systemIdentifier()))
        .filter(backup -> backup.start().timeline() == now.timeline())
        .findFirst();
  }

  /** The time without colons, then eight hexadecimal digits. */
  private String newId() {
    byte[] random = new byte[4];
    ThreadLocalRandom.current().nextBytes(random);
    return "backup-" + TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
  }

  /** The receiver of this backup, which may not have been needed so far. */
  private record Hearing(WalReceiver receiver, Troubles troubles) {}

  private void awaitLog(BackupHeader header, Hearing hearing, Progress progress)
      throws IOException {
    Instant deadline = Instant.now().plus(LOG_PATIENCE);
    progress.report("waiting for the log", 0, 0);
    while (!catalog.completeIfLogIsStored(header.id(), clock.instant())) {
      if (Instant.now().isAfter(deadline)) {
        throw Problem.of(
                "BACKUP_LOG_MISSING",
                ProblemKind.EXTERNAL,
                "the log up to "
                    + header.stop().position()
                    + " was not stored within "
                    + LOG_PATIENCE.toSeconds()
                    + " seconds, so backup "
                    + header.id()
                    + " does not count")
            .withDetail(
                hearing.troubles().last.map(Problem::message).orElse("Nothing was heard of it."))
            .withRemedy("Check that the server lets this role replicate, then back up again.")
            .exception();
      }
      if (server.log().keep().before() != WalSource.Keeping.Before.RECEIVED) {
        // Whoever received it at the beginning has gone; starting twice does nothing.
        hearing.receiver().start();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Reads a backup back and notes that it is sound.
   *
   * @throws ProblemException with everything that is damaged
   */
  public void verify(String id, Progress progress) throws IOException {
    List<Problem> findings = new Verification(repository).verify(id, progress);
    if (!findings.isEmpty()) {
      throw new ProblemException(findings);
    }
    catalog.prove(id, BackupState.VERIFIED, clock.instant());
  }
}
