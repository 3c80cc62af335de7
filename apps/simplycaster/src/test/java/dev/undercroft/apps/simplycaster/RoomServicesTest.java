package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms, guests and recordings over HTTP. */
@DatabaseTest
class RoomServicesTest {

  private final PostgresDatabase database;
  private final Stage stage;

  RoomServicesTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Answer a(String request, String... json) throws Exception {
    return host(stage, Scene.HOST_A, request, json);
  }

  private Answer b(String request, String... json) throws Exception {
    return host(stage, Scene.HOST_B, request, json);
  }

  private String room(String name) throws Exception {
    return id(a("POST /rooms", "{\"name\": \"" + name + "\"}"));
  }

  private static List<String> names(Answer answer) {
    return done(answer)
        .json()
        .get("rooms")
        .valueStream()
        .map(room -> room.get("name").asString())
        .toList();
  }

  @Test
  @Tag("SC-055")
  void an_open_room_is_found_and_a_closed_one_is_not() throws Exception {
    String room = room("First");
    assertThat(a("GET /rooms/" + room).json().get("status").asString()).isEqualTo("waiting");
    refused(b("GET /rooms/" + room), 404, "SIMPLYCASTER_UNKNOWN");
    done(admin(stage, "GET /rooms/" + room));
    Answer closed = done(a("POST /rooms/" + room + "/close"));
    assertThat(closed.json().get("status").asString()).isEqualTo("closed");
    refused(a("GET /rooms/" + room), 404, "SIMPLYCASTER_UNKNOWN");
    refused(admin(stage, "GET /rooms/" + room), 404, "SIMPLYCASTER_UNKNOWN");
    refused(a("POST /rooms/" + room + "/close"), 404, "SIMPLYCASTER_UNKNOWN");
  }

  @Test
  @Tag("SC-056")
  @Tag("SC-057")
  void open_rooms_newest_first_of_everyone_and_of_a_host() throws Exception {
    room("First");
    String second = room("Second");
    room("Third");
    done(b("POST /rooms", "{\"name\": \"Other\"}"));
    done(a("POST /rooms/" + second + "/close"));
    assertThat(names(admin(stage, "GET /rooms"))).containsExactly("Other", "Third", "First");
    assertThat(names(a("GET /rooms"))).containsExactly("Third", "First");
    assertThat(names(admin(stage, "GET /hosts/" + Scene.HOST_A + "/rooms")))
        .containsExactly("Third", "First");
    assertThat(names(a("GET /hosts/" + Scene.HOST_B + "/rooms"))).isEmpty();
    assertThat(ask(stage.nobody(), "GET /rooms").status()).isEqualTo(401);
  }

  @Test
  @Tag("SC-018")
  void a_room_gets_a_name_and_a_slug_that_gives_way() throws Exception {
    Answer unnamed = done(a("POST /rooms", "{}"));
    assertThat(unnamed.json().get("name").asString())
        .matches("Room \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d");
    Answer one = done(a("POST /rooms", "{\"name\": \"Ünder Gröund!\"}"));
    assertThat(one.json().get("slug").asString()).isEqualTo("under-ground");
    Answer two = done(b("POST /rooms", "{\"name\": \"Under ground\"}"));
    assertThat(two.json().get("slug").asString()).matches("under-ground-\\d{17}");
    assertThat(one.json().get("maxParticipants").asInt()).isEqualTo(10);
    Answer wrong =
        a("POST /rooms", "{\"name\": \" \", \"slug\": \"A B\", \"maxParticipants\": 101}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("/name", "/slug", "/maxParticipants");
  }

  @Test
  void a_host_has_five_open_rooms_also_when_they_are_made_at_once() throws Exception {
    List<Callable<Integer>> makers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      makers.add(() -> a("POST /rooms", "{\"name\": \"x\"}").status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(makers)) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(Rooms.MOST_OPEN);
    refused(a("POST /rooms", "{}"), 409, "SIMPLYCASTER_TOO_MANY_ROOMS");
    done(b("POST /rooms", "{}"));
  }

  @Test
  @Tag("SC-017")
  void guests_who_are_invited_at_once_get_no_more_seats_than_there_are() throws Exception {
    String room = id(a("POST /rooms", "{\"name\": \"x\", \"maxParticipants\": 4}"));
    List<Callable<Integer>> invitations = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "Guest " + i;
      invitations.add(() -> invite(room, name, "").status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(invitations)) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(3);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(9);
    assertThat(database.value("select count(*) from guests")).isEqualTo("3");
  }

  private Answer invite(String room, String name, String more) throws Exception {
    return a("POST /rooms/" + room + "/guests", "{\"displayName\": \"" + name + "\"" + more + "}");
  }

  private static String token(Answer invited) {
    String link = done(invited).json().get("link").asString();
    return link.replaceAll(".*token=([\\w-]+)&.*", "$1");
  }

  @Test
  @Tag("SC-017")
  void a_magic_link_opens_one_room_until_the_guest_leaves() throws Exception {
    String room = room("First");
    room("Second");
    Answer invited = invite(room, "Greta", ", \"email\": \"Greta@Example.com\"");
    assertThat(invited.json().get("link").asString())
        .startsWith("http://localhost:8000/invite?token=")
        .endsWith("&room=first");
    assertThat(database.value("select access_token_hash ~ '^[0-9a-f]{64}$' from guests"))
        .isEqualTo("t");
    var guest = stage.bearer(token(invited));
    assertThat(done(ask(guest, "GET /guests/me")).json().get("displayName").asString())
        .isEqualTo("Greta");
    assertThat(names(ask(guest, "GET /rooms"))).containsExactly("First");
    assertThat(ask(guest, "POST /rooms", "{}").status()).isEqualTo(403);
    assertThat(ask(guest, "GET /users").json().get("users")).isEmpty();
    done(ask(guest, "POST /guests/leave"));
    assertThat(ask(guest, "GET /guests/me").status()).isEqualTo(401);
  }

  @Test
  @Tag("SC-017")
  void a_link_ends_by_expiry_kick_and_the_end_of_the_room() throws Exception {
    String room = room("First");
    Answer late = invite(room, "Late", ", \"hours\": 1");
    database.execute(
        "update guests set created_at = now() - interval '2 hours', token_expires_at = now() -"
            + " interval '1 second'");
    assertThat(ask(stage.bearer(token(late)), "GET /guests/me").status()).isEqualTo(401);
    Answer kicked = invite(room, "Kicked", "");
    String guest = kicked.json().get("guest").get("id").asString();
    refused(b("POST /guests/" + guest + "/kick"), 404, "SIMPLYCASTER_UNKNOWN");
    done(a("POST /guests/" + guest + "/kick"));
    refused(a("POST /guests/" + guest + "/kick"), 404, "SIMPLYCASTER_UNKNOWN");
    assertThat(ask(stage.bearer(token(kicked)), "GET /guests/me").status()).isEqualTo(401);
    Answer stays = invite(room, "Stays", "");
    done(ask(stage.bearer(token(stays)), "GET /guests/me"));
    done(a("POST /rooms/" + room + "/close"));
    assertThat(ask(stage.bearer(token(stays)), "GET /guests/me").status()).isEqualTo(401);
  }

  @Test
  void a_room_has_as_many_seats_as_it_says_and_an_address_one_of_them() throws Exception {
    String room = id(a("POST /rooms", "{\"name\": \"x\", \"maxParticipants\": 3}"));
    done(invite(room, "One", ", \"email\": \"one@example.com\""));
    refused(
        invite(room, "Again", ", \"email\": \"ONE@example.com\""),
        409,
        "SIMPLYCASTER_GUEST_PRESENT");
    done(invite(room, "Two", ""));
    refused(invite(room, "Three", ""), 409, "SIMPLYCASTER_ROOM_FULL");
    assertThat(a("GET /rooms/" + room + "/guests").json().get("guests")).hasSize(2);
    assertThat(a("GET /rooms/" + room).json().get("activeGuests").asInt()).isEqualTo(2);
    refused(
        b("POST /rooms/" + room + "/guests", "{\"displayName\": \"x\"}"),
        404,
        "SIMPLYCASTER_UNKNOWN");
    refused(
        admin(stage, "POST /rooms/" + room + "/guests", "{\"displayName\": \"x\"}"),
        403,
        "SIMPLYCASTER_FORBIDDEN");
    assertThat(invite(room, " ", ", \"hours\": 169, \"email\": \"x\"").body())
        .contains("/displayName", "/hours", "/email");
  }

  @Test
  @Tag("SC-019")
  @Tag("SC-044")
  void a_recording_goes_its_way_and_the_room_with_it() throws Exception {
    String room = room("Studio One");
    Answer started = done(a("POST /rooms/" + room + "/recordings"));
    String recording = started.json().get("id").asString();
    assertThat(started.json().get("folderName").asString())
        .matches("studio-one-\\d{8}-\\d{6}-\\w{8}");
    assertThat(a("GET /rooms/" + room).json().get("status").asString()).isEqualTo("recording");
    refused(a("POST /rooms/" + room + "/recordings"), 409, "SIMPLYCASTER_RECORDING_RUNS");
    refused(a("DELETE /recordings/" + recording), 409, "SIMPLYCASTER_RECORDING_RUNS");
    refused(a("POST /recordings/" + recording + "/complete"), 409, "SIMPLYCASTER_RECORDING_STATUS");
    Answer stopped = done(a("POST /recordings/" + recording + "/stop"));
    assertThat(stopped.json().get("status").asString()).isEqualTo("uploading");
    assertThat(a("GET /rooms/" + room).json().get("status").asString()).isEqualTo("active");
    refused(a("POST /recordings/" + recording + "/stop"), 409, "SIMPLYCASTER_RECORDING_STATUS");
    file(recording, "one.webm", 100, 61);
    file(recording, "two.webm", 23, 59);
    done(a("POST /recordings/" + recording + "/process"));
    Answer completed = done(a("POST /recordings/" + recording + "/complete"));
    assertThat(completed.json().get("durationSeconds").asInt()).isEqualTo(61);
    assertThat(completed.json().get("totalSizeBytes").asLong()).isEqualTo(123);
    refused(a("POST /recordings/" + recording + "/fail"), 409, "SIMPLYCASTER_RECORDING_STATUS");
    refused(file(recording, "late.webm", 1, 1), 409, "SIMPLYCASTER_RECORDING_STATUS");
    done(a("POST /rooms/" + room + "/recordings"));
  }

  private Answer file(String recording, String path, long size, int seconds) throws Exception {
    return a(
        "POST /recordings/" + recording + "/files",
        ("{\"fileName\": \"f\", \"filePath\": \"%s\", \"participantName\": \"A\","
                + " \"participantType\": \"host\", \"sizeBytes\": %d, \"durationSeconds\": %d}")
            .formatted(path, size, seconds));
  }

  @Test
  void a_failed_recording_is_tried_again_and_the_room_is_free() throws Exception {
    String room = room("x");
    String recording = id(a("POST /rooms/" + room + "/recordings"));
    done(a("POST /recordings/" + recording + "/fail"));
    assertThat(a("GET /rooms/" + room).json().get("status").asString()).isEqualTo("active");
    Answer again = done(a("POST /recordings/" + recording + "/retry"));
    assertThat(again.json().get("status").asString()).isEqualTo("uploading");
    refused(b("POST /recordings/" + recording + "/process"), 404, "SIMPLYCASTER_UNKNOWN");
    refused(b("POST /rooms/" + room + "/recordings"), 404, "SIMPLYCASTER_UNKNOWN");
    refused(admin(stage, "POST /rooms/" + room + "/recordings"), 409, "SIMPLYCASTER_OTHER_HOST");
  }

  @Test
  void closing_a_room_stops_what_runs_in_it() throws Exception {
    String room = room("x");
    String recording = id(a("POST /rooms/" + room + "/recordings"));
    done(admin(stage, "POST /rooms/" + room + "/close"));
    assertThat(a("GET /recordings/" + recording).json().get("status").asString())
        .isEqualTo("uploading");
    refused(a("POST /rooms/" + room + "/recordings"), 404, "SIMPLYCASTER_UNKNOWN");
  }

  @Test
  @Tag("SC-058")
  @Tag("SC-059")
  @Tag("SC-013")
  void recordings_latest_first_without_deleted_ones() throws Exception {
    String room = room("x");
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String recording = id(a("POST /rooms/" + room + "/recordings"));
      done(a("POST /recordings/" + recording + "/stop"));
      made.addFirst(recording);
    }
    String other = id(b("POST /rooms", "{}"));
    String ofB = id(b("POST /rooms/" + other + "/recordings"));
    done(a("DELETE /recordings/" + made.get(1)));
    assertThat(ids(a("GET /recordings"))).containsExactly(made.get(0), made.get(2));
    assertThat(ids(admin(stage, "GET /recordings/all")))
        .containsExactly(ofB, made.get(0), made.get(2));
    refused(a("GET /recordings/all"), 403, "SIMPLYCASTER_FORBIDDEN");
    refused(a("GET /recordings/" + made.get(1)), 404, "SIMPLYCASTER_UNKNOWN");
    assertThat(database.value("select count(*) from recordings")).isEqualTo("4");
  }

  private static List<String> ids(Answer answer) {
    return done(answer)
        .json()
        .get("recordings")
        .valueStream()
        .map(recording -> recording.get("id").asString())
        .toList();
  }

  @Test
  @Tag("SC-020")
  @Tag("SC-013")
  void files_are_checked_unique_by_path_and_deleted_softly() throws Exception {
    String recording = id(a("POST /rooms/" + room("x") + "/recordings"));
    String file = id(file(recording, "one.webm", 1, 1));
    refused(file(recording, "one.webm", 1, 1), 409, "SIMPLYCASTER_FILE_EXISTS");
    refused(file(recording, "../one.webm", 1, 1), 400, "SIMPLYCASTER_INPUT");
    refused(file(recording, "/one.webm", 1, 1), 400, "SIMPLYCASTER_INPUT");
    refused(file(recording, "two.webm", 0, 1), 400, "SIMPLYCASTER_INPUT");
    String typed =
        "{\"fileName\": \"f\", \"filePath\": \"o\", \"participantName\": \"A\", \"participantType\":"
            + " \"guest\", \"sizeBytes\": 1, \"mimeType\": \"%s\"}";
    String files = "POST /recordings/" + recording + "/files";
    refused(a(files, typed.formatted("text/html")), 400, "SIMPLYCASTER_INPUT");
    refused(a(files, typed.formatted("audio/" + "x".repeat(50_000))), 400, "SIMPLYCASTER_INPUT");
    String opus = id(a(files, typed.formatted("audio/webm;codecs=opus")));
    done(a("DELETE /recording-files/" + opus));
    done(a("DELETE /recording-files/" + file));
    assertThat(a("GET /recordings/" + recording + "/files").json().get("files")).isEmpty();
    assertThat(database.value("select count(*) from recording_files")).isEqualTo("2");
    refused(b("GET /recordings/" + recording + "/files"), 404, "SIMPLYCASTER_UNKNOWN");
  }
}
