package dev.undercroft.apps.seda;

import static dev.undercroft.apps.seda.db.Tables.MESSAGES;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Live;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;
import java.util.Optional;
import java.util.UUID;

/** What is said in a room, as it is said. Thread-safe. */
final class RoomNews {

  private final Data data;
  private final Services services;
  private final Politeness politeness;

  RoomNews(Services services, Politeness politeness) {
    this.data = services.data();
    this.services = services;
    this.politeness = politeness;
  }

  /** A message that is there no more. */
  record Gone(UUID id) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/chat/rooms/{id}/events", "What is said in a room, as it is said")
            .describedAs(
                "Events: `message`, a message that is new or has changed; `deleted`, with the id of"
                    + " one that is there no more; `ready` at the beginning; `reset`: load the room"
                    + " again, news were lost.")
            .with(Parameter.path("id", UUID.class, "the room"))
            .with(Live.LAST_EVENT)
            .streams(MessageView.class)
            .openTo(Audience.TENANT)
            .handledBy(politeness.polite(this::follow)));
  }

  private Response follow(Request request) {
    Caller caller = request.caller();
    UUID room = request.path("id", UUID.class);
    data.readTenant(
        caller.context(),
        db -> {
          Rooms.demand(db, room);
          return room;
        });
    return services
        .live()
        .follow(request, "room/" + room, key -> look(caller, UUID.fromString(key)));
  }

  /** Row policies decide anew each time whether the follower may read it. */
  private Optional<Live.Update> look(Caller caller, UUID message) {
    return data.readTenant(
        caller.context(),
        db ->
            MessagePages.one(db, message)
                .map(view -> new Live.Update("message", view))
                .or(() ->
                    db.fetchExists(
                            MESSAGES, MESSAGES.ID.eq(message).and(MESSAGES.DELETED_AT.isNotNull()))
                        ? Optional.of(new Live.Update("deleted", new Gone(message)))
                        : Optional.empty()));
  }
}
