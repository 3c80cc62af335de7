package dev.undercroft.safekeeping;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When backups are due, as five fields of crontab(5) in a time zone say. A time that a change of
 * the clock leaves out comes at the change; one that comes twice counts once. Immutable,
 * thread-safe.
 */
public final class BackupSchedule {

  private final ExecutionTime times;
  private final ZoneId zone;

  /**
   * Reads a schedule.
   *
   * @param fields minute, hour, day of month, month, day of week
   * @throws IllegalArgumentException when they are not five fields of cron
   */
  public BackupSchedule(String fields, ZoneId zone) {
    this.times =
        ExecutionTime.forCron(
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                .parse(fields));
    this.zone = zone;
  }

  /** The next time after a moment; empty when there is none, as for 30 February. */
  public Optional<Instant> next(Instant after) {
    ZonedDateTime clock = after.atZone(zone).withZoneSameLocal(ZoneOffset.UTC);
    Optional<ZonedDateTime> shown = times.nextExecution(clock);
    while (shown.isPresent() && !instant(shown.get()).isAfter(after)) {
      shown = times.nextExecution(shown.get());
    }
    return shown.map(this::instant);
  }

  /** The last time at or before a moment. */
  public Optional<Instant> last(Instant before) {
    ZonedDateTime clock = before.atZone(zone).withZoneSameLocal(ZoneOffset.UTC).plusSeconds(1);
    Optional<ZonedDateTime> shown = times.lastExecution(clock);
    while (shown.isPresent() && instant(shown.get()).isAfter(before)) {
      shown = times.lastExecution(shown.get());
    }
    return shown.map(this::instant);
  }

  /** When a clock of the zone shows this; the library itself would skip a day without that hour. */
  private Instant instant(ZonedDateTime shown) {
    return shown.toLocalDateTime().atZone(zone).toInstant();
  }

  /** Whether a time of the schedule has passed since the last backup. */
  public boolean isOverdue(Optional<Instant> lastBackup, Instant now) {
    return last(now)
        .filter(due -> lastBackup.filter(at -> !at.isBefore(due)).isEmpty())
        .isPresent();
  }
}
