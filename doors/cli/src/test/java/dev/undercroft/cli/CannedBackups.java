package dev.undercroft.cli;

import dev.undercroft.platform.BackupAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One answer of each kind about backups. */
final class CannedBackups {

  private static final Instant THEN = Instant.parse("2026-02-03T04:05:06Z");

  private CannedBackups() {}

  static BackupAnswer.Line line(BackupAnswer.State state) {
    return new BackupAnswer.Line(
        "backup-1",
        state,
        "",
        "",
        THEN.minusSeconds(4),
        THEN,
        41_943_040L,
        5_242_880L,
        0,
        Optional.of(THEN),
        "18.6",
        "7412345678901234567",
        1);
  }

  static List<BackupAnswer> all() {
    BackupAnswer.Line line = line(BackupAnswer.State.VERIFIED);
    Duration second = Duration.ofSeconds(1);
    return List.of(
        new BackupAnswer.Made(line, "/srv/copies", second),
        new BackupAnswer.Listing(
            "/srv/copies",
            true,
            List.of(line),
            List.of(),
            List.of(new BackupAnswer.Window(THEN, THEN.plusSeconds(60), "backup-1", 1)),
            Optional.of(second)),
        details(line),
        new BackupAnswer.Checked(List.of("backup-1"), List.of()),
        new BackupAnswer.Removed(
            true, List.of(new BackupAnswer.Verdict("backup-1", List.of("pinned"))), 2, 1024),
        new BackupAnswer.Health(
            BackupAnswer.Condition.HEALTHY,
            Optional.of(line),
            1,
            Optional.of(second),
            Optional.empty(),
            List.of()),
        new BackupAnswer.TableRestored(
            "public.item", "shop", 3, "backup-1", Optional.of(THEN), List.of()),
        drilled(second),
        dumped(second),
        new BackupAnswer.Pinned("backup-1", Optional.of("a test"), Optional.empty()),
        new BackupAnswer.DumpRestored(
            "backup-1", "shop_dev", Optional.of("shop_dev_before_1"), List.of(), 1, 3, List.of()),
        restored(second));
  }

  private static BackupAnswer.Details details(BackupAnswer.Line line) {
    return new BackupAnswer.Details(
        line,
        1200,
        3,
        "0/3000028",
        "0/3000150",
        "ab".repeat(32),
        List.of("shop.public.item"),
        List.of());
  }

  private static BackupAnswer.Drilled drilled(Duration second) {
    return new BackupAnswer.Drilled(
        "backup-1",
        THEN,
        Optional.of(THEN),
        true,
        List.of(new BackupAnswer.Check("shop: rows", true, "3 rows in 1 tables")),
        second,
        second,
        second,
        second,
        Optional.of(second),
        second,
        second,
        THEN);
  }

  private static BackupAnswer.Dumped dumped(Duration second) {
    return new BackupAnswer.Dumped(
        List.of(
            new BackupAnswer.DumpLine(
                "backup-1",
                "shop",
                Path.of("/srv/shop/backups/backup-1.sql.gz"),
                Optional.empty(),
                4096,
                "ab".repeat(32),
                1,
                3,
                second)),
        List.of("backup-0.sql.gz"));
  }

  private static BackupAnswer.Restored restored(Duration second) {
    return new BackupAnswer.Restored(
        "backup-1",
        Path.of("/srv/restored"),
        Optional.of(Path.of("/srv/restored/before")),
        1,
        Optional.of(THEN),
        true,
        second,
        second,
        List.of("shop_dev"),
        List.of(),
        "undercroft up --data /srv/restored");
  }
}
