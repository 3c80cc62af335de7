package dev.undercroft.apps.seda;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;
import java.util.UUID;

/** Rooms over HTTP. */
final class RoomRoutes {

  private static final Parameter ROOM = Parameter.path("id", UUID.class, "the room");

  private final Rooms rooms;
  private final Moderation moderation;
  private final Politeness politeness;

  RoomRoutes(Rooms rooms, Moderation moderation, Politeness politeness) {
    this.rooms = rooms;
    this.moderation = moderation;
    this.politeness = politeness;
  }

  /** Rooms, newest first. */
  record RoomList(List<RoomView> rooms) {}

  /** Whom to take in. */
  record Invitation(UUID userId) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/chat/rooms", "Rooms you may read, newest first")
            .with(
                Parameter.query("limit", Integer.class, "how many")
                    .between(1, Rooms.MOST)
                    .byDefault("50"))
            .with(
                Parameter.query("offset", Integer.class, "how many to pass over")
                    .between(0, 1_000_000)
                    .byDefault("0"))
            .answers(RoomList.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::list)));
    routes.add(
        Route.post("/chat/rooms", "Makes a room")
            .takes(Rooms.Wanted.class)
            .answers(201, RoomView.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::create)));
    routes.add(
        Route.post("/chat/rooms/{id}/join", "Makes you a member")
            .with(ROOM)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::join)));
    declareMembers(routes);
  }

  private void declareMembers(Routes routes) {
    routes.add(
        Route.post("/chat/rooms/{id}/leave", "Ends your membership")
            .with(ROOM)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::leave)));
    routes.add(
        Route.post("/chat/rooms/{id}/members", "Takes somebody into your room")
            .with(ROOM)
            .takes(Invitation.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::takeIn)));
    routes.add(
        Route.post(
                "/chat/rooms/{id}/moderation",
                "Deletes a message, clears its reactions, or mutes a member for a day")
            .with(ROOM)
            .takes(Moderation.Deed.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::moderate)));
  }

  private Response list(Request request) {
    int limit = request.query("limit", Integer.class).orElseThrow();
    int offset = request.query("offset", Integer.class).orElseThrow();
    return Response.ok(new RoomList(rooms.rooms(request.caller(), limit, offset)));
  }

  private Response create(Request request) {
    RoomView room = rooms.createRoom(request.caller(), request.body(Rooms.Wanted.class));
    return Response.created("/chat/rooms/" + room.id(), room);
  }

  private Response join(Request request) {
    rooms.joinRoom(request.caller(), request.path("id", UUID.class));
    return Response.ok(new Said("Joined the room"));
  }

  private Response leave(Request request) {
    rooms.leaveRoom(request.caller(), request.path("id", UUID.class));
    return Response.ok(new Said("Left the room"));
  }

  private Response takeIn(Request request) {
    UUID user = request.body(Invitation.class).userId();
    rooms.takeIn(request.caller(), request.path("id", UUID.class), user);
    return Response.ok(new Said("Taken into the room"));
  }

  private Response moderate(Request request) {
    Moderation.Deed deed = request.body(Moderation.Deed.class);
    moderation.moderate(request.caller(), request.path("id", UUID.class), deed);
    return Response.ok(new Said("Done, and logged"));
  }
}
