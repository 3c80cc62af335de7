package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself keeps about accounts and sessions. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersTest {

  private static final String INSERT =
      "insert into users (email, username, password_hash) values (?, ?, 'h')";

  private final Trials trials;

  UsersTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  private static void refused(Trial trial, String state, String constraint, String sql)
      throws SQLException {
    var refusal = trial.refusal(sql);
    assertThat(refusal.state()).isEqualTo(state);
    assertThat(refusal.constraint()).isEqualTo(constraint);
  }

  @Test
  @Tag("AT-005")
  void a_user_without_id_gets_a_random_one() {
    trials.each(trial -> {
      String insert = INSERT + " returning id";
      String one = trial.value(insert, "1@example.com", "one");
      assertThat(one).matches("[0-9a-f]{8}-[0-9a-f]{4}-4.*");
      assertThat(trial.value(insert, "2@example.com", "two")).isNotEqualTo(one);
    });
  }

  @Test
  @Tag("AT-006")
  void an_address_is_there_unique_and_at_most_255_characters() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.refusal(INSERT, null, "x").state()).isEqualTo("23502");
      assertThat(trial.refusal(INSERT, "x".repeat(256), "x").state()).isEqualTo("22001");
      assertThat(trial.refusal(INSERT, "a@example.com", "x").constraint())
          .isEqualTo("users_email_key");
      assertThat(trial.refusal(INSERT, "A@Example.COM", "x").constraint())
          .isEqualTo("users_email_lower_key");
      assertThat(trial.run(INSERT, "x".repeat(255), "x")).isEqualTo(1);
    });
  }

  @Test
  @Tag("AT-007")
  void a_username_is_there_unique_and_at_most_100_characters() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.refusal(INSERT, "x", null).state()).isEqualTo("23502");
      assertThat(trial.refusal(INSERT, "x", "x".repeat(101)).state()).isEqualTo("22001");
      assertThat(trial.refusal(INSERT, "x", "user-a").constraint()).isEqualTo("users_username_key");
      assertThat(trial.refusal(INSERT, "x", "USER-A").constraint())
          .isEqualTo("users_username_lower_key");
      assertThat(trial.run(INSERT, "x", "x".repeat(100))).isEqualTo(1);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b", "a b", "ä", "a.b", "", "a\nb", "a'b"})
  @Tag("AT-057")
  void a_username_of_other_characters_is_refused(String name) {
    trials.each(trial ->
        assertThat(trial.refusal(INSERT, "x", name).constraint())
            .isEqualTo("users_username_characters"));
  }

  @Test
  @Tag("AT-009")
  @Tag("AT-020")
  @Tag("AT-046")
  void the_time_of_making_is_filled_in_utc_in_whatever_zone_the_session_is() {
    trials.each(trial -> {
      trial.run("set local timezone = 'Pacific/Kiritimati'");
      Scene.arrange(trial);
      for (String table : new String[] {"users", "sessions", "audio_history"}) {
        assertThat(
                trial.column(
                    "select distinct created_at = timezone('utc', now()) from "
                        + table
                        + " where created_at > timestamp '2026-06-01'"))
            .as(table)
            .containsExactly("t");
      }
    });
  }

  @Test
  @Tag("AT-010")
  @Tag("AT-032")
  void the_time_of_change_moves_without_help_and_against_will() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String table : new String[] {"users", "user_settings"}) {
        String id = table.equals("users") ? "id" : "user_id";
        String stamp = " returning updated_at > timezone('utc', now())";
        assertThat(
                trial.value(
                    "update "
                        + table
                        + " set updated_at = 'epoch' where "
                        + id
                        + " = ?::uuid"
                        + stamp,
                    Scene.USER_A))
            .as(table)
            .isEqualTo("t");
      }
    });
  }

  @Test
  @Tag("AT-011")
  void the_last_sign_in_is_null_at_first_and_not_the_users_to_set() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String set = "update users set last_login_at = timezone('utc', now())";
      String mine = " where id = '" + Scene.USER_A + "'";
      assertThat(trial.value("select last_login_at from users" + mine)).isEqualTo("NULL");
      trial.asCaller(Scene.USER_A, "user");
      assertThat(trial.refusal(set).state()).isEqualTo("42501");
      trial.asOwner(Scene.USER_A, "user");
      assertThat(trial.refusal(set).constraint()).isEqualTo("users_fixed_columns");
      trial.asSystem();
      assertThat(trial.run(set + mine)).isEqualTo(1);
    });
  }

  @Test
  @Tag("AT-012")
  @Tag("AT-060")
  void a_deactivated_user_keeps_the_rows_loses_the_sessions_and_cannot_come_back_alone() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial.value("select bool_and(is_active) from users where email like '%example.com'"))
          .isEqualTo("t");
      trial.asCaller(Scene.USER_A, "user");
      trial.run("update users set is_active = false");
      assertThat(trial.column("select id from sessions")).isEmpty();
      assertThat(trial.column("select id from audio_history")).hasSize(1);
      assertThat(trial.column("select user_id from user_settings")).hasSize(1);
      assertThat(trial.refusal("update users set is_active = true").constraint())
          .isEqualTo("users_reactivation");
      trial.asSystem();
      assertThat(trial.column("select id from sessions where id = '" + Scene.SESSION_B + "'"))
          .hasSize(1);
    });
  }

  @Test
  @Tag("AT-016")
  @Tag("AT-017")
  void a_session_gets_an_id_and_belongs_to_a_user() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String insert =
          "insert into sessions (user_id, token_hash, expires_at)"
              + " values (?::uuid, repeat('c', 64), timestamp '2100-01-01')";
      String nobody = "cccccccc-0000-4000-8000-000000000001";
      assertThat(trial.refusal(insert, nobody).constraint()).isEqualTo("sessions_user_id_fkey");
      assertThat(trial.refusal(insert, new Object[] {null}).state()).isEqualTo("23502");
      assertThat(trial.value(insert + " returning id", Scene.USER_A)).hasSize(36);
    });
  }

  @Test
  @Tag("AT-018")
  @Tag("AT-022")
  @Tag("AT-080")
  void a_token_is_kept_as_a_sha_256_and_once() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String insert =
          "insert into sessions (user_id, token_hash, expires_at) values ('"
              + Scene.USER_A
              + "', %s, timestamp '2100-01-01')";
      String form = "sessions_token_hash_sha256";
      refused(trial, "23514", form, insert.formatted("'eyJhbGciOiJIUzI1NiJ9.e30.x'"));
      refused(trial, "23514", form, insert.formatted("repeat('a', 63)"));
      refused(trial, "23514", form, insert.formatted("repeat('A', 64)"));
      refused(trial, "23505", "sessions_token_hash_key", insert.formatted("repeat('b', 64)"));
    });
  }

  @Test
  @Tag("AT-019")
  void a_session_ends_and_not_before_it_begins() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String insert =
          "insert into sessions (user_id, token_hash, expires_at) values ('"
              + Scene.USER_A
              + "', repeat('c', 64), %s)";
      refused(trial, "23502", "", insert.formatted("null"));
      refused(
          trial,
          "23514",
          "sessions_expires_later",
          insert.formatted("timezone('utc', now()) - interval '1 hour'"));
    });
  }
}
