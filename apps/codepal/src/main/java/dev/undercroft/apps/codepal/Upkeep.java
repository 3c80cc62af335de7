package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECTS;
import static dev.undercroft.apps.codepal.db.Tables.SESSIONS;
import static dev.undercroft.apps.codepal.db.Tables.VERIFICATION_TOKENS;

import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** What must be done from time to time. Thread-safe; can be repeated. */
final class Upkeep {

  /** How long the rows of a deleted project are kept. */
  static final Duration GRACE = Duration.ofDays(30);

  private final Data data;
  private final InstantSource clock;

  Upkeep(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /**
   * What was removed.
   *
   * @param sessions that had ended
   * @param tokens from letters that had ended
   * @param projects deleted longer ago than thirty days, with members and files
   */
  record Removed(int sessions, int tokens, int projects) {

    Map<String, Integer> counts() {
      return Map.of("sessions", sessions, "tokens", tokens, "projects", projects);
    }
  }

  /** Removes what has ended; all or nothing. */
  Removed clean() {
    Instant now = clock.instant();
    return data.withSystem(db ->
        new Removed(
            db.deleteFrom(SESSIONS).where(SESSIONS.EXPIRES.le(now)).execute(),
            db.deleteFrom(VERIFICATION_TOKENS).where(VERIFICATION_TOKENS.EXPIRES.le(now)).execute(),
            db.deleteFrom(PROJECTS)
                .where(PROJECTS.STATUS.eq("DELETED"))
                .and(PROJECTS.DELETED_AT.le(now.minus(GRACE)))
                .execute()));
  }
}
