package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moderation and health over HTTP. */
@DatabaseTest
class ModerationTest {

  private static final String OPEN = "/chat/rooms/" + People.OPEN_ROOM;

  private final PostgresDatabase database;
  private final Stage stage;

  ModerationTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Answer send(String user, String path, String json) throws Exception {
    return stage.as(user, "USER").ask("POST", path, json);
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status() + " " + answer.code())
        .as(answer.body())
        .isEqualTo(status + " " + code);
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  @Test
  @Tag("SF-018")
  @Tag("SF-023")
  void a_moderator_deletes_clears_and_mutes_and_everything_is_logged() throws Exception {
    done(moderate(People.ADMIN, People.OPEN_ROOM, People.REPLY, "DELETE_MESSAGE"));
    done(moderate(People.ADMIN, People.OPEN_ROOM, People.CARD, "CLEAR_REACTIONS"));
    done(moderate(People.ADMIN, People.OPEN_ROOM, People.STRANGER, "MUTE_USER"));
    assertThat(
            database.value(
                "select deleted_at is not null from messages where id = '" + People.REPLY + "'"))
        .isEqualTo("t");
    assertThat(database.value("select count(*) from reactions")).isEqualTo("0");
    assertThat(
            database.value(
                "select muted_until between now() + interval '23 hours' and now() + interval '24"
                    + " hours' from users where id = '"
                    + People.STRANGER
                    + "'"))
        .isEqualTo("t");
    assertThat(
            database.column(
                "select moderator_id || ' ' || action || ' ' || reason from moderation_logs order by"
                    + " created_at"))
        .containsExactly(
            People.ADMIN + " DELETE_MESSAGE because",
            People.ADMIN + " CLEAR_REACTIONS because",
            People.ADMIN + " MUTE_USER because");
    refused(send(People.STRANGER, OPEN + "/messages", "{\"text\": \"x\"}"), 403, "SEDA_MUTED");
  }

  @Test
  void a_moderator_reaches_nothing_outside_the_own_room_and_leaves_no_trace_when_refused()
      throws Exception {
    refused(
        moderate(People.STRANGER, People.OPEN_ROOM, People.REPLY, "DELETE_MESSAGE"),
        403,
        "SEDA_MODERATORS_ONLY");
    refused(
        moderate(People.ADMIN, People.OPEN_ROOM, People.SECRET, "DELETE_MESSAGE"),
        404,
        "SEDA_TARGET_UNKNOWN");
    refused(
        moderate(People.ADMIN, People.OPEN_ROOM, People.SECRET, "CLEAR_REACTIONS"),
        404,
        "SEDA_TARGET_UNKNOWN");
    refused(
        moderate(People.ARTIST, People.PRIVATE_ROOM, People.STRANGER, "MUTE_USER"),
        404,
        "SEDA_TARGET_UNKNOWN");
    refused(
        moderate(People.ADMIN, People.PRIVATE_ROOM, People.SECRET, "DELETE_MESSAGE"),
        404,
        "SEDA_ROOM_UNKNOWN");
    refused(
        moderate(People.ADMIN, People.OPEN_ROOM, People.ADMIN, "MUTE_USER"),
        403,
        "SEDA_ADMIN_NOT_MUTED");
    assertThat(database.value("select count(*) from moderation_logs")).isEqualTo("0");
    assertThat(database.value("select count(*) from messages where deleted_at is not null"))
        .isEqualTo("0");
  }

  @Test
  @Tag("SF-143")
  void a_healthy_database_says_when_it_was_asked() throws Exception {
    Answer healthy = stage.nobody().ask("GET", "/health/database");
    assertThat(healthy.status()).isEqualTo(200);
    assertThat(healthy.json().propertyNames()).containsExactlyInAnyOrder("status", "timestamp");
    assertThat(healthy.json().get("status").asString()).isEqualTo("healthy");
  }

  @Test
  void an_unhealthy_database_says_why_in_a_word() throws Exception {
    stage.health().breakDown("ACCESS_UNREACHABLE");
    Answer unhealthy = stage.nobody().ask("GET", "/health/database");
    assertThat(unhealthy.status()).isEqualTo(503);
    assertThat(unhealthy.json().propertyNames()).containsExactlyInAnyOrder("status", "error");
    assertThat(unhealthy.json().get("status").asString()).isEqualTo("unhealthy");
    assertThat(unhealthy.json().get("error").asString()).isEqualTo("ACCESS_UNREACHABLE");
  }

  private Answer moderate(String user, String room, String target, String action) throws Exception {
    return send(
        user,
        "/chat/rooms/" + room + "/moderation",
        "{\"targetId\": \"%s\", \"action\": \"%s\", \"reason\": \"because\"}"
            .formatted(target, action));
  }
}
