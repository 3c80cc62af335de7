package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change and every look of an administrator leaves an entry that nobody changes. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

  private final Trials trials;

  AuditTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old);
  }

  @Test
  @Tag("EP-021")
  void making_changing_and_removing_a_row_of_each_table_is_recorded() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update projects set title = 'New' where id = 'project-a'");
      trial.run("delete from users where id = 'user-a'");
      trial.run("delete from verification_tokens where identifier = 'a@example.com'");
      assertThat(
              trial.column(
                  "select concat_ws(' ', entity, entity_id, string_agg(action, ' ' order by id))"
                      + " from audit_log where entity_id ~ '(-a|^a@example.com)$'"
                      + " group by entity, entity_id order by entity"))
          .containsExactly(
              "accounts account-a CREATE DELETE",
              "assets asset-a CREATE DELETE",
              "jobs job-a CREATE DELETE",
              "presets preset-a CREATE DELETE",
              "projects project-a CREATE UPDATE DELETE",
              "scenes scene-a CREATE DELETE",
              "sessions session-a CREATE DELETE",
              "users user-a CREATE DELETE",
              "verification_tokens a@example.com CREATE DELETE");
    });
  }

  @Test
  @Tag("EP-021")
  void an_entry_says_who_and_the_values_before_and_after() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      trial.run("update projects set title = 'New'");
      assertThat(
              trial.value(
                  "select concat_ws(' ', user_id, actor_role, action, entity_id,"
                      + " old_values - 'updated_at', new_values - 'updated_at') from audit_log"))
          .isEqualTo(
              "user-a USER UPDATE project-a {\"title\": \"Story of a\"} {\"title\": \"New\"}");
    });
  }

  @Test
  @Tag("EP-021")
  void a_change_of_role_is_named_as_such() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("admin", "ADMIN");
      trial.run("update users set role = 'PREMIUM' where id = 'user-a'");
      assertThat(
              trial.value(
                  "select concat_ws(' ', user_id, actor_role, entity_id, old_values ->> 'role',"
                      + " new_values ->> 'role') from audit_log where action = 'ROLE_CHANGE'"))
          .isEqualTo("admin ADMIN user-a USER PREMIUM");
    });
  }

  @Test
  @Tag("EP-021")
  @Tag("EP-057")
  void the_look_of_an_administrator_is_recorded_and_nobody_elses() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String look = "select record_admin_read('users', 'user-a')";
      trial.asCaller("user-a", "USER");
      assertThat(trial.refusal(look).state()).isEqualTo("42501");
      trial.asCaller("admin", "ADMIN");
      trial.run(look);
      assertThat(
              trial.value(
                  "select concat_ws(' ', user_id, actor_role, entity, entity_id) from audit_log"
                      + " where action = 'ADMIN_READ'"))
          .isEqualTo("admin ADMIN users user-a");
    });
  }

  @Test
  @Tag("EP-021")
  void secrets_are_left_out_but_not_that_they_changed() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update users set api_keys = '{\"openai_api_key\": \"sealed-key\"}'");
      trial.run("update accounts set refresh_token = 'sealed-refresh'");
      trial.run("delete from sessions");
      assertThat(
              trial.value(
                  "select count(*) from audit_log where concat(old_values, new_values)"
                      + " ~ 'sealed|aaaaaaaaaaaaaaaa'"))
          .isEqualTo("0");
      assertThat(
              trial.value(
                  "select new_values - 'updated_at' from audit_log where action = 'UPDATE'"
                      + " and entity_id = 'user-a'"))
          .isEqualTo("{\"api_keys\": \"(secret)\"}");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set action = 'DELETE'",
        "delete from audit_log",
        "truncate audit_log"
      })
  @Tag("EP-021")
  void nobody_changes_an_entry(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String role : new String[] {"app", "system", "migrator", "owner"}) {
        trial.as(role, "admin", "ADMIN");
        assertThat(trial.refusal(statement).state()).as(role).isEqualTo("42501");
      }
      trial.run("reset role");
      trial.run("set local session_replication_role = replica");
      assertThat(trial.refusal(statement).message()).contains("append-only");
    });
  }

  @Test
  @Tag("EP-021")
  void nobody_writes_an_entry_but_the_triggers() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String insert =
          "insert into audit_log (user_id, action, entity) values ('user-b', 'DELETE', 'users')";
      for (String role : new String[] {"app", "system", "owner"}) {
        trial.as(role, "user-a", "USER");
        assertThat(trial.refusal(insert).state()).as(role).isEqualTo("42501");
      }
    });
  }
}
