package dev.undercroft.apps.audiotricks;

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

  private static final String ENTRIES =
      "select concat_ws(' ', actor_id, actor_role, action, table_name, record_id)"
          + " from audit_log where owner_id = '"
          + Scene.USER_A
          + "' order by id";

  private final Trials trials;

  AuditTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  @Test
  @Tag("AT-094")
  void every_insert_update_and_delete_is_recorded_with_who_and_what() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String mine = Scene.USER_A + " user ";
      trial.asCaller(Scene.USER_A, "user");
      trial.run("update audio_history set title = 'New'");
      trial.run("delete from sessions");
      trial.asSystem();
      assertThat(trial.column(ENTRIES))
          .containsExactly(
              "INSERT users " + Scene.USER_A,
              "INSERT sessions " + Scene.SESSION_A,
              "INSERT user_settings " + Scene.USER_A,
              "INSERT audio_history " + Scene.ENTRY_A,
              mine + "UPDATE audio_history " + Scene.ENTRY_A,
              mine + "DELETE sessions " + Scene.SESSION_A);
    });
  }

  @Test
  @Tag("AT-094")
  void an_update_keeps_old_and_new_values_of_what_changed() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      trial.run("update audio_history set title = 'New', summary = 'S'");
      assertThat(
              trial.value(
                  "select concat_ws(' ', old_values, new_values) from audit_log"
                      + " where action = 'UPDATE'"))
          .isEqualTo(
              "{\"title\": \"Talk of a\", \"summary\": null} {\"title\": \"New\", \"summary\": \"S\"}");
    });
  }

  @Test
  @Tag("AT-094")
  void secrets_are_left_out_but_not_that_they_changed() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run(
          "update user_settings set openai_api_key_encrypted = 'sealed-2', elevenlabs_api_key_encrypted"
              + " = 'sealed-3'");
      trial.run("update users set password_hash = 'h2'");
      trial.run("delete from sessions");
      assertThat(
              trial.value(
                  "select count(*) from audit_log where concat(old_values, new_values)"
                      + " ~ 'sealed|\\$2b|h2|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"))
          .isEqualTo("0");
      assertThat(
              trial.value(
                  "select new_values - 'updated_at' from audit_log where action = 'UPDATE' and"
                      + " table_name = 'user_settings' and owner_id = ?::uuid",
                  Scene.USER_A))
          .isEqualTo(
              "{\"openai_api_key_encrypted\": \"(secret)\", \"elevenlabs_api_key_encrypted\":"
                  + " \"(secret)\"}");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set action = 'x'",
        "delete from audit_log",
        "truncate audit_log"
      })
  @Tag("AT-094")
  void nobody_changes_an_entry(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String role : new String[] {"app", "system", "migrator", "owner"}) {
        trial.as(role, Scene.USER_A, "user");
        assertThat(trial.refusal(statement).state()).as(role).isEqualTo("42501");
      }
      trial.run("reset role");
      trial.run("set local session_replication_role = replica");
      assertThat(trial.refusal(statement).message()).contains("append-only");
    });
  }

  @Test
  @Tag("AT-094")
  void nobody_writes_an_entry_but_the_triggers() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String insert =
          "insert into audit_log (action, table_name, record_id) values ('DELETE', 'users', '"
              + Scene.USER_B
              + "')";
      for (String role : new String[] {"app", "system", "owner"}) {
        trial.as(role, Scene.USER_A, "user");
        assertThat(trial.refusal(insert).state()).as(role).isEqualTo("42501");
      }
    });
  }

  @Test
  @Tag("AT-094")
  @Tag("AT-082")
  void a_user_reads_the_entries_about_the_own_rows_only() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      assertThat(trial.column("select distinct owner_id from audit_log"))
          .containsExactly(Scene.USER_A);
      trial.asNobody();
      assertThat(trial.column("select owner_id from audit_log")).isEmpty();
    });
  }
}
