package dev.undercroft.cli;

import dev.undercroft.platform.SafetyAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One answer of each kind about safety. */
final class CannedSafety {

  private CannedSafety() {}

  static List<SafetyAnswer> all() {
    return List.of(
        new SafetyAnswer.Isolation(List.of(isolated(List.of(), List.of()))),
        new SafetyAnswer.Security(32, List.of()),
        new SafetyAnswer.AuditSealed(
            List.of(new SafetyAnswer.SealedLog("shop", "audit_log", 2, 40, "ab".repeat(32)))),
        new SafetyAnswer.AuditChecked(
            List.of(new SafetyAnswer.CheckedLog("shop", "audit_log", 40, 1, List.of()))),
        new SafetyAnswer.AuditArchived(
            List.of(new SafetyAnswer.ArchivedLog("shop", "audit_log", 12, Optional.empty()))),
        new SafetyAnswer.AuditFound(
            List.of(
                new SafetyAnswer.Entry(
                    "shop",
                    Optional.of(Instant.parse("2026-02-03T04:05:06Z")),
                    "{action=UPDATE}"))));
  }

  static SafetyAnswer.Finding finding() {
    return new SafetyAnswer.Finding(
        "shop",
        "rls-off",
        "public.item",
        "row policies are switched off",
        "ALTER TABLE ... ENABLE ROW LEVEL SECURITY.",
        "8.4.1");
  }

  static SafetyAnswer.Isolated isolated(List<SafetyAnswer.Finding> findings, List<String> missed) {
    return new SafetyAnswer.Isolated(
        "shop",
        "shop_dev",
        7,
        29,
        1234,
        findings,
        List.of(),
        List.of(new SafetyAnswer.Remark("unique-probe public.item_name_key", "names are public")),
        new SafetyAnswer.Leaks(90, 90 - missed.size(), 88, 60, missed),
        Duration.ofSeconds(4));
  }
}
