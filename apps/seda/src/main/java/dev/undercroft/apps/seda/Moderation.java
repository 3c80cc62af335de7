package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.MESSAGES;
import static dev.undercroft.apps.seda.db.Tables.MODERATION_LOGS;
import static dev.undercroft.apps.seda.db.Tables.REACTIONS;
import static dev.undercroft.apps.seda.db.Tables.ROOM_MEMBERSHIPS;
import static dev.undercroft.apps.seda.db.Tables.USERS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.greatest;

import dev.undercroft.apps.seda.db.enums.ModerationAction;
import dev.undercroft.apps.seda.db.enums.UserRole;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;

/**
 * What the moderators of a room may do there. The deed and its log are one transaction, of the
 * application itself: it reaches other people's rows, after the rules here have allowed it.
 * Thread-safe.
 */
final class Moderation {

  static final Duration MUTE = Duration.ofHours(24);

  private static final int LONGEST_REASON = 500;

  private final Data data;

  Moderation(Data data) {
    this.data = data;
  }

  /**
   * What is to be done.
   *
   * @param targetId the message or, for a mute, the user
   */
  record Deed(UUID targetId, ModerationAction action, Optional<String> reason) {}

  /**
   * Moderates.
   *
   * @throws ProblemException if the caller does not moderate this room, or the target is not in it
   */
  void moderate(Caller caller, UUID room, Deed deed) {
    UUID moderator = Callers.id(caller);
    if (deed.reason()
        .filter(reason -> reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0)
        .isPresent()) {
      throw Problem.of(
              "SEDA_REASON_TOO_LONG",
              ProblemKind.INPUT,
              "the reason has more than " + LONGEST_REASON + " characters")
          .withRemedy("Shorten it.")
          .with("pointer", "/reason")
          .exception();
    }
    data.useTenant(caller.context(), db -> Rooms.demand(db, room));
    data.useSystem(db -> {
      demandModerator(db, moderator, room);
      switch (deed.action()) {
        case DELETE_MESSAGE -> delete(db, room, deed.targetId());
        case CLEAR_REACTIONS -> clearReactions(db, room, deed.targetId());
        case MUTE_USER -> mute(db, room, deed.targetId());
      }
      db.insertInto(MODERATION_LOGS)
          .set(MODERATION_LOGS.ROOM_ID, room.toString())
          .set(MODERATION_LOGS.MODERATOR_ID, moderator.toString())
          .set(MODERATION_LOGS.TARGET_ID, deed.targetId().toString())
          .set(MODERATION_LOGS.ACTION, deed.action())
          .set(MODERATION_LOGS.REASON, deed.reason().orElse(null))
          .execute();
    });
  }

  private static void demandModerator(DSLContext db, UUID moderator, UUID room) {
    boolean moderates =
        db.fetchExists(
            ROOM_MEMBERSHIPS,
            ROOM_MEMBERSHIPS
                .ROOM_ID
                .eq(room)
                .and(ROOM_MEMBERSHIPS.USER_ID.eq(moderator))
                .and(ROOM_MEMBERSHIPS.IS_MOD));
    if (!moderates) {
      throw Problem.of(
              "SEDA_MODERATORS_ONLY", ProblemKind.FORBIDDEN, "you do not moderate the room " + room)
          .withRemedy("Ask a moderator of the room.")
          .exception();
    }
  }

  private static void delete(DSLContext db, UUID room, UUID message) {
    int deleted =
        db.update(MESSAGES)
            .set(MESSAGES.DELETED_AT, currentInstant())
            .where(MESSAGES.ID.eq(message))
            .and(MESSAGES.ROOM_ID.eq(room))
            .and(MESSAGES.DELETED_AT.isNull())
            .execute();
    if (deleted == 0) {
      throw notInRoom("message", message, room);
    }
  }

  private static void clearReactions(DSLContext db, UUID room, UUID message) {
    if (!db.fetchExists(MESSAGES, MESSAGES.ID.eq(message).and(MESSAGES.ROOM_ID.eq(room)))) {
      throw notInRoom("message", message, room);
    }
    db.deleteFrom(REACTIONS).where(REACTIONS.MESSAGE_ID.eq(message)).execute();
  }

  private static void mute(DSLContext db, UUID room, UUID user) {
    boolean member =
        db.fetchExists(
            ROOM_MEMBERSHIPS,
            ROOM_MEMBERSHIPS.ROOM_ID.eq(room).and(ROOM_MEMBERSHIPS.USER_ID.eq(user)));
    if (!member) {
      throw notInRoom("user", user, room);
    }
    var until = currentInstant().plus(DayToSecond.valueOf(MUTE));
    int muted =
        db.update(USERS)
            .set(USERS.MUTED_UNTIL, greatest(USERS.MUTED_UNTIL, until))
            .where(USERS.ID.eq(user))
            .and(USERS.ROLE.notIn(UserRole.ADMIN, UserRole.SUPER_ADMIN))
            .execute();
    if (muted == 0) {
      throw Problem.of(
              "SEDA_ADMIN_NOT_MUTED", ProblemKind.FORBIDDEN, "administrators cannot be muted")
          .withRemedy("Ask a super administrator.")
          .exception();
    }
  }

  private static ProblemException notInRoom(String what, UUID id, UUID room) {
    return Problem.of(
            "SEDA_TARGET_UNKNOWN",
            ProblemKind.NOT_FOUND,
            "there is no " + what + " " + id + " in the room " + room)
        .withRemedy("Reload the room.")
        .exception();
  }
}
