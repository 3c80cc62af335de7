package dev.undercroft.backups;

import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.Retention;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.safekeeping.ReachableWindow;

/** Backups as the platform shows them. Stateless, thread-safe. */
final class BackupTexts {

  private BackupTexts() {}

  static BackupAnswer.Line line(BackupSummary backup) {
    return new BackupAnswer.Line(
        backup.id(),
        switch (backup.state()) {
          case CREATED -> BackupAnswer.State.CREATED;
          case COMPLETE -> BackupAnswer.State.COMPLETE;
          case VERIFIED -> BackupAnswer.State.VERIFIED;
          case DRILLED -> BackupAnswer.State.DRILLED;
        },
        backup.basedOn(),
        backup.reason(),
        backup.start().at(),
        backup.stoppedAt(),
        backup.bytes(),
        backup.storedBytes(),
        backup.corruptPages(),
        backup.provenAt(),
        version(backup.start().serverVersion()),
        backup.start().systemIdentifier(),
        backup.start().timeline());
  }

  /** 180006 is 18.6. */
  static String version(int number) {
    return number / 10_000 + "." + number % 10_000;
  }

  static BackupAnswer.Window window(ReachableWindow window) {
    return new BackupAnswer.Window(
        window.from(), window.until(), window.backup(), window.timeline());
  }

  static BackupAnswer.Verdict verdict(Retention.Verdict verdict) {
    return new BackupAnswer.Verdict(verdict.backup().id(), verdict.reasons());
  }
}
