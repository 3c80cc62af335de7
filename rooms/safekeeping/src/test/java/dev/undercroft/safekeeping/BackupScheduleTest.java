package dev.undercroft.safekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupScheduleTest {

  @ParameterizedTest
  @Tag("CP-033")
  @CsvSource({
    "0 2 * * *,      2026-11-21T01:59:59Z, 2026-11-21T02:00:00Z",
    "0 2 * * *,      2026-11-21T02:00:00Z, 2026-11-22T02:00:00Z",
    "'*/15 8-17 * * 1-5', 2026-11-20T17:45:00Z, 2026-11-23T08:00:00Z",
    "30 4 1 */3 *,   2026-11-21T00:00:00Z, 2027-01-01T04:30:00Z",
    "0 0 29 2 *,     2026-11-21T00:00:00Z, 2028-02-29T00:00:00Z",
    "'5,35 * * * 0', 2026-11-21T00:00:00Z, 2026-11-22T00:05:00Z"
  })
  @Tag("CP-041")
  void any_five_fields_run_at_their_times(String fields, Instant after, Instant next) {
    assertThat(new BackupSchedule(fields, ZoneOffset.UTC).next(after)).contains(next);
  }

  @Test
  void a_schedule_is_read_in_its_time_zone_over_changes_of_the_clock() {
    BackupSchedule nightly = new BackupSchedule("30 2 * * *", ZoneId.of("Europe/Berlin"));
    assertThat(nightly.next(Instant.parse("2026-03-27T12:00:00Z")))
        .contains(Instant.parse("2026-03-28T01:30:00Z"));
    Instant change = nightly.next(Instant.parse("2026-03-28T12:00:00Z")).orElseThrow();
    assertThat(change)
        .isBetween(Instant.parse("2026-03-29T00:59:00Z"), Instant.parse("2026-03-29T01:31:00Z"));
    Instant autumn = nightly.next(Instant.parse("2026-10-24T12:00:00Z")).orElseThrow();
    assertThat(nightly.next(autumn).orElseThrow()).isAfter(Instant.parse("2026-10-25T12:00:00Z"));
  }

  @Test
  void what_was_missed_while_nothing_ran_is_overdue() {
    BackupSchedule nightly = new BackupSchedule("0 2 * * *", ZoneOffset.UTC);
    Instant now = Instant.parse("2026-11-21T09:00:00Z");
    assertThat(nightly.isOverdue(Optional.empty(), now)).isTrue();
    assertThat(nightly.isOverdue(Optional.of(Instant.parse("2026-11-20T02:00:05Z")), now)).isTrue();
    assertThat(nightly.isOverdue(Optional.of(Instant.parse("2026-11-21T02:00:05Z")), now))
        .isFalse();
    assertThatThrownBy(() -> new BackupSchedule("every day", ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
