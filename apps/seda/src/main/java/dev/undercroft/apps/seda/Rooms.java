package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.ROOMS;
import static dev.undercroft.apps.seda.db.Tables.ROOM_MEMBERSHIPS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectCount;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Makes rooms, lists them, takes members in and lets them go. Thread-safe. */
final class Rooms {

  static final int MOST = 100;

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_DESCRIPTION = 1000;

  private final Data data;

  Rooms(Data data) {
    this.data = data;
  }

  /** What a new room is to be. */
  record Wanted(String name, Optional<String> description, Optional<Boolean> isPrivate) {}

  /**
   * Makes a room; its creator is its first member and moderator.
   *
   * @throws ProblemException if name or description are no good
   */
  RoomView createRoom(Caller caller, Wanted wanted) {
    UUID creator = Callers.id(caller);
    String name = wanted.name().strip();
    check(name, wanted.description());
    return data.withTenant(
        caller.context(),
        db -> {
          UUID room =
              db.insertInto(ROOMS)
                  .set(ROOMS.NAME, name)
                  .set(ROOMS.DESCRIPTION, wanted.description().orElse(null))
                  .set(ROOMS.IS_PRIVATE, wanted.isPrivate().orElse(false))
                  .set(ROOMS.CREATED_BY, creator)
                  .returningResult(ROOMS.ID)
                  .fetchSingle()
                  .value1();
          db.insertInto(ROOM_MEMBERSHIPS)
              .set(ROOM_MEMBERSHIPS.ROOM_ID, room)
              .set(ROOM_MEMBERSHIPS.USER_ID, creator)
              .set(ROOM_MEMBERSHIPS.IS_MOD, true)
              .execute();
          return views(db, ROOMS.ID.eq(room), 1, 0).getFirst();
        });
  }

  /** The rooms that the caller may read, newest first. */
  List<RoomView> rooms(Caller caller, int limit, int offset) {
    return data.readTenant(
        caller.context(), db -> views(db, org.jooq.impl.DSL.noCondition(), limit, offset));
  }

  /**
   * Makes the caller a member; nothing changes for who is one already. A private room is as unknown
   * to those who were not taken in as one that does not exist.
   *
   * @throws ProblemException if the caller sees no such room
   */
  void joinRoom(Caller caller, UUID room) {
    data.useTenant(
        caller.context(),
        db -> {
          demand(db, room);
          if (!isMember(db, caller, room)) {
            db.insertInto(ROOM_MEMBERSHIPS)
                .set(ROOM_MEMBERSHIPS.ROOM_ID, room)
                .set(ROOM_MEMBERSHIPS.USER_ID, Callers.id(caller))
                .onConflictDoNothing()
                .execute();
          }
        });
  }

  /**
   * Ends the caller's membership.
   *
   * @throws ProblemException if the caller made the room, or is no member
   */
  void leaveRoom(Caller caller, UUID room) {
    data.useTenant(
        caller.context(),
        db -> {
          demand(db, room);
          if (db.fetchExists(
              ROOMS, ROOMS.ID.eq(room).and(ROOMS.CREATED_BY.eq(Callers.id(caller))))) {
            throw Problem.of(
                    "SEDA_CREATOR_STAYS",
                    ProblemKind.CONFLICT,
                    "the creator of the room " + room + " cannot leave it")
                .withRemedy("Delete the room when nobody needs it any more.")
                .exception();
          }
          int gone =
              db.deleteFrom(ROOM_MEMBERSHIPS)
                  .where(ROOM_MEMBERSHIPS.ROOM_ID.eq(room))
                  .and(ROOM_MEMBERSHIPS.USER_ID.eq(Callers.id(caller)))
                  .execute();
          if (gone == 0) {
            throw notAMember(room);
          }
        });
  }

  /**
   * Takes somebody into a room, also into a private one.
   *
   * @throws ProblemException if the caller did not make this room, or the user is unknown
   */
  void takeIn(Caller caller, UUID room, UUID user) {
    Wordings.REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              demand(db, room);
              if (!db.fetchExists(
                  ROOMS, ROOMS.ID.eq(room).and(ROOMS.CREATED_BY.eq(Callers.id(caller))))) {
                throw Problem.of(
                        "SEDA_CREATOR_INVITES",
                        ProblemKind.FORBIDDEN,
                        "only the creator takes members into the room " + room)
                    .withRemedy("Ask the creator of the room.")
                    .exception();
              }
              return db.insertInto(ROOM_MEMBERSHIPS)
                  .set(ROOM_MEMBERSHIPS.ROOM_ID, room)
                  .set(ROOM_MEMBERSHIPS.USER_ID, user)
                  .onConflictDoNothing()
                  .execute();
            }));
  }

  /**
   * Demands that the caller of this transaction sees the room.
   *
   * @throws ProblemException of kind not found
   */
  static void demand(DSLContext db, UUID room) {
    if (!db.fetchExists(ROOMS, ROOMS.ID.eq(room))) {
      throw Problem.of("SEDA_ROOM_UNKNOWN", ProblemKind.NOT_FOUND, "there is no room " + room)
          .withRemedy("GET /chat/rooms lists the rooms you may enter.")
          .exception();
    }
  }

  /**
   * Demands that the caller sees the room and is a member of it.
   *
   * @throws ProblemException of kind not found or forbidden
   */
  static void demandMembership(DSLContext db, Caller caller, UUID room) {
    demand(db, room);
    if (!isMember(db, caller, room)) {
      throw Problem.of(
              "SEDA_NOT_A_MEMBER", ProblemKind.FORBIDDEN, "you are no member of the room " + room)
          .withRemedy("Join it first: POST /chat/rooms/" + room + "/join.")
          .exception();
    }
  }

  private static boolean isMember(DSLContext db, Caller caller, UUID room) {
    return db.fetchExists(
        ROOM_MEMBERSHIPS,
        ROOM_MEMBERSHIPS.ROOM_ID.eq(room).and(ROOM_MEMBERSHIPS.USER_ID.eq(Callers.id(caller))));
  }

  private static ProblemException notAMember(UUID room) {
    return Problem.of(
            "SEDA_NOT_A_MEMBER", ProblemKind.CONFLICT, "you are no member of the room " + room)
        .withRemedy("There is nothing to leave.")
        .exception();
  }

  private static List<RoomView> views(DSLContext db, Condition wanted, int limit, int offset) {
    return db.select(
            ROOMS.ID,
            ROOMS.NAME,
            ROOMS.DESCRIPTION,
            ROOMS.IS_PRIVATE,
            ROOMS.CREATED_BY,
            ROOMS.CREATED_AT,
            field(
                selectCount().from(ROOM_MEMBERSHIPS).where(ROOM_MEMBERSHIPS.ROOM_ID.eq(ROOMS.ID))))
        .from(ROOMS)
        .where(wanted)
        .orderBy(ROOMS.CREATED_AT.desc(), ROOMS.ID.desc())
        .limit(limit)
        .offset(offset)
        .fetch(row ->
            new RoomView(
                row.value1(),
                row.value2(),
                Optional.ofNullable(row.value3()),
                row.value4(),
                row.value5(),
                row.value6(),
                row.value7()));
  }

  private static void check(String name, Optional<String> description) {
    List<Problem> problems = new ArrayList<>();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      problems.add(
          Problem.of(
                  "SEDA_ROOM_NAME",
                  ProblemKind.INPUT,
                  "the name of the room has " + name.length() + " characters")
              .withRemedy("Give 1 to " + LONGEST_NAME + " characters.")
              .with("pointer", "/name"));
    }
    if (description
        .filter(text -> text.length() > LONGEST_DESCRIPTION || text.indexOf('\0') >= 0)
        .isPresent()) {
      problems.add(
          Problem.of(
                  "SEDA_ROOM_DESCRIPTION",
                  ProblemKind.INPUT,
                  "the description of the room is longer than "
                      + LONGEST_DESCRIPTION
                      + " characters")
              .withRemedy("Shorten it.")
              .with("pointer", "/description"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }
}
