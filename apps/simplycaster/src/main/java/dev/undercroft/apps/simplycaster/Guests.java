package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.GUESTS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.Rooms.RoomView;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.OpaqueToken;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Records;

/** Guests: invited by the host with a magic link, who stay, leave or are kicked. Thread-safe. */
final class Guests {

  static final int USUAL_HOURS = 24;
  static final int MOST_HOURS = 168;

  /** Neither left nor kicked. */
  static final Condition PRESENT = GUESTS.LEFT_AT.isNull().and(GUESTS.KICKED_AT.isNull());

  private final Data data;
  private final String baseUrl;
  private final InstantSource clock;

  /**
   * Guests.
   *
   * @param baseUrl where links lead, without a slash at its end
   */
  Guests(Data data, String baseUrl, InstantSource clock) {
    this.data = data;
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  /** A guest, without the token. Immutable. */
  record GuestView(
      UUID id,
      UUID roomId,
      String displayName,
      Optional<String> email,
      Instant tokenExpiresAt,
      Instant joinedAt,
      Instant lastSeenAt,
      Optional<Instant> leftAt,
      Optional<Instant> kickedAt) {}

  /** Whom to invite. */
  record Wanted(String displayName, Optional<String> email, Optional<Integer> hours) {}

  /**
   * A guest and the link, which is shown this once.
   *
   * @param link leads into the room; whoever has it is the guest
   */
  record Invited(GuestView guest, String link) {}

  /**
   * Invites a guest into a room of the caller.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is not the room's host, it is closed
   *     or full, or the address is in it already
   */
  Invited inviteGuest(Actor actor, UUID room, Wanted wanted) {
    actor.demandHost();
    Texts texts = new Texts();
    String name = texts.line("displayName", wanted.displayName(), 100);
    Optional<String> email = wanted.email().map(address -> texts.email("email", address));
    long hours = texts.number("hours", wanted.hours().orElse(USUAL_HOURS), 1, MOST_HOURS);
    texts.demand();
    OpaqueToken token = OpaqueToken.lasting(Duration.ofHours(hours), clock.instant());
    return data.withTenant(
        actor.context(),
        db -> {
          Turn.take(db, Rooms.TURN, room);
          RoomView place = Rooms.demandOpen(db, room);
          demandHost(actor, place);
          demandSeat(place);
          email.ifPresent(address -> demandAbsent(db, room, address));
          UUID guest =
              db.insertInto(GUESTS)
                  .set(GUESTS.ROOM_ID, room)
                  .set(GUESTS.DISPLAY_NAME, name)
                  .set(GUESTS.EMAIL, email.orElse(null))
                  .set(GUESTS.ACCESS_TOKEN_HASH, token.hash())
                  .set(GUESTS.TOKEN_EXPIRES_AT, token.expiresAt())
                  .set(GUESTS.INVITED_BY, actor.id())
                  .returningResult(GUESTS.ID)
                  .fetchSingle()
                  .value1();
          AuditLogs.note(db, actor, Deed.on("guest.invited", "guests", guest).with("room", room));
          return new Invited(view(db, guest).orElseThrow(), link(token, place));
        });
  }

  private String link(OpaqueToken token, RoomView room) {
    return baseUrl
        + "/invite?token="
        + token.secret().reveal()
        + "&room="
        + room.slug().orElse(room.id().toString());
  }

  /**
   * Sends a guest out; the link stops working.
   *
   * @throws dev.undercroft.base.ProblemException if there is no such present guest in a room of the
   *     caller
   */
  void kick(Actor actor, UUID guest) {
    actor.demandHost();
    data.useTenant(
        actor.context(),
        db -> {
          int kicked =
              db.update(GUESTS)
                  .set(GUESTS.KICKED_AT, currentInstant())
                  .set(GUESTS.KICKED_BY, actor.id())
                  .where(GUESTS.ID.eq(guest).and(PRESENT))
                  .execute();
          if (kicked == 0) {
            throw Wordings.unknown("present guest", guest).exception();
          }
          AuditLogs.note(db, actor, Deed.on("guest.kicked", "guests", guest));
        });
  }

  /**
   * The guest who is asking leaves; the link stops working.
   *
   * @throws dev.undercroft.base.ProblemException if no present guest is asking
   */
  void leave(Actor actor) {
    demandGuest(actor);
    data.useTenant(
        actor.context(),
        db -> {
          AuditLogs.note(db, actor, Deed.on("guest.left", "guests", actor.id()));
          int left =
              db.update(GUESTS)
                  .set(GUESTS.LEFT_AT, currentInstant())
                  .where(GUESTS.ID.eq(actor.id()).and(PRESENT))
                  .execute();
          if (left == 0) {
            throw Wordings.unknown("present guest", actor.id()).exception();
          }
        });
  }

  /**
   * The guest who is asking is still there.
   *
   * @throws dev.undercroft.base.ProblemException if no present guest is asking
   */
  GuestView seen(Actor actor) {
    demandGuest(actor);
    return data.withTenant(
        actor.context(),
        db -> {
          db.update(GUESTS)
              .set(GUESTS.LAST_SEEN_AT, greatest(GUESTS.JOINED_AT, currentInstant()))
              .where(GUESTS.ID.eq(actor.id()).and(PRESENT))
              .execute();
          return view(db, actor.id())
              .orElseThrow(() -> Wordings.unknown("guest", actor.id()).exception());
        });
  }

  /** The guest, if the caller may see it. */
  Optional<GuestView> getGuestById(Caller caller, UUID guest) {
    return data.readTenant(caller.context(), db -> view(db, guest));
  }

  /** The present guests of a room that the caller may see, in the order they came. */
  List<GuestView> getActiveGuestsByRoomId(Caller caller, UUID room) {
    return data.readTenant(caller.context(), db -> views(db, GUESTS.ROOM_ID.eq(room).and(PRESENT)));
  }

  /** Whose link this is: only of a present guest, and only until it expires. */
  Optional<GuestView> getGuestByToken(Secret shown) {
    return OpaqueToken.hashOf(shown)
        .flatMap(hash ->
            data.readSystem(db ->
                views(
                        db,
                        GUESTS
                            .ACCESS_TOKEN_HASH
                            .eq(hash)
                            .and(PRESENT)
                            .and(GUESTS.TOKEN_EXPIRES_AT.gt(currentInstant())))
                    .stream()
                    .findFirst()));
  }

  private static void demandGuest(Actor actor) {
    if (!actor.isGuest()) {
      throw Problem.of("SIMPLYCASTER_FORBIDDEN", ProblemKind.FORBIDDEN, "this is for guests")
          .withRemedy("Come by the link of an invitation.")
          .exception();
    }
  }

  private static void demandHost(Actor actor, RoomView room) {
    if (!room.hostId().equals(actor.id())) {
      throw Problem.of(
              "SIMPLYCASTER_FORBIDDEN", ProblemKind.FORBIDDEN, "only the host of a room invites")
          .withRemedy("Ask the host.")
          .exception();
    }
  }

  /** The host has a seat, too. */
  private static void demandSeat(RoomView room) {
    if (room.activeGuests() + 1 >= room.maxParticipants()) {
      throw Wordings.state(
              "ROOM_FULL",
              "the room has " + room.maxParticipants() + " seats, all taken",
              "Let somebody leave first.")
          .exception();
    }
  }

  private static void demandAbsent(DSLContext db, UUID room, String email) {
    if (db.fetchExists(
        GUESTS, GUESTS.ROOM_ID.eq(room).and(PRESENT).and(lower(GUESTS.EMAIL).eq(email)))) {
      throw Wordings.state(
              "GUEST_PRESENT", "this address is in the room already", "Use the link that was sent.")
          .exception();
    }
  }

  private static Optional<GuestView> view(DSLContext db, UUID guest) {
    return views(db, GUESTS.ID.eq(guest)).stream().findFirst();
  }

  private static List<GuestView> views(DSLContext db, Condition wanted) {
    return db.select(
            GUESTS.ID,
            GUESTS.ROOM_ID,
            GUESTS.DISPLAY_NAME,
            GUESTS.EMAIL.convertFrom(Optional::ofNullable),
            GUESTS.TOKEN_EXPIRES_AT,
            GUESTS.JOINED_AT,
            GUESTS.LAST_SEEN_AT,
            GUESTS.LEFT_AT.convertFrom(Optional::ofNullable),
            GUESTS.KICKED_AT.convertFrom(Optional::ofNullable))
        .from(GUESTS)
        .where(wanted)
        .orderBy(GUESTS.JOINED_AT, GUESTS.ID)
        .fetch(Records.mapping(GuestView::new));
  }
}
