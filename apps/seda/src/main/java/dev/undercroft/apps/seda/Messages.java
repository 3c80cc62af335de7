package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.MESSAGES;
import static dev.undercroft.apps.seda.db.Tables.MODERATION_LOGS;
import static dev.undercroft.apps.seda.db.Tables.TRACK_REFS;
import static dev.undercroft.apps.seda.db.Tables.USERS;
import static org.jooq.impl.DSL.currentInstant;

import dev.undercroft.apps.seda.db.enums.MessageType;
import dev.undercroft.apps.seda.db.enums.ModerationAction;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import dev.undercroft.sdk.Turn;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/** Sends, edits and deletes messages. Thread-safe. */
final class Messages {

  static final int MOST_PER_MINUTE = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LARGEST_TRACK = 8192;

  private final Data data;

  Messages(Data data) {
    this.data = data;
  }

  /**
   * What is to be said.
   *
   * @param text may be absent beside a track
   * @param type TEXT, TRACK_CARD or REPLY; what fits when absent
   * @param parentId the message this one replies to
   * @param trackRef what is known about a track; makes the message a track card
   */
  record Draft(
      Optional<String> text,
      Optional<MessageType> type,
      Optional<UUID> parentId,
      Optional<Map<String, Object>> trackRef) {}

  /**
   * Says something in a room.
   *
   * @throws ProblemException if the caller is no member, is muted, says too much at once or what
   *     may not be said
   */
  MessageView sendMessage(Caller caller, UUID room, Draft draft) {
    UUID author = Callers.id(caller);
    @Nullable String text = text(draft);
    Optional<JSONB> track = draft.trackRef().map(Messages::trackColumn);
    MessageType type = type(draft);
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              Rooms.demandMembership(db, caller, room);
              demandPace(db, author, room);
              draft.trackRef().ifPresent(fields -> keepTrack(db, fields));
              UUID message =
                  db.insertInto(MESSAGES)
                      .set(MESSAGES.ROOM_ID, room)
                      .set(MESSAGES.USER_ID, author)
                      .set(MESSAGES.TYPE, type)
                      .set(MESSAGES.TEXT, text)
                      .set(MESSAGES.TRACK_REF, track.orElse(null))
                      .set(MESSAGES.PARENT_ID, draft.parentId().orElse(null))
                      .returningResult(MESSAGES.ID)
                      .fetchSingle()
                      .value1();
              return MessagePages.one(db, message).orElseThrow();
            }));
  }

  /**
   * Says it in other words; only the author may.
   *
   * @throws ProblemException if there is no such message of the caller, or the new text may not be
   *     said
   */
  MessageView editMessage(Caller caller, UUID message, String newText) {
    String text = MessageText.accept(newText);
    return data.withTenant(
        caller.context(),
        db -> {
          UUID author = Callers.id(caller);
          demandVisible(db, message);
          demandVoice(db, author);
          int changed =
              db.update(MESSAGES)
                  .set(MESSAGES.TEXT, text)
                  .where(MESSAGES.ID.eq(message))
                  .and(MESSAGES.USER_ID.eq(author))
                  .and(MESSAGES.DELETED_AT.isNull())
                  .execute();
          if (changed == 0) {
            throw notYours(message);
          }
          return MessagePages.one(db, message).orElseThrow();
        });
  }

  /**
   * Deletes a message softly: the author, or a moderator of its room, whose deed is logged.
   *
   * @throws ProblemException if there is no such message, or the caller is neither
   */
  void deleteMessage(Caller caller, UUID message) {
    data.useTenant(
        caller.context(),
        db -> {
          UUID user = Callers.id(caller);
          demandVisible(db, message);
          var deleted =
              db.update(MESSAGES)
                  .set(MESSAGES.DELETED_AT, currentInstant())
                  .where(MESSAGES.ID.eq(message))
                  .and(MESSAGES.DELETED_AT.isNull())
                  .returningResult(MESSAGES.USER_ID, MESSAGES.ROOM_ID)
                  .fetchOptional()
                  .orElseThrow(() -> notYours(message));
          if (!deleted.value1().equals(user)) {
            db.insertInto(MODERATION_LOGS)
                .set(MODERATION_LOGS.ROOM_ID, deleted.value2().toString())
                .set(MODERATION_LOGS.MODERATOR_ID, user.toString())
                .set(MODERATION_LOGS.TARGET_ID, message.toString())
                .set(MODERATION_LOGS.ACTION, ModerationAction.DELETE_MESSAGE)
                .execute();
          }
        });
  }

  /**
   * Demands that the caller sees this message and it is not deleted.
   *
   * @return its room
   * @throws ProblemException of kind not found
   */
  static UUID demandVisible(DSLContext db, UUID message) {
    return db.select(MESSAGES.ROOM_ID)
        .from(MESSAGES)
        .where(MESSAGES.ID.eq(message).and(MESSAGES.DELETED_AT.isNull()))
        .fetchOptional(MESSAGES.ROOM_ID)
        .orElseThrow(() ->
            Problem.of(
                    "SEDA_MESSAGE_UNKNOWN", ProblemKind.NOT_FOUND, "there is no message " + message)
                .withRemedy("Reload the room.")
                .exception());
  }

  private static @Nullable String text(Draft draft) {
    if (draft.text().isEmpty() && draft.trackRef().isPresent()) {
      return null;
    }
    return MessageText.accept(draft.text().orElse(""));
  }

  private static MessageType type(Draft draft) {
    if (draft.type().filter(MessageType.SYSTEM::equals).isPresent()) {
      throw Problem.of(
              "SEDA_MESSAGE_TYPE",
              ProblemKind.INPUT,
              "messages of type SYSTEM are not sent by users")
          .withRemedy("Leave the type out.")
          .with("pointer", "/type")
          .exception();
    }
    if (draft.trackRef().isPresent()) {
      return MessageType.TRACK_CARD;
    }
    return draft.type().orElse(draft.parentId().isPresent() ? MessageType.REPLY : MessageType.TEXT);
  }

  private static JSONB trackColumn(Map<String, Object> fields) {
    JSONB column = JsonColumn.of(fields);
    if (column.data().length() > LARGEST_TRACK) {
      throw Problem.of(
              "SEDA_TRACK_TOO_LARGE",
              ProblemKind.INPUT,
              "the track reference has " + column.data().length() + " characters")
          .withRemedy("At most " + LARGEST_TRACK + " are kept.")
          .with("pointer", "/trackRef")
          .exception();
    }
    return column;
  }

  /** Keeps what is known of a track, unless it is known already. */
  private static void keepTrack(DSLContext db, Map<String, Object> fields) {
    if (fields.get("url") instanceof String url
        && fields.get("title") instanceof String title
        && fields.get("artist") instanceof String artist) {
      TrackLink.at(url)
          .ifPresent(link ->
              db.insertInto(TRACK_REFS)
                  .set(TRACK_REFS.PROVIDER, link.provider())
                  .set(TRACK_REFS.PROVIDER_ID, link.providerId())
                  .set(TRACK_REFS.URL, link.url())
                  .set(TRACK_REFS.TITLE, title)
                  .set(TRACK_REFS.ARTIST, artist)
                  .set(TRACK_REFS.ARTWORK, fields.get("artwork") instanceof String art ? art : null)
                  .set(
                      TRACK_REFS.DURATION,
                      fields.get("duration") instanceof Integer seconds && seconds > 0
                          ? seconds
                          : null)
                  .onConflictDoNothing()
                  .execute());
    }
  }

  /** One after the other, so that messages sent at once are counted, too. */
  private static void demandPace(DSLContext db, UUID author, UUID room) {
    Turn.take(db, "seda.message", author, room);
    int recent =
        db.fetchCount(
            MESSAGES,
            MESSAGES
                .ROOM_ID
                .eq(room)
                .and(MESSAGES.USER_ID.eq(author))
                .and(MESSAGES.CREATED_AT.gt(currentInstant().minus(DayToSecond.valueOf(MINUTE)))));
    if (recent >= MOST_PER_MINUTE) {
      throw Problem.of(
              "SEDA_TOO_MANY_MESSAGES",
              ProblemKind.THROTTLED,
              "you have sent " + recent + " messages to this room within a minute")
          .withRemedy("Wait a minute.")
          .with("retryAfter", MINUTE.toSeconds())
          .exception();
    }
  }

  private static void demandVoice(DSLContext db, UUID author) {
    if (db.fetchExists(USERS, USERS.ID.eq(author).and(USERS.MUTED_UNTIL.gt(currentInstant())))) {
      throw Problem.of(
              "SEDA_MUTED", ProblemKind.FORBIDDEN, "you are muted and cannot edit messages")
          .withRemedy("Wait until the mute has run out.")
          .exception();
    }
  }

  private static ProblemException notYours(UUID message) {
    return Problem.of(
            "SEDA_MESSAGE_OF_ANOTHER",
            ProblemKind.FORBIDDEN,
            "the message " + message + " is not yours")
        .withRemedy("Ask its author, or a moderator of the room.")
        .exception();
  }
}
