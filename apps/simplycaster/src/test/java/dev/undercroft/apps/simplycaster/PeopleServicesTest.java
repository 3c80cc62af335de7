package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Backstage;
import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.UUID;
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
    CleanUp cleanUp = new CleanUp(stage.data());
    assertThat(cleanUp.run()).isEqualTo(new CleanUp.Outcome(1, 1, 1));
    assertThat(cleanUp.run()).isEqualTo(new CleanUp.Outcome(0, 0, 0));
    assertThat(database.value("select token_hash from password_reset_tokens")).isEqualTo("new");
    assertThat(database.value("select status from user_invitations")).isEqualTo("expired");
    assertThat(database.value("select left_at is not null from guests")).isEqualTo("t");
  }
}
