package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Backstage;
import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, and the end of what has run out. */
@DatabaseTest
class PeopleServicesTest {

  private final PostgresDatabase database;
  private final Stage stage;

  PeopleServicesTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  @Tag("SC-052")
  @Tag("SC-053")
  @Tag("SC-054")
  @Tag("SC-013")
  void users_are_found_by_id_and_address_and_listed_oldest_first_without_deleted_ones()
      throws Exception {
    Users users = new Users(stage.data());
    var admin = Backstage.caller(Scene.ADMIN, "admin");
    var id = UUID.fromString(Scene.HOST_A);
    database.execute(
        "update users set email = 'A@Example.com', password_hash = 'secret-hash', password_salt ="
            + " 'secret-salt' where id = '"
            + Scene.HOST_A
            + "'");
    assertThat(users.getUserById(admin, id)).isPresent();
    assertThat(users.getUserByEmail(admin, " a@EXAMPLE.com ")).isPresent();
    assertThat(users.getUserByEmail(admin, "nobody@example.com")).isEmpty();
    Answer list = done(admin(stage, "GET /users"));
    assertThat(list.body()).doesNotContain("secret-hash").doesNotContain("secret-salt");
    assertThat(list.json().get("users").valueStream().map(user -> user.get("createdAt").asString()))
        .hasSize(4)
        .isSorted();
    assertThat(admin(stage, "GET /users?email=XAMPLE").json().get("users")).hasSize(2);
    refused(host(stage, Scene.HOST_A, "GET /users?email=x"), 403, "SIMPLYCASTER_FORBIDDEN");
    done(admin(stage, "DELETE /users/" + Scene.HOST_A));
    assertThat(users.getUserById(admin, id)).isEmpty();
    assertThat(users.getUserByEmail(admin, "a@example.com")).isEmpty();
    assertThat(users.getAllUsers(admin)).hasSize(3);
    assertThat(database.value("select count(*) from users")).isEqualTo("4");
    refused(admin(stage, "DELETE /users/" + Scene.ADMIN), 409, "SIMPLYCASTER_OWN_ACCOUNT");
    refused(
        host(stage, Scene.HOST_B, "PATCH /users/" + Scene.HOST_B, "{\"role\": \"admin\"}"),
        403,
        "SIMPLYCASTER_FORBIDDEN");
  }

  @Test
  @Tag("SC-011")
  void what_has_run_out_is_cleaned_up() throws Exception {
    database.execute(
        Scene.named(
            "insert into password_reset_tokens (user_id, token_hash, created_at, expires_at) values"
                + " ('HOST', 'old', now() - interval '40 days', now() - interval '39 days'), ('HOST',"
                + " 'new', now(), now() + interval '1 hour')",
            "a"),
        Scene.named(
            "insert into user_invitations (email, role, token_hash, invited_by, created_at,"
                + " expires_at) values ('x@example.com', 'host', 'x', 'HOST', now() - interval '8"
                + " days', now() - interval '1 day')",
            "a"),
        Scene.named("insert into rooms (id, host_id) values ('ROOM', 'HOST')", "a"),
        Scene.named(
            "insert into guests (room_id, display_name, access_token_hash, created_at, joined_at,"
                + " token_expires_at, invited_by) values ('ROOM', 'G', 'h', now() - interval '2"
                + " days', now() - interval '2 days', now() - interval '1 day', 'HOST')",
            "a"));
    var chore = new SimplyCaster().chores(stage.services()).getFirst();
    assertThat(chore.every()).isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(chore.work().get())
        .isEqualTo(Map.of("reset-tokens", 1, "invitations", 1, "guests", 1));
    assertThat(chore.work().get())
        .isEqualTo(Map.of("reset-tokens", 0, "invitations", 0, "guests", 0));
    assertThat(database.value("select token_hash from password_reset_tokens")).isEqualTo("new");
    assertThat(database.value("select status from user_invitations")).isEqualTo("expired");
    assertThat(database.value("select left_at is not null from guests")).isEqualTo("t");
  }

  private String audited(String user, String action) throws Exception {
    return database.value(
        "select count(*) from audit_log where user_id = '%s' and action = '%s'"
            .formatted(user, action));
  }

  @Test
  void with_a_host_go_open_rooms_running_recordings_links_and_invitations() throws Exception {
    String person = "{\"email\": \"n@example.com\", \"role\": \"host\"}";
    database.execute("update users set role = 'admin' where id = '" + Scene.HOST_A + "'");
    done(ask(stage.as(Scene.HOST_A, "admin"), "POST /invitations", person));
    String room = id(ask(stage.as(Scene.HOST_A, "admin"), "POST /rooms", "{}"));
    done(ask(stage.as(Scene.HOST_A, "admin"), "POST /rooms/" + room + "/recordings"));
    done(
        ask(
            stage.as(Scene.HOST_A, "admin"),
            "POST /rooms/" + room + "/guests",
            "{\"displayName\": \"G\"}"));
    done(admin(stage, "DELETE /users/" + Scene.HOST_A));
    assertThat(database.value("select status from rooms")).isEqualTo("closed");
    assertThat(database.value("select status from recordings")).isEqualTo("uploading");
    assertThat(database.value("select left_at is not null from guests")).isEqualTo("t");
    assertThat(database.value("select status from user_invitations")).isEqualTo("revoked");
    assertThat(audited(Scene.ADMIN, "room.closed")).isEqualTo("1");
    assertThat(audited(Scene.ADMIN, "recording.stopped")).isEqualTo("1");
  }

  @Test
  void who_stops_being_an_administrator_takes_invitations_along() throws Exception {
    database.execute("update users set role = 'admin' where id = '" + Scene.HOST_A + "'");
    String person = "{\"email\": \"n@example.com\", \"role\": \"admin\"}";
    done(ask(stage.as(Scene.HOST_A, "admin"), "POST /invitations", person));
    done(admin(stage, "PATCH /users/" + Scene.HOST_A, "{\"role\": \"host\"}"));
    assertThat(database.value("select status from user_invitations")).isEqualTo("revoked");
  }

  @Test
  void two_administrators_who_remove_each_other_at_once_leave_one() throws Exception {
    database.execute("update users set role = 'admin' where id = '" + Scene.HOST_A + "'");
    List<Callable<Integer>> both =
        List.of(
            () -> admin(stage, "DELETE /users/" + Scene.HOST_A).status(),
            () -> ask(stage.as(Scene.HOST_A, "admin"), "DELETE /users/" + Scene.ADMIN).status());
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(both)) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(200, 403);
    assertThat(
            database.value(
                "select count(*) from users where role = 'admin' and deleted_at is null"))
        .isEqualTo("1");
  }

  @Test
  void health_is_healthy_with_a_time_or_says_what_is_wrong() throws Exception {
    Answer well = ask(stage.nobody(), "GET /healthcheck");
    assertThat(well.status()).isEqualTo(200);
    assertThat(well.body())
        .isEqualTo("{\"status\":\"healthy\",\"timestamp\":\"1970-01-01T00:00:00Z\"}");
    stage.health().breakDown("DATABASE_UNREACHABLE");
    Answer ill = ask(stage.nobody(), "GET /healthcheck");
    assertThat(ill.status()).isEqualTo(503);
    assertThat(ill.body())
        .isEqualTo("{\"status\":\"unhealthy\",\"error\":\"DATABASE_UNREACHABLE\"}");
  }

  @Test
  @Tag("SC-051")
  void every_operation_that_the_document_names_is_called_without_sql() throws Exception {
    var data = stage.data();
    var admin = Backstage.caller(Scene.ADMIN, "admin");
    var actor = new Actor(admin, Optional.empty(), Optional.empty());
    var a = UUID.fromString(Scene.HOST_A);
    var users = new Users(data);
    var rooms = new Rooms(data, InstantSource.system());
    var recordings = new Recordings(data, InstantSource.system());
    var episodes = new Episodes(data);
    var audit = new AuditLogs(data);
    UUID room = UUID.fromString(id(host(stage, Scene.HOST_A, "POST /rooms", "{}")));
    done(host(stage, Scene.HOST_A, "POST /rooms/" + room + "/recordings"));
    String episode = id(admin(stage, "POST /episodes", Theatre.episode("Out")));
    done(admin(stage, "POST /episodes/" + episode + "/publish"));
    assertThat(users.getUserById(admin, a)).isPresent();
    assertThat(users.getUserByEmail(admin, "A@example.com")).isPresent();
    assertThat(users.getAllUsers(admin)).hasSize(4);
    assertThat(rooms.getRoomById(admin, room)).isPresent();
    assertThat(rooms.getActiveRooms(admin)).hasSize(1);
    assertThat(rooms.getRoomsByHostId(admin, a)).hasSize(1);
    assertThat(recordings.getRecordingsByUserId(admin, a)).hasSize(1);
    assertThat(recordings.getAllRecordings(actor)).hasSize(1);
    assertThat(episodes.getPublishedFeedEpisodes()).hasSize(1);
    assertThat(episodes.getAllFeedEpisodes(actor)).hasSize(1);
    var entry = audit.createAuditLog(a, "export.made", "recordings");
    assertThat(audit.getRecentAuditLogs(admin, 1).getFirst().id()).isEqualTo(entry.id());
  }
}
