package dev.undercroft.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  @Tag("CP-042")
  void backups_older_than_the_days_go_and_younger_ones_stay() {
    List<BackupSummary> daily = daily(40, BackupState.COMPLETE);
    List<String> kept = kept(Retention.ofDays(30), daily, Set.of());
    assertThat(kept).hasSize(30).contains("b00", "b29").doesNotContain("b30");
  }

  @Test
  void the_newest_that_can_be_restored_and_the_newest_proven_are_never_removed() {
    List<BackupSummary> backups =
        List.of(
            backup("broken", 100, BackupState.CREATED),
            backup("complete", 200, BackupState.COMPLETE),
            backup("older", 250, BackupState.COMPLETE),
            backup("drilled", 300, BackupState.DRILLED),
            backup("oldest", 400, BackupState.DRILLED));
    assertThat(kept(Retention.ofDays(1), backups, Set.of())).containsExactly("complete", "drilled");
  }

  @Test
  void pinned_backups_stay() {
    assertThat(kept(Retention.ofDays(1), daily(10, BackupState.VERIFIED), Set.of("b07")))
        .containsExactly("b00", "b07");
  }

  @Test
  void grandfather_father_son_keeps_the_newest_of_each_period() {
    Retention rules = new Retention(0, 0, 3, 2, 2, 1);
    List<Retention.Verdict> plan = rules.plan(daily(60, BackupState.COMPLETE), Set.of(), NOW);
    assertThat(plan.stream().filter(Retention.Verdict::kept).map(v -> v.backup().id()))
        .containsExactly("b00", "b01", "b02", "b06", "b21");
    assertThat(plan.getFirst().reasons())
        .contains(
            "newest of its day", "newest of its week", "newest of its month", "newest of its year");
  }

  @Test
  void a_count_keeps_that_many_of_the_newest() {
    assertThat(kept(new Retention(0, 4, 0, 0, 0, 0), daily(9, BackupState.COMPLETE), Set.of()))
        .containsExactly("b00", "b01", "b02", "b03");
  }

  private static List<String> kept(
      Retention rules, List<BackupSummary> backups, Set<String> pinned) {
    return rules.plan(backups, pinned, NOW).stream()
        .filter(Retention.Verdict::kept)
        .map(verdict -> verdict.backup().id())
        .toList();
  }

  private static List<BackupSummary> daily(int count, BackupState state) {
    List<BackupSummary> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(backup(String.format("b%02d", i), i * 24 + 1, state));
    }
    return all;
  }

  private static BackupSummary backup(String id, int hoursAgo, BackupState state) {
    Instant at = NOW.minus(Duration.ofHours(hoursAgo));
    Lsn position = new Lsn(1);
    StartPoint start = new StartPoint(position, 1, "1", 180006, true, 1 << 24, at);
    return new BackupSummary(id, "", "", state, start, at, position, 1, 1, 0, Optional.empty());
  }
}
