package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.Rooms.RoomView;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Live;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.util.Optional;
import java.util.UUID;

/** The state of a room, as it changes. Thread-safe. */
final class RoomNews {

  private final Rooms rooms;
  private final Services services;

  RoomNews(Rooms rooms, Services services) {
    this.rooms = rooms;
    this.services = services;
  }

  /** A room that is not for the follower any more. */
  record Left(UUID id) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/rooms/{id}/events", "An open room, as its state changes")
            .describedAs(
                "Events: `room`, its state now; `left`: it is closed, or you may see it no more;"
                    + " `ready` at the beginning; `reset`: load the room again, news were lost.")
            .with(Parameter.path("id", UUID.class, "the room"))
            .with(Live.LAST_EVENT)
            .streams(RoomView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::follow));
  }

  private Response follow(Request request) {
    Caller caller = request.caller();
    UUID id = request.path("id", UUID.class);
    if (rooms.getRoomById(caller, id).isEmpty()) {
      throw Wordings.unknown("open room", id).exception();
    }
    return services
        .live()
        .follow(
            request,
            "room/" + id,
            key ->
                rooms
                    .getRoomById(caller, UUID.fromString(key))
                    .map(room -> new Live.Update("room", room))
                    .or(() -> Optional.of(new Live.Update("left", new Left(id)))));
  }
}
