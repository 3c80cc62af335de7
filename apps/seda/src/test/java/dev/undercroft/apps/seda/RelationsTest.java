package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What goes with a row that is deleted for good, and what keeps it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsTest {

  private final Trials trials;

  RelationsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old);
  }

  @Test
  @Tag("SF-042")
  void a_profile_goes_with_its_user() {
    trials.each(trial -> {
      trial.run("delete from messages where type = 'REPLY'");
      trial.run("delete from messages");
      trial.run("delete from rooms");
      trial.run("delete from users where id = ?::uuid", People.ARTIST);
      assertThat(trial.value("select count(*) from artist_profiles")).isEqualTo("0");
    });
  }

  @Test
  @Tag("SF-065")
  void a_room_with_messages_stays() {
    keeps("delete from rooms where id = 'OPEN_ROOM'", "messages_room_id_fkey");
  }

  @Test
  @Tag("SF-066")
  void a_user_with_messages_stays() {
    keeps("delete from users where id = 'STRANGER'", "messages_user_id_fkey");
  }

  @Test
  void a_creator_of_a_room_stays() {
    trials.each(trial -> {
      trial.run("delete from messages");
      assertThat(trial.refusal("delete from users where id = ?::uuid", People.ADMIN).constraint())
          .isEqualTo("rooms_created_by_fkey");
    });
  }

  @Test
  void an_administrator_with_actions_stays() {
    trials.each(trial -> {
      trial.run("delete from messages");
      trial.run("delete from rooms");
      trial.run("insert into admin_actions (admin_id, action) values (?::uuid, 'x')", People.ADMIN);
      assertThat(trial.refusal("delete from users where id = ?::uuid", People.ADMIN).constraint())
          .isEqualTo("admin_actions_admin_id_fkey");
    });
  }

  private void keeps(String statement, String constraint) {
    trials.each(trial -> {
      var refusal = trial.refusal(People.named(statement));
      assertThat(refusal.constraint()).isEqualTo(constraint);
      // Restrict is reported as 23503 up to PostgreSQL 17 and as 23001 from 18 on.
      assertThat(refusal.state()).isIn("23503", "23001");
    });
  }

  @Test
  @Tag("SF-067")
  void replies_outlive_their_parent() {
    trials.each(trial -> {
      trial.run("delete from messages where id = ?::uuid", People.CARD);
      assertThat(
              trial.value(
                  "select parent_id is null from messages where id = ?::uuid", People.REPLY))
          .isEqualTo("t");
    });
  }

  @Test
  @Tag("SF-069")
  void reactions_go_with_their_message() {
    trials.each(trial -> {
      trial.run("delete from messages where id = ?::uuid", People.CARD);
      assertThat(trial.value("select count(*) from reactions")).isEqualTo("0");
    });
  }

  @Test
  void memberships_go_with_their_room() {
    trials.each(trial -> {
      trial.run("delete from messages where room_id = ?::uuid", People.PRIVATE_ROOM);
      trial.run("delete from rooms where id = ?::uuid", People.PRIVATE_ROOM);
      assertThat(trial.value("select count(*) from room_memberships")).isEqualTo("4");
    });
  }

  @Test
  @Tag("SF-018")
  void a_moderation_log_survives_its_subjects() {
    trials.each(trial -> {
      trial.run(
          "insert into moderation_logs (room_id, moderator_id, target_id, action)"
              + " values (?, ?, ?, 'DELETE_MESSAGE')",
          People.PRIVATE_ROOM,
          People.ARTIST,
          People.SECRET);
      trial.run("delete from messages where id = ?::uuid", People.SECRET);
      trial.run("delete from rooms where id = ?::uuid", People.PRIVATE_ROOM);
      assertThat(trial.value("select target_id from moderation_logs")).isEqualTo(People.SECRET);
    });
  }

  @Test
  void a_reviewer_who_is_deleted_leaves_the_review() {
    trials.each(trial -> {
      trial.run(
          "insert into users (id, email, supabase_id, role) values (gen_random_uuid(),"
              + " 'r@example.com', 'r', 'ADMIN')");
      trial.run(
          "insert into verification_requests (user_id, claim_code, expires_at, reviewed_by)"
              + " select ?::uuid, 'SEDA-1', now() + interval '7 days', id from users"
              + " where supabase_id = 'r'",
          People.STRANGER);
      trial.run("delete from users where supabase_id = 'r'");
      assertThat(trial.value("select reviewed_by from verification_requests")).isEqualTo("NULL");
    });
  }

  @Test
  @Tag("SF-017")
  void the_details_of_an_action_are_json() {
    trials.each(trial -> {
      trial.run(
          "insert into admin_actions (admin_id, action, details) values (?::uuid, 'x',"
              + " '{\"before\": {\"role\": \"USER\"}}')",
          People.ADMIN);
      assertThat(trial.value("select details #>> '{before,role}' from admin_actions"))
          .isEqualTo("USER");
    });
  }
}
