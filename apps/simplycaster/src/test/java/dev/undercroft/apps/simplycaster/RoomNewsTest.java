package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Events;
import dev.undercroft.stage.Events.Event;
import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a room reaches those who are in it, as it changes. */
@DatabaseTest
class RoomNewsTest {

  private final Stage stage;

  RoomNewsTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Answer a(String request, String... json) throws Exception {
    return host(stage, Scene.HOST_A, request, json);
  }

  private static String state(Event event) {
    return event.name()
        + " "
        + event.data().path("status").asString("")
        + " "
        + event.data().path("activeGuests").asInt();
  }

  private static Events follow(Stage.Voice voice, String room) throws Exception {
    Events events = voice.follow("/rooms/" + room + "/events");
    assertThat(events.status()).isEqualTo(200);
    assertThat(events.next().name()).isEqualTo("ready");
    return events;
  }

  @Test
  void a_host_and_a_guest_see_how_a_room_goes_on_until_they_have_left() throws Exception {
    String room = id(a("POST /rooms", "{\"name\": \"First\"}"));
    refused(
        host(stage, Scene.HOST_B, "GET /rooms/" + room + "/events"), 404, "SIMPLYCASTER_UNKNOWN");
    Answer invited = done(a("POST /rooms/" + room + "/guests", "{\"displayName\": \"Gus\"}"));
    String guest = invited.json().at("/guest/id").asString();
    try (Events host = follow(stage.as(Scene.HOST_A, "host"), room);
        Events gus = follow(stage.as(guest, "guest"), room)) {
      done(a("POST /rooms/" + room + "/open"));
      assertThat(state(host.next())).isEqualTo("room active 1");
      assertThat(state(gus.next())).isEqualTo("room active 1");
      done(a("POST /guests/" + guest + "/kick"));
      assertThat(state(host.next())).isEqualTo("room active 0");
      assertThat(gus.next().name()).isEqualTo("left");
      done(a("POST /rooms/" + room + "/recordings"));
      assertThat(state(host.next())).isEqualTo("room recording 0");
      assertThat(gus.next().data().properties()).hasSize(1);
      done(a("POST /rooms/" + room + "/close"));
      Event last = host.next();
      while (last.name().equals("room")) {
        last = host.next();
      }
      assertThat(last.name()).isEqualTo("left");
    }
  }
}
