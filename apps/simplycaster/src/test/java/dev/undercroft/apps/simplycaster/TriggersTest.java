package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database does by itself when rows change, and what it refuses. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriggersTest {

  private final Trials trials;

  TriggersTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "rooms", "recordings", "feed_episodes"})
  void an_update_stamps_the_row(String table) {
    trials.each(trial -> {
      Scene.arrange(trial);
      String id = Scene.ROWS.get(table);
      String query = "select updated_at from " + table + " where id = ?::uuid";
      String before = trial.value(query, id);
      trial.run("update " + table + " set id = id where id = ?::uuid", id);
      String between = trial.value(query, id);
      trial.run("update " + table + " set id = id where id = ?::uuid", id);
      assertThat(List.of(before, between, trial.value(query, id))).doesNotHaveDuplicates();
    });
  }

  @Test
  @Tag("SC-018")
  void closing_a_room_ends_the_stay_of_everyone_in_it() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run(
          "insert into guests (room_id, display_name, access_token_hash, token_expires_at,"
              + " invited_by, kicked_at) select room_id, 'Kicked', 'k', token_expires_at,"
              + " invited_by, now() from guests where id = ?::uuid",
          Scene.GUEST_A);
      trial
          .asCaller(Scene.HOST_A, "host")
          .run(
              "update rooms set status = 'closed', closed_at = now() where id = ?::uuid",
              Scene.ROOM_A);
      trial.asSystem();
      assertThat(
              trial.value(
                  "select left_at is not null and token_expires_at <= now() + interval '1 second'"
                      + " from guests where id = ?::uuid",
                  Scene.GUEST_A))
          .isEqualTo("t");
      assertThat(trial.value("select left_at from guests where display_name = 'Kicked'"))
          .isEqualTo("NULL");
      assertThat(trial.value("select left_at from guests where id = ?::uuid", Scene.GUEST_B))
          .isEqualTo("NULL");
    });
  }

  @Test
  void a_second_recording_in_the_room_is_possible_when_the_old_stop_is_cleared() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String where = " where id = '" + Scene.ROOM_A + "'";
      trial.run("update rooms set status = 'active'" + where);
      trial.run("update rooms set status = 'recording', recording_started_at = now()" + where);
      trial.run(
          "update rooms set status = 'active',"
              + " recording_stopped_at = recording_started_at + interval '1 minute'"
              + where);
      String start =
          "update rooms set status = 'recording',"
              + " recording_started_at = recording_started_at + interval '2 minutes'";
      assertThat(trial.refusal(start + where).constraint())
          .isEqualTo("rooms_recording_stopped_after_start");
      assertThat(trial.run(start + ", recording_stopped_at = null" + where)).isEqualTo(1);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"left_at", "kicked_at"})
  void a_guest_who_is_gone_does_not_come_back(String departure) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update guests set " + departure + " = now() where id = ?::uuid", Scene.GUEST_A);
      assertThat(
              trial
                  .refusal(
                      "update guests set " + departure + " = null where id = ?::uuid",
                      Scene.GUEST_A)
                  .constraint())
          .isEqualTo("guests_departure_final");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set action = 'forged'",
        "update audit_log set action = 'forged' where false",
        "delete from audit_log",
        "truncate audit_log",
        "insert into audit_log (id, user_email, user_role, action, entity_type) select id, 'x', 'host',"
            + " 'x', 'x' from audit_log on conflict (id) do update set action = 'forged'"
      })
  @Tag("SC-022")
  void nobody_rewrites_the_audit_log(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String role : List.of("app", "system", "migrator", "owner", "analytics")) {
        trial.as(role, Scene.ADMIN, "admin");
        assertThat(trial.refusal(statement).state()).as(role).isEqualTo("42501");
      }
      trial.run("reset role");
      assertThat(trial.refusal(statement).message()).contains("append-only");
      trial.run("set session_replication_role = replica");
      assertThat(trial.refusal(statement).message()).contains("append-only");
    });
  }

  @Test
  @Tag("SC-022")
  void an_audit_entry_keeps_its_context_and_outlives_the_user() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial
          .asCaller(Scene.HOST_A, "host")
          .run(
              "insert into audit_log (user_id, user_email, user_role, action, entity_type,"
                  + " ip_address, user_agent, metadata) values (?::uuid, 'a@example.com', 'host',"
                  + " 'seen', 'rooms', '192.0.2.7', 'Firefox', '{\"n\": 1}')",
              Scene.HOST_A);
      trial.asSystem().run("delete from users where id = ?::uuid", Scene.HOST_A);
      assertThat(
              trial.value(
                  "select concat_ws(' ', user_id, user_email, host(ip_address), user_agent,"
                      + " metadata ->> 'n') from audit_log where action = 'seen'"))
          .isEqualTo(Scene.HOST_A + " a@example.com 192.0.2.7 Firefox 1");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "role = 'admin'",
        "is_active = false",
        "email_verified = true",
        "failed_login_attempts = 1",
        "locked_until = now()",
        "deleted_at = now()"
      })
  void users_do_not_change_their_own_rights(String change) {
    trials.each(trial -> {
      Scene.arrange(trial);
      String statement = "update users set " + change + " where id = '" + Scene.HOST_A + "'";
      assertThat(trial.asCaller(Scene.HOST_A, "host").refusal(statement).state())
          .isEqualTo("42501");
      assertThat(trial.asCaller(Scene.ADMIN, "admin").run(statement)).isEqualTo(1);
      assertThat(trial.asSystem().run(statement)).isEqualTo(1);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_expires_at = now() + interval '9 days'", "room_id = room_b"})
  void guests_do_not_extend_or_move_their_invitation(String change) {
    trials.each(trial -> {
      Scene.arrange(trial);
      String text = change.replace("room_b", "'" + Scene.ROOM_B + "'");
      String statement = "update guests set " + text + " where id = '" + Scene.GUEST_A + "'";
      assertThat(trial.asCaller(Scene.GUEST_A, "guest").refusal(statement).state())
          .isEqualTo("42501");
    });
  }

  @Test
  void guests_say_that_they_are_alive_and_leave() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.GUEST_A, "guest");
      assertThat(stay(trial, "last_seen_at = now() + interval '1 minute'")).isEqualTo(1);
      assertThat(stay(trial, "left_at = now()")).isEqualTo(1);
    });
  }

  private static int stay(Trial trial, String change) throws java.sql.SQLException {
    return trial.run("update guests set " + change + " where id = ?::uuid", Scene.GUEST_A);
  }
}
