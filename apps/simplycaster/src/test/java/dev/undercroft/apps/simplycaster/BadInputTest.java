package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing, too much, of another type, or meant to do harm. */
@DatabaseTest
class BadInputTest {

  private static final String HUGE = "x".repeat(20_000);

  private final PostgresDatabase database;
  private final Stage stage;

  BadInputTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static void refused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.code()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("Exception", "insert into", "jooq");
  }

  @Test
  void a_room_is_refused_for_bad_names_numbers_and_types() throws Exception {
    for (String body :
        List.of(
            "",
            "[]",
            "null",
            "{",
            "{\"name\": \"a\\u0000b\"}",
            "{\"name\": \"a\\u001bb\"}",
            "{\"name\": \"" + "x".repeat(256) + "\"}",
            "{\"name\": 7.5e99, \"maxParticipants\": \"many\"}",
            "{\"maxParticipants\": 0}",
            "{\"maxParticipants\": 2147483648}",
            "{\"slug\": \"../../etc\"}",
            "{\"slug\": \"" + "x".repeat(300) + "\"}")) {
      refused(host(stage, Scene.HOST_A, "POST /rooms", body));
    }
    assertThat(database.value("select count(*) from rooms")).isEqualTo("0");
  }

  @Test
  void what_the_caller_has_no_business_with_is_refused_by_name() throws Exception {
    for (String body :
        List.of(
            "{\"name\": \"x\", \"hostId\": \"" + Scene.HOST_B + "\"}",
            "{\"name\": \"x\", \"status\": \"active\"}",
            "{\"id\": \"" + Scene.ROOM_A + "\"}")) {
      refused(host(stage, Scene.HOST_A, "POST /rooms", body));
    }
    String episode = Theatre.episode("x");
    String published = episode.substring(0, episode.length() - 1) + ", \"isPublished\": true}";
    refused(admin(stage, "POST /episodes", published));
    refused(
        admin(
            stage,
            "PATCH /users/" + Scene.HOST_A,
            "{\"role\": \"admin\", \"failedLoginAttempts\": 0}"));
    assertThat(database.value("select count(*) from rooms")).isEqualTo("0");
  }

  @Test
  void guests_are_refused_for_bad_names_addresses_and_times() throws Exception {
    String room = id(host(stage, Scene.HOST_A, "POST /rooms", "{}"));
    for (String body :
        List.of(
            "{}",
            "{\"displayName\": null}",
            "{\"displayName\": \" \\n \"}",
            "{\"displayName\": \"" + "x".repeat(101) + "\"}",
            "{\"displayName\": \"G\", \"email\": \"a@b@c.de\"}",
            "{\"displayName\": \"G\", \"email\": \"a\\u0000@example.com\"}",
            "{\"displayName\": \"G\", \"hours\": -1}",
            "{\"displayName\": \"G\", \"hours\": 1e400}",
            "{\"displayName\": \"G\", \"roomId\": \"" + Scene.ROOM_B + "\"}")) {
      refused(host(stage, Scene.HOST_A, "POST /rooms/" + room + "/guests", body));
    }
    assertThat(database.value("select count(*) from guests")).isEqualTo("0");
  }

  @Test
  void sign_in_and_links_take_nonsense_calmly() throws Exception {
    for (String body :
        List.of(
            "{}",
            "{\"email\": null, \"password\": null}",
            "{\"email\": \"a\\u0000@example.com\", \"password\": \"x\"}",
            "{\"email\": \"" + HUGE + "@example.com\", \"password\": \"x\"}",
            "{\"email\": \"' or 1=1 --\", \"password\": \"x\"}",
            "{\"email\": {\"a\": 1}, \"password\": \"x\"}")) {
      refused(ask(stage.nobody(), "POST /auth/login", body));
    }
    String credentials = "{\"email\": \"a@example.com\", \"password\": \"" + HUGE + "\"}";
    assertThat(ask(stage.nobody(), "POST /auth/login", credentials).status()).isEqualTo(401);
    for (String token : List.of("", "x", "\\u0000", HUGE)) {
      refused(
          ask(
              stage.nobody(),
              "POST /host-setup",
              "{\"token\": \"%s\", \"password\": \"x\", \"passwordAgain\": \"x\"}"
                  .formatted(token)));
    }
  }

  @Test
  void paths_queries_and_sizes_are_held_to_what_is_declared() throws Exception {
    assertThat(admin(stage, "GET /rooms/nonsense").status()).isIn(400, 404);
    assertThat(admin(stage, "GET /rooms/..%2f..%2fetc").status()).isIn(400, 404);
    refused(admin(stage, "GET /audit-log?limit=0"));
    refused(admin(stage, "GET /audit-log?limit=1001"));
    refused(admin(stage, "GET /audit-log?limit=all"));
    refused(admin(stage, "GET /users?email=%00"));
    assertThat(done(admin(stage, "GET /users?email=%25")).json().get("users")).isEmpty();
    Answer large =
        host(stage, Scene.HOST_A, "POST /rooms", "{\"name\": \"" + HUGE.repeat(100) + "\"}");
    assertThat(large.status()).isEqualTo(413);
  }

  @Test
  void episodes_and_files_do_not_lead_out_of_the_storage() throws Exception {
    for (String path : List.of("/etc/passwd", " /etc/passwd", "a/../../b", "..", "a\\\\b")) {
      String episode = Theatre.episode("x").replace("out/number one.mp3", path);
      refused(admin(stage, "POST /episodes", episode));
    }
    String page = Theatre.episode("x");
    refused(
        admin(
            stage,
            "POST /episodes",
            page.substring(0, page.length() - 1) + ", \"audioMimeType\": \"text/html\"}"));
    assertThat(database.value("select count(*) from feed_episodes")).isEqualTo("0");
  }
}
