package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.GUESTS;
import static dev.undercroft.apps.simplycaster.db.Tables.ROOMS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectCount;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.db.enums.RoomStatus;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Records;

/**
 * Rooms: made by a host, opened, closed for good. A closed room is no longer found by any of these
 * operations; its recordings stay. Thread-safe.
 */
final class Rooms {

  static final int MOST_OPEN = 5;
  static final int MOST_LISTED = 500;

  /** Whatever decides about seats or the state of a room takes turns by this name and its id. */
  static final String TURN = "simplycaster.room";

  private static final DateTimeFormatter IN_NAMES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter IN_SLUGS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Data data;
  private final InstantSource clock;

  Rooms(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** A room with the number of guests who are in it. Immutable. */
  record RoomView(
      UUID id,
      Optional<String> name,
      Optional<String> slug,
      RoomStatus status,
      int maxParticipants,
      boolean allowVideo,
      UUID hostId,
      Optional<Instant> recordingStartedAt,
      Optional<Instant> recordingStoppedAt,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> closedAt,
      int activeGuests) {}

  /** What a new room is to be; absent is as usual. */
  record Wanted(
      Optional<String> name,
      Optional<String> slug,
      Optional<Integer> maxParticipants,
      Optional<Boolean> allowVideo) {}

  /** The open room, if the caller may see it. */
  Optional<RoomView> getRoomById(Caller caller, UUID id) {
    return data.readTenant(
        caller.context(), db -> open(db, ROOMS.ID.eq(id), 1).stream().findFirst());
  }

  /** The open rooms that the caller may see, newest first. */
  List<RoomView> getActiveRooms(Caller caller) {
    return data.readTenant(caller.context(), db -> open(db, noCondition(), MOST_LISTED));
  }

  /** The open rooms of a host that the caller may see, newest first. */
  List<RoomView> getRoomsByHostId(Caller caller, UUID host) {
    return data.readTenant(caller.context(), db -> open(db, ROOMS.HOST_ID.eq(host), MOST_LISTED));
  }

  /**
   * Makes a room for the caller.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no host, has five open rooms
   *     already, or the wishes are no good
   */
  RoomView createRoom(Actor actor, Wanted wanted) {
    actor.demandHost();
    Instant now = clock.instant();
    Texts texts = new Texts();
    String name = texts.line("name", wanted.name().orElse("Room " + IN_NAMES.format(now)), 255);
    long seats = texts.number("maxParticipants", wanted.maxParticipants().orElse(10), 1, 100);
    String slug = wanted.slug().orElseGet(() -> Slug.of(name, "room"));
    if (!slug.equals(Slug.of(slug, ""))) {
      texts.add("slug", "is no name for links", "Use lower-case letters, digits and hyphens.");
    }
    texts.demand();
    boolean video = wanted.allowVideo().orElse(true);
    return data.withTenant(
        actor.context(),
        db -> {
          demandFewOpen(db, actor);
          New room = new New(name, slug, (int) seats, video);
          String later = slug + "-" + IN_SLUGS.format(now);
          String unique = later + "-" + UUID.randomUUID().toString().substring(0, 8);
          UUID id =
              insert(db, actor, room)
                  .or(() -> insert(db, actor, room.withSlug(later)))
                  .or(() -> insert(db, actor, room.withSlug(unique)))
                  .orElseThrow(() ->
                      Wordings.state(
                              "SLUG_TAKEN",
                              "an open room has the name " + slug + " in links",
                              "Choose another.")
                          .exception());
          AuditLogs.note(db, actor, Deed.on("room.created", "rooms", id).with("name", name));
          return open(db, ROOMS.ID.eq(id), 1).getFirst();
        });
  }

  /** What is inserted. */
  private record New(String name, String slug, int seats, boolean video) {
    New withSlug(String other) {
      return new New(name, other, seats, video);
    }
  }

  /** The caller may not see who has a slug, so that the attempt alone tells. */
  private static Optional<UUID> insert(DSLContext db, Actor actor, New room) {
    return db.insertInto(ROOMS)
        .set(ROOMS.NAME, room.name())
        .set(ROOMS.SLUG, room.slug())
        .set(ROOMS.MAX_PARTICIPANTS, room.seats())
        .set(ROOMS.ALLOW_VIDEO, room.video())
        .set(ROOMS.HOST_ID, actor.id())
        .onConflictDoNothing()
        .returningResult(ROOMS.ID)
        .fetchOptional(ROOMS.ID);
  }

  private static void demandFewOpen(DSLContext db, Actor actor) {
    Turn.take(db, "simplycaster.rooms", actor.id());
    int open = db.fetchCount(ROOMS, ROOMS.HOST_ID.eq(actor.id()).and(ROOMS.CLOSED_AT.isNull()));
    if (open >= MOST_OPEN) {
      throw Wordings.state(
              "TOO_MANY_ROOMS", "you have " + open + " open rooms", "Close one of them first.")
          .exception();
    }
  }

  /**
   * Opens a waiting room for work.
   *
   * @throws dev.undercroft.base.ProblemException if it is not the caller's, or not waiting
   */
  RoomView activate(Actor actor, UUID room) {
    actor.demandHost();
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              demandOpen(db, room);
              db.update(ROOMS)
                  .set(ROOMS.STATUS, RoomStatus.active)
                  .where(ROOMS.ID.eq(room))
                  .execute();
              AuditLogs.note(db, actor, Deed.on("room.opened", "rooms", room));
              return open(db, ROOMS.ID.eq(room), 1).getFirst();
            }));
  }

  /**
   * Closes a room for good: a running recording is stopped, everyone in it leaves.
   *
   * @throws dev.undercroft.base.ProblemException if it is not the caller's, or closed already
   */
  RoomView closeRoom(Actor actor, UUID room) {
    actor.demandHost();
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              close(db, actor, room);
              return views(db, ROOMS.ID.eq(room), 1).getFirst();
            }));
  }

  private static void close(DSLContext db, Actor actor, UUID room) {
    Turn.take(db, TURN, room);
    if (demandOpen(db, room).status() == RoomStatus.recording) {
      Recordings.stopIn(db, actor, room);
    }
    db.update(ROOMS)
        .set(ROOMS.STATUS, RoomStatus.closed)
        .set(ROOMS.CLOSED_AT, currentInstant())
        .where(ROOMS.ID.eq(room))
        .execute();
    AuditLogs.note(db, actor, Deed.on("room.closed", "rooms", room));
  }

  /** Closes the open rooms of a host, in the order in which two such calls cannot block another. */
  static void closeAllOf(DSLContext db, Actor actor, UUID host) {
    List<UUID> open =
        db.select(ROOMS.ID)
            .from(ROOMS)
            .where(ROOMS.HOST_ID.eq(host).and(ROOMS.CLOSED_AT.isNull()))
            .orderBy(ROOMS.ID)
            .fetch(ROOMS.ID);
    for (UUID room : open) {
      Turn.take(db, TURN, room);
      if (!open(db, ROOMS.ID.eq(room), 1).isEmpty()) {
        close(db, actor, room);
      }
    }
  }

  /**
   * Demands an open room that the caller may see.
   *
   * @throws dev.undercroft.base.ProblemException of kind not found
   */
  static RoomView demandOpen(DSLContext db, UUID room) {
    return open(db, ROOMS.ID.eq(room), 1).stream()
        .findFirst()
        .orElseThrow(() -> Wordings.unknown("open room", room).exception());
  }

  private static List<RoomView> open(DSLContext db, Condition wanted, int limit) {
    return views(db, ROOMS.CLOSED_AT.isNull().and(wanted), limit);
  }

  private static List<RoomView> views(DSLContext db, Condition wanted, int limit) {
    return db.select(
            ROOMS.ID,
            ROOMS.NAME.convertFrom(Optional::ofNullable),
            ROOMS.SLUG.convertFrom(Optional::ofNullable),
            ROOMS.STATUS,
            ROOMS.MAX_PARTICIPANTS,
            ROOMS.ALLOW_VIDEO,
            ROOMS.HOST_ID,
            ROOMS.RECORDING_STARTED_AT.convertFrom(Optional::ofNullable),
            ROOMS.RECORDING_STOPPED_AT.convertFrom(Optional::ofNullable),
            ROOMS.CREATED_AT,
            ROOMS.UPDATED_AT,
            ROOMS.CLOSED_AT.convertFrom(Optional::ofNullable),
            field(
                selectCount().from(GUESTS).where(GUESTS.ROOM_ID.eq(ROOMS.ID).and(Guests.PRESENT))))
        .from(ROOMS)
        .where(wanted)
        .orderBy(ROOMS.CREATED_AT.desc(), ROOMS.ID.desc())
        .limit(limit)
        .fetch(Records.mapping(RoomView::new));
  }
}
