package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.CREATE_HISTORY_PARTITIONS;
import static dev.undercroft.apps.audiotricks.db.Tables.SESSIONS;

import dev.undercroft.sdk.Data;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What must be done from time to time. Thread-safe; every call can be repeated. */
final class Upkeep {

  static final int MONTHS_AHEAD = 3;

  private final Data data;
  private final InstantSource clock;

  Upkeep(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** Removes sessions that have ended; returns how many. */
  int deleteExpiredSessions() {
    return data.withSystem(db ->
        db.deleteFrom(SESSIONS)
            .where(SESSIONS.EXPIRES_AT.lt(Times.stored(clock.instant())))
            .execute());
  }

  /** Makes the partitions of this month and the next ones; returns the names of new ones. */
  List<String> makeMonthsAhead() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return data.withSystem(db ->
        db.selectFrom(CREATE_HISTORY_PARTITIONS.call(today, MONTHS_AHEAD + 1))
            .fetch(CREATE_HISTORY_PARTITIONS.CREATE_HISTORY_PARTITIONS_));
  }
}
