package dev.undercroft.apps.codepal;

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

/** Every change leaves an entry that nobody changes. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {

  private final Trials trials;

  AuditTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("codepal", young, old);
  }

  @Test
  @Tag("CP-140")
  void making_and_removing_a_row_of_each_table_is_recorded() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("delete from users where id = 'user-a'");
      trial.run("delete from verification_tokens where identifier = 'a@example.com'");
      assertThat(
              trial.column(
                  "select concat_ws(' ', table_name, record_id, string_agg(action, ' ' order by id))"
                      + " from audit_log where record_id ~ '(-a|^a@example.com|^member-viewer)$'"
                      + " and action <> 'UPDATE'"
                      + " group by table_name, record_id order by table_name"))
          .containsExactly(
              "accounts account-a INSERT DELETE",
              "api_keys api_key-a INSERT DELETE",
              "project_files project_file-a INSERT DELETE",
              "project_members member-viewer INSERT DELETE",
              "projects project-a INSERT DELETE",
              "sessions session-a INSERT DELETE",
              "users user-a INSERT DELETE",
              "verification_tokens a@example.com INSERT DELETE");
    });
  }

  @Test
  @Tag("CP-140")
  void an_entry_says_who_when_and_the_values_before_and_after() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "user");
      trial.run("update projects set name = 'New'");
      assertThat(
              trial.value(
                  "select concat_ws(' ', user_id, action, table_name, record_id, old_values ->> 'name',"
                      + " new_values ->> 'name', abs(extract(epoch from timestamp -"
                      + " timezone('utc', now()))) < 60) from audit_log"))
          .isEqualTo("user-a UPDATE projects project-a Project a New t");
    });
  }

  @Test
  @Tag("CP-140")
  @Tag("CP-132")
  void secrets_are_left_out_but_not_that_they_changed() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update users set hashed_password = 'sealed-h'");
      trial.run("update accounts set refresh_token = 'sealed-refresh'");
      trial.run("delete from sessions");
      trial.run("delete from api_keys");
      assertThat(
              trial.value(
                  "select count(*) from audit_log where concat(old_values, new_values)"
                      + " ~ 'sealed|aaaaaaaaaaaaaaaa'"))
          .isEqualTo("0");
      assertThat(
              trial.value(
                  "select new_values - 'updated_at' from audit_log where action = 'UPDATE'"
                      + " and record_id = 'user-a'"))
          .isEqualTo("{\"hashed_password\": \"(secret)\"}");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set action = 'x'",
        "delete from audit_log",
        "truncate audit_log"
      })
  @Tag("CP-140")
  void nobody_changes_an_entry(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String role : new String[] {"app", "system", "migrator", "owner"}) {
        trial.as(role, "admin", "admin");
        assertThat(trial.refusal(statement).state()).as(role).isEqualTo("42501");
      }
      trial.run("reset role");
      trial.run("set local session_replication_role = replica");
      assertThat(trial.refusal(statement).message()).contains("append-only");
    });
  }

  @Test
  @Tag("CP-140")
  void nobody_writes_an_entry_but_the_triggers() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String insert = "insert into audit_log (user_id, action) values ('user-b', 'DELETE')";
      for (String role : new String[] {"app", "system", "owner"}) {
        trial.as(role, "user-a", "user");
        assertThat(trial.refusal(insert).state()).as(role).isEqualTo("42501");
      }
    });
  }
}
