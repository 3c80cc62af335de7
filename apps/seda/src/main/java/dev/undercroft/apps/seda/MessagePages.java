package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.ARTIST_PROFILES;
import static dev.undercroft.apps.seda.db.Tables.MESSAGES;
import static dev.undercroft.apps.seda.db.Tables.REACTIONS;
import static dev.undercroft.apps.seda.db.Tables.USERS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.undercroft.apps.seda.db.tables.Messages;
import dev.undercroft.apps.seda.db.tables.Users;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Records;

/** Reads pages of messages. Thread-safe. */
final class MessagePages {

  static final int USUAL_LIMIT = 50;
  static final int MOST = 100;

  private static final int REPLIES = 3;

  private static final Messages REPLY = MESSAGES.as("reply");
  private static final Users REPLIER = USERS.as("replier");
  private static final Users REACTOR = USERS.as("reactor");

  private final Data data;

  MessagePages(Data data) {
    this.data = data;
  }

  /**
   * Which page.
   *
   * @param room the room
   * @param cursor continue after this message; none for the newest
   * @param parent only replies to this message; none for all messages
   * @param limit how many at most, 1 to {@value #MOST}
   */
  record Asked(UUID room, Optional<UUID> cursor, Optional<UUID> parent, int limit) {}

  /**
   * Messages of a room that are not deleted, newest first, each with its author, reactions and
   * first replies, in one statement. A page joins the one before without gap or repeat, also when
   * messages arrive meanwhile: the cursor is a place in the order of time and id.
   *
   * @throws ProblemException if the caller sees no such room, or no message of it is the cursor
   */
  List<MessageView> getMessages(Caller caller, Asked asked) {
    return data.readTenant(
        caller.context(),
        db -> {
          List<MessageView> page = page(db, asked);
          if (page.isEmpty()) {
            demandPlace(db, asked);
          }
          return page;
        });
  }

  /** One message, as a page shows it. */
  static Optional<MessageView> one(DSLContext db, UUID message) {
    return views(db, MESSAGES.ID.eq(message), 1).stream().findFirst();
  }

  private static List<MessageView> page(DSLContext db, Asked asked) {
    Condition wanted = MESSAGES.ROOM_ID.eq(asked.room());
    wanted = wanted.and(asked.cursor().map(MessagePages::after).orElse(noCondition()));
    wanted = wanted.and(asked.parent().map(MESSAGES.PARENT_ID::eq).orElse(noCondition()));
    return views(db, wanted, asked.limit());
  }

  private static Condition after(UUID cursor) {
    Messages place = MESSAGES.as("place");
    Field<Instant> time = field(select(place.CREATED_AT).from(place).where(place.ID.eq(cursor)));
    Field<UUID> id = field(select(place.ID).from(place).where(place.ID.eq(cursor)));
    return row(MESSAGES.CREATED_AT, MESSAGES.ID).lessThan(row(time, id));
  }

  private static List<MessageView> views(DSLContext db, Condition wanted, int limit) {
    return db.select(
            MESSAGES.ID,
            MESSAGES.ROOM_ID,
            MESSAGES.TYPE,
            MESSAGES.TEXT.convertFrom(Optional::ofNullable),
            trackRef(MESSAGES.TRACK_REF),
            MESSAGES.PARENT_ID.convertFrom(Optional::ofNullable),
            row(USERS.ID, USERS.EMAIL, Artists.profileOrNone()).mapping(Author::new),
            reactions(),
            replies(),
            MESSAGES.CREATED_AT,
            MESSAGES.UPDATED_AT)
        .from(MESSAGES)
        .join(USERS)
        .on(USERS.ID.eq(MESSAGES.USER_ID))
        .leftJoin(ARTIST_PROFILES)
        .on(ARTIST_PROFILES.USER_ID.eq(USERS.ID))
        .where(MESSAGES.DELETED_AT.isNull().and(wanted))
        .orderBy(MESSAGES.CREATED_AT.desc(), MESSAGES.ID.desc())
        .limit(limit)
        .fetch(Records.mapping(MessageView::new));
  }

  private static Field<List<ReactionView>> reactions() {
    return multiset(
            select(
                    REACTIONS.ID,
                    REACTIONS.EMOJI,
                    row(REACTOR.ID, REACTOR.EMAIL).mapping(Person::new),
                    REACTIONS.CREATED_AT)
                .from(REACTIONS)
                .join(REACTOR)
                .on(REACTOR.ID.eq(REACTIONS.USER_ID))
                .where(REACTIONS.MESSAGE_ID.eq(MESSAGES.ID))
                .orderBy(REACTIONS.CREATED_AT, REACTIONS.ID))
        .convertFrom(found -> found.map(Records.mapping(ReactionView::new)));
  }

  private static Field<List<ReplyView>> replies() {
    return multiset(
            select(
                    REPLY.ID,
                    REPLY.TYPE,
                    REPLY.TEXT.convertFrom(Optional::ofNullable),
                    trackRef(REPLY.TRACK_REF),
                    row(REPLIER.ID, REPLIER.EMAIL).mapping(Person::new),
                    REPLY.CREATED_AT,
                    REPLY.UPDATED_AT)
                .from(REPLY)
                .join(REPLIER)
                .on(REPLIER.ID.eq(REPLY.USER_ID))
                .where(REPLY.PARENT_ID.eq(MESSAGES.ID).and(REPLY.DELETED_AT.isNull()))
                .orderBy(REPLY.CREATED_AT, REPLY.ID)
                .limit(REPLIES))
        .convertFrom(found -> found.map(Records.mapping(ReplyView::new)));
  }

  private static Field<Optional<Map<String, Object>>> trackRef(Field<JSONB> column) {
    return column.convertFrom(value -> Optional.ofNullable(JsonColumn.object(value)));
  }

  private static void demandPlace(DSLContext db, Asked asked) {
    Rooms.demand(db, asked.room());
    if (asked.cursor().isPresent()
        && !db.fetchExists(
            MESSAGES,
            MESSAGES.ID.eq(asked.cursor().get()).and(MESSAGES.ROOM_ID.eq(asked.room())))) {
      throw Problem.of(
              "SEDA_CURSOR_UNKNOWN",
              ProblemKind.INPUT,
              "the cursor " + asked.cursor().get() + " is no message of this room")
          .withRemedy("Give the id of the last message of the page before.")
          .with("parameter", "cursor")
          .exception();
    }
  }
}
