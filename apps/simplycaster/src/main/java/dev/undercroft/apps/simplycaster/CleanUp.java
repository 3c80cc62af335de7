package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.GUESTS;
import static dev.undercroft.apps.simplycaster.db.Tables.PASSWORD_RESET_TOKENS;
import static dev.undercroft.apps.simplycaster.db.Tables.USER_INVITATIONS;
import static org.jooq.impl.DSL.currentInstant;

import dev.undercroft.apps.simplycaster.db.enums.InvitationStatus;
import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.util.Map;
import org.jooq.types.DayToSecond;

/** Ends what has run out. Thread-safe; two runs at once do no harm. */
final class CleanUp {

  /** Reset tokens are kept this long after they were used or ran out, for inquiries. */
  static final Duration KEPT = Duration.ofDays(30);

  static final Duration EVERY = Duration.ofHours(1);

  private final Data data;

  CleanUp(Data data) {
    this.data = data;
  }

  /**
   * What a run did.
   *
   * @param removedResetTokens deleted
   * @param expiredInvitations marked expired
   * @param departedGuests marked as having left
   */
  record Outcome(int removedResetTokens, int expiredInvitations, int departedGuests) {

    /** By short names, for logs and measurements. */
    Map<String, Integer> counts() {
      return Map.of(
          "reset-tokens",
          removedResetTokens,
          "invitations",
          expiredInvitations,
          "guests",
          departedGuests);
    }
  }

  /** Removes old reset tokens, and closes invitations and guests whose time has passed. */
  Outcome run() {
    return data.withSystem(db -> {
      var kept = currentInstant().minus(DayToSecond.valueOf(KEPT));
      int tokens =
          db.deleteFrom(PASSWORD_RESET_TOKENS)
              .where(PASSWORD_RESET_TOKENS.EXPIRES_AT.lt(kept))
              .or(PASSWORD_RESET_TOKENS.USED_AT.lt(kept))
              .execute();
      int invitations =
          db.update(USER_INVITATIONS)
              .set(USER_INVITATIONS.STATUS, InvitationStatus.expired)
              .where(USER_INVITATIONS.STATUS.eq(InvitationStatus.pending))
              .and(USER_INVITATIONS.EXPIRES_AT.le(currentInstant()))
              .execute();
      int guests =
          db.update(GUESTS)
              .set(GUESTS.LEFT_AT, currentInstant())
              .where(Guests.PRESENT.and(GUESTS.TOKEN_EXPIRES_AT.le(currentInstant())))
              .execute();
      return new Outcome(tokens, invitations, guests);
    });
  }
}
