package dev.undercroft.apps.seda;

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

/** What is said in a room reaches who follows it, and nobody else. */
@DatabaseTest
class RoomNewsTest {

  private static final String PRIVATE = "/chat/rooms/" + People.PRIVATE_ROOM;

  private final PostgresDatabase database;
  private final Stage stage;

  RoomNewsTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Events follow(String user) throws Exception {
    Events events = stage.as(user, "USER").follow(PRIVATE + "/events");
    assertThat(events.status()).isEqualTo(200);
    assertThat(events.mediaType()).startsWith("text/event-stream");
    assertThat(events.next().name()).isEqualTo("ready");
    return events;
  }

  private String say(String text) throws Exception {
    Answer said =
        stage
            .as(People.ARTIST, "ARTIST")
            .ask("POST", PRIVATE + "/messages", "{\"text\": \"" + text + "\"}");
    assertThat(said.status()).as(said.body()).isEqualTo(201);
    return said.json().get("id").asString();
  }

  private static String text(Event event) {
    return event.name() + " " + event.data().path("text").asString("");
  }

  @Test
  void a_member_hears_what_is_said_changed_reacted_to_and_deleted() throws Exception {
    try (Events events = follow(People.LISTENER)) {
      String message = say("Hello");
      assertThat(text(events.next())).isEqualTo("message Hello");
      Stage.Voice artist = stage.as(People.ARTIST, "ARTIST");
      artist.ask("PATCH", "/chat/messages/" + message, "{\"text\": \"Hello there\"}");
      assertThat(text(events.next())).isEqualTo("message Hello there");
      artist.ask("POST", "/chat/messages/" + message + "/reactions", "{\"emoji\": \"🎷\"}");
      assertThat(events.next().data().get("reactions").get(0).get("emoji").asString())
          .isEqualTo("🎷");
      artist.ask("DELETE", "/chat/messages/" + message);
      Event deleted = events.next();
      assertThat(deleted.name()).isEqualTo("deleted");
      assertThat(deleted.data().get("id").asString()).isEqualTo(message);
    }
  }

  @Test
  void a_stranger_cannot_follow_and_who_has_left_hears_no_more() throws Exception {
    Answer refused = stage.as(People.STRANGER, "USER").ask("GET", PRIVATE + "/events");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("SEDA_ROOM_UNKNOWN");
    assertThat(stage.nobody().ask("GET", PRIVATE + "/events").status()).isEqualTo(401);
    try (Events left = follow(People.LISTENER);
        Events stays = follow(People.ARTIST)) {
      Answer gone = stage.as(People.LISTENER, "USER").ask("POST", PRIVATE + "/leave");
      assertThat(gone.status()).as(gone.body()).isEqualTo(200);
      say("Among us");
      assertThat(text(stays.next())).isEqualTo("message Among us");
      stage.services().live().close();
      assertThat(left.endsSilently()).isTrue();
    }
  }

  @Test
  void who_comes_back_gets_what_was_missed_or_is_told_to_load_again() throws Exception {
    String seen;
    try (Events events = follow(People.LISTENER)) {
      say("One");
      seen = events.next().id();
    }
    say("Two");
    say("Three");
    Stage.Voice listener = stage.as(People.LISTENER, "USER");
    try (Events events = listener.follow(PRIVATE + "/events", seen)) {
      Event ready = events.next();
      assertThat(ready.name() + " " + ready.id()).isEqualTo("ready " + seen);
      assertThat(text(events.next())).isEqualTo("message Two");
      assertThat(text(events.next())).isEqualTo("message Three");
    }
    for (String foreign : new String[] {"0123abcd-1", "nonsense", seen + "99"}) {
      try (Events events = listener.follow(PRIVATE + "/events", foreign)) {
        assertThat(events.next().name()).as(foreign).isEqualTo("reset");
        say(foreign);
        assertThat(text(events.next())).isEqualTo("message " + foreign);
      }
    }
  }

  @Test
  void a_lost_connection_to_the_database_is_told_and_made_again() throws Exception {
    try (Events events = follow(People.LISTENER)) {
      database.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where query like 'LISTEN%'"
              + " and datname = current_database()");
      assertThat(events.next().name()).isEqualTo("reset");
      say("Still here");
      assertThat(text(events.next())).isEqualTo("message Still here");
    }
  }

  @Test
  void nobody_keeps_more_than_ten_streams_open() throws Exception {
    Events[] open = new Events[10];
    try {
      for (int i = 0; i < open.length; i++) {
        open[i] = follow(People.LISTENER);
      }
      Answer eleventh = stage.as(People.LISTENER, "USER").ask("GET", PRIVATE + "/events");
      assertThat(eleventh.status() + " " + eleventh.code()).isEqualTo("429 SDK_LIVE_TOO_MANY");
      follow(People.ARTIST).close();
    } finally {
      for (Events events : open) {
        if (events != null) {
          events.close();
        }
      }
    }
  }
}
