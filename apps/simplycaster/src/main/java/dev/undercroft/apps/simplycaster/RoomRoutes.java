package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.Guests.GuestView;
import dev.undercroft.apps.simplycaster.Rooms.RoomView;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Handler;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;
import java.util.UUID;

/** Rooms and their guests over HTTP. */
final class RoomRoutes {

  private static final Parameter ROOM = Parameter.path("id", UUID.class, "the room");

  private final Rooms rooms;
  private final Guests guests;

  RoomRoutes(Rooms rooms, Guests guests) {
    this.rooms = rooms;
    this.guests = guests;
  }

  /** Open rooms, newest first. */
  record RoomList(List<RoomView> rooms) {}

  /** Guests in the order they came. */
  record GuestList(List<GuestView> guests) {}

  void declare(Routes routes) {
    routes.add(
        open(
            Route.get("/rooms", "Open rooms you may see, newest first"),
            RoomList.class,
            this::list));
    routes.add(
        open(
            Route.get("/hosts/{id}/rooms", "Open rooms of a host, newest first")
                .with(Parameter.path("id", UUID.class, "the host")),
            RoomList.class,
            this::ofHost));
    routes.add(
        Route.post("/rooms", "Makes a room")
            .takes(Rooms.Wanted.class)
            .answers(201, RoomView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::create));
    routes.add(
        open(Route.get("/rooms/{id}", "An open room").with(ROOM), RoomView.class, this::one));
    routes.add(
        open(
            Route.post("/rooms/{id}/open", "Opens a waiting room for work").with(ROOM),
            RoomView.class,
            request -> Response.ok(rooms.activate(Actor.of(request), id(request)))));
    routes.add(
        open(
            Route.post("/rooms/{id}/close", "Closes a room for good").with(ROOM),
            RoomView.class,
            request -> Response.ok(rooms.closeRoom(Actor.of(request), id(request)))));
    declareGuests(routes);
  }

  private void declareGuests(Routes routes) {
    routes.add(
        open(
            Route.get("/rooms/{id}/guests", "Who is in a room").with(ROOM),
            GuestList.class,
            request ->
                Response.ok(
                    new GuestList(guests.getActiveGuestsByRoomId(request.caller(), id(request))))));
    routes.add(
        Route.post("/rooms/{id}/guests", "Invites a guest by a magic link")
            .with(ROOM)
            .takes(Guests.Wanted.class)
            .answers(201, Guests.Invited.class)
            .openTo(Audience.TENANT)
            .handledBy(this::invite));
    routes.add(
        open(
            Route.post("/guests/{id}/kick", "Sends a guest out")
                .with(Parameter.path("id", UUID.class, "the guest")),
            Said.class,
            this::kick));
    routes.add(
        open(
            Route.get("/guests/me", "You, as a guest; also says that you are still there"),
            GuestView.class,
            request -> Response.ok(guests.seen(Actor.of(request)))));
    routes.add(open(Route.post("/guests/leave", "You leave"), Said.class, this::leave));
  }

  private static Route open(Route route, Class<?> answer, Handler handler) {
    return route.answers(answer).openTo(Audience.TENANT).handledBy(handler);
  }

  private static UUID id(Request request) {
    return request.path("id", UUID.class);
  }

  private Response list(Request request) {
    return Response.ok(new RoomList(rooms.getActiveRooms(request.caller())));
  }

  private Response ofHost(Request request) {
    return Response.ok(new RoomList(rooms.getRoomsByHostId(request.caller(), id(request))));
  }

  private Response create(Request request) {
    RoomView room = rooms.createRoom(Actor.of(request), request.body(Rooms.Wanted.class));
    return Response.created("/rooms/" + room.id(), room);
  }

  private Response one(Request request) {
    UUID id = id(request);
    return Response.ok(
        rooms
            .getRoomById(request.caller(), id)
            .orElseThrow(() -> Wordings.unknown("open room", id).exception()));
  }

  private Response invite(Request request) {
    Guests.Invited invited =
        guests.inviteGuest(Actor.of(request), id(request), request.body(Guests.Wanted.class));
    return Response.created("/guests/" + invited.guest().id(), invited);
  }

  private Response kick(Request request) {
    guests.kick(Actor.of(request), id(request));
    return Response.ok(new Said("Guest sent out"));
  }

  private Response leave(Request request) {
    guests.leave(Actor.of(request));
    return Response.ok(new Said("Goodbye"));
  }
}
