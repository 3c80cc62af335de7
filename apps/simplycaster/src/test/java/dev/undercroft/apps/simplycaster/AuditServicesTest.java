package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log, and who writes into it. */
@DatabaseTest
class AuditServicesTest {

  private final PostgresDatabase database;
  private final Stage stage;

  AuditServicesTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private int seen;

  /** Does something, and says how many entries that left. */
  private int entries(Answer answer) throws Exception {
    done(answer);
    String count = "select count(*) from audit_log";
    int now = Integer.parseInt(database.value(count));
    int more = now - seen;
    seen = now;
    return more;
  }

  @Test
  @Tag("SC-062")
  void three_facts_make_an_audit_entry() throws Exception {
    AuditLogs audit = new AuditLogs(stage.data());
    var entry = audit.createAuditLog(UUID.fromString(Scene.HOST_A), "export.made", "recordings");
    assertThat(entry.userEmail()).isEqualTo("a@example.com");
    assertThat(entry.userRole().getLiteral()).isEqualTo("host");
    assertThat(entry.action()).isEqualTo("export.made");
    assertThat(entry.entityType()).isEqualTo("recordings");
    assertThatThrownBy(
            () -> audit.createAuditLog(UUID.fromString(Scene.ROOM_A), "export.made", "recordings"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  @Tag("SC-063")
  void the_newest_hundred_entries_first_and_hosts_see_their_own() throws Exception {
    AuditLogs audit = new AuditLogs(stage.data());
    for (int i = 0; i < 120; i++) {
      String user = i % 2 == 0 ? Scene.HOST_A : Scene.HOST_B;
      audit.createAuditLog(UUID.fromString(user), "n" + i, "x");
    }
    var all = done(admin(stage, "GET /audit-log")).json().get("entries");
    assertThat(all).hasSize(100);
    assertThat(all.get(0).get("action").asString()).isEqualTo("n119");
    assertThat(admin(stage, "GET /audit-log?limit=7").json().get("entries")).hasSize(7);
    assertThat(host(stage, Scene.HOST_A, "GET /audit-log").json().get("entries")).hasSize(60);
    assertThat(admin(stage, "GET /users/" + Scene.HOST_B + "/audit-log").json().get("entries"))
        .hasSize(50);
    assertThat(
            host(stage, Scene.HOST_A, "GET /users/" + Scene.HOST_B + "/audit-log")
                .json()
                .get("entries"))
        .isEmpty();
  }

  /** Every entry says who did what to which row from where. */
  private void demandContext() throws Exception {
    assertThat(
            entries(
                ask(stage.nobody(), "POST /auth/password-reset", "{\"email\": \"a@example.com\"}")))
        .isOne();
    assertThat(
            database.value(
                "select count(*) from audit_log where user_id is null or action = '' or entity_id is"
                    + " null or ip_address is null or user_agent is null"))
        .isEqualTo("0");
  }

  @Test
  @Tag("SC-012")
  void every_change_in_a_room_leaves_one_entry() throws Exception {
    Answer room = host(stage, Scene.HOST_A, "POST /rooms", "{\"name\": \"x\"}");
    assertThat(entries(room)).isOne();
    String at = "/rooms/" + id(room);
    assertThat(entries(host(stage, Scene.HOST_A, "POST " + at + "/open"))).isOne();
    Answer guest = host(stage, Scene.HOST_A, "POST " + at + "/guests", "{\"displayName\": \"G\"}");
    assertThat(entries(guest)).isOne();
    String guestId = guest.json().get("guest").get("id").asString();
    assertThat(entries(host(stage, Scene.HOST_A, "POST /guests/" + guestId + "/kick"))).isOne();
    Answer recording = host(stage, Scene.HOST_A, "POST " + at + "/recordings");
    assertThat(entries(recording)).isOne();
    String tape = "/recordings/" + id(recording);
    Answer file =
        host(
            stage,
            Scene.HOST_A,
            "POST " + tape + "/files",
            "{\"fileName\": \"f\", \"filePath\": \"f\", \"participantName\": \"A\","
                + " \"participantType\": \"host\", \"sizeBytes\": 1}");
    assertThat(entries(file)).isOne();
    for (String step : List.of("stop", "fail", "retry", "process", "complete")) {
      assertThat(entries(host(stage, Scene.HOST_A, "POST " + tape + "/" + step))).as(step).isOne();
    }
    assertThat(entries(host(stage, Scene.HOST_A, "DELETE /recording-files/" + id(file)))).isOne();
    assertThat(entries(host(stage, Scene.HOST_A, "DELETE " + tape))).isOne();
    assertThat(entries(host(stage, Scene.HOST_A, "POST " + at + "/close"))).isOne();
    demandContext();
  }

  @Test
  @Tag("SC-012")
  void every_change_of_episodes_and_people_leaves_one_entry() throws Exception {
    Answer episode = admin(stage, "POST /episodes", Theatre.episode("x"));
    assertThat(entries(episode)).isOne();
    String show = "/episodes/" + id(episode);
    assertThat(entries(admin(stage, "PUT " + show, Theatre.episode("y")))).isOne();
    assertThat(entries(admin(stage, "POST " + show + "/publish"))).isOne();
    assertThat(entries(admin(stage, "POST " + show + "/withdraw"))).isOne();
    assertThat(entries(admin(stage, "DELETE " + show))).isOne();
    String user = "/users/" + Scene.HOST_B;
    assertThat(entries(admin(stage, "PATCH " + user, "{\"isActive\": false}"))).isOne();
    assertThat(entries(admin(stage, "DELETE " + user))).isOne();
    String person = "{\"email\": \"n@example.com\", \"role\": \"host\"}";
    Answer invited = admin(stage, "POST /invitations", person);
    assertThat(entries(invited)).isOne();
    String invitation = invited.json().get("invitation").get("id").asString();
    assertThat(entries(admin(stage, "DELETE /invitations/" + invitation))).isOne();
    demandContext();
  }
}
