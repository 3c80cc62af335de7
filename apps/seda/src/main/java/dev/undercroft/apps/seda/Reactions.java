package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.REACTIONS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.RateLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;

/** Emoji under messages. Thread-safe. */
final class Reactions {

  static final int MOST_PER_MINUTE = 30;

  /** One character as a reader sees it, of however many code points. */
  private static final Pattern ONE_CHARACTER = Pattern.compile("\\X");

  private static final int MOST_CODE_POINTS = 16;

  private final Data data;
  private final RateLimit pace;

  Reactions(Data data, InstantSource clock) {
    this.data = data;
    this.pace = new RateLimit(MOST_PER_MINUTE, Duration.ofMinutes(1), clock);
  }

  /**
   * Reacts to a message.
   *
   * @throws dev.undercroft.base.ProblemException if it is no emoji, the caller has reacted with it
   *     already, is no member of the room, or the message is deleted
   */
  void addReaction(Caller caller, UUID message, String emoji) {
    check(emoji);
    UUID user = Callers.id(caller);
    pace.take(user.toString());
    Wordings.REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              UUID room = Messages.demandVisible(db, message);
              Rooms.demandMembership(db, caller, room);
              return db.insertInto(REACTIONS)
                  .set(REACTIONS.MESSAGE_ID, message)
                  .set(REACTIONS.USER_ID, user)
                  .set(REACTIONS.EMOJI, emoji)
                  .execute();
            }));
  }

  /**
   * Takes a reaction back.
   *
   * @throws dev.undercroft.base.ProblemException if the caller has not reacted so
   */
  void removeReaction(Caller caller, UUID message, String emoji) {
    UUID user = Callers.id(caller);
    pace.take(user.toString());
    data.useTenant(
        caller.context(),
        db -> {
          UUID room = Messages.demandVisible(db, message);
          Rooms.demandMembership(db, caller, room);
          int gone =
              db.deleteFrom(REACTIONS)
                  .where(REACTIONS.MESSAGE_ID.eq(message))
                  .and(REACTIONS.USER_ID.eq(user))
                  .and(REACTIONS.EMOJI.eq(emoji))
                  .execute();
          if (gone == 0) {
            throw Problem.of(
                    "SEDA_REACTION_UNKNOWN",
                    ProblemKind.NOT_FOUND,
                    "you have not reacted with this emoji")
                .withRemedy("Reload the message.")
                .exception();
          }
        });
  }

  private static void check(String emoji) {
    boolean one =
        ONE_CHARACTER.matcher(emoji).matches()
            && emoji.codePointCount(0, emoji.length()) <= MOST_CODE_POINTS
            && emoji.codePoints().anyMatch(Character::isEmoji)
            && !emoji.matches("[0-9#*]");
    if (!one) {
      throw Problem.of("SEDA_EMOJI", ProblemKind.INPUT, "a reaction is one emoji")
          .withRemedy("Send exactly one.")
          .with("pointer", "/emoji")
          .exception();
    }
  }
}
