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

/** What the database itself keeps about preferences and brought keys. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsTest {

  private static final String EXAMPLE =
      """
      {"theme": "dark", "autoSave": true, "notifications": {"email": true, "browser": false},
       "audioDefaults": {"format": "mp3", "quality": "high"}, "further": [1, 2]}
      """;

  private final Trials trials;

  SettingsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  @Test
  @Tag("AT-003")
  @Tag("AT-026")
  @Tag("AT-033")
  void a_second_row_of_a_user_is_refused() {
    trials.each(trial -> {
      Scene.arrange(trial);
      var refusal =
          trial.refusal("insert into user_settings (user_id) values (?::uuid)", Scene.USER_A);
      assertThat(refusal.constraint()).isEqualTo("user_settings_pkey");
      assertThat(
              trial
                  .refusal(
                      "insert into user_settings (user_id) values (?::uuid)",
                      "cccccccc-0000-4000-8000-000000000001")
                  .constraint())
          .isEqualTo("user_settings_user_id_fkey");
    });
  }

  @Test
  @Tag("AT-029")
  @Tag("AT-030")
  @Tag("AT-031")
  @Tag("AT-061")
  @Tag("AT-062")
  @Tag("AT-063")
  void a_new_row_has_the_defaults() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial.value(
                  "select concat_ws(' ', preferred_language, summary_quality, settings_json)"
                      + " from user_settings where user_id = ?::uuid",
                  Scene.USER_A))
          .isEqualTo("en balanced {}");
    });
  }

  @Test
  @Tag("AT-027")
  @Tag("AT-028")
  void a_key_in_clear_is_refused_and_none_is_fine() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String mine = " where user_id = '" + Scene.USER_A + "'";
      String openai = "update user_settings set openai_api_key_encrypted = ?" + mine;
      String elevenlabs = "update user_settings set elevenlabs_api_key_encrypted = ?" + mine;
      assertThat(trial.refusal(openai, "sk-proj-abc").constraint())
          .isEqualTo("user_settings_openai_key_encrypted");
      assertThat(trial.refusal(elevenlabs, "sk_0123456789abcdef").constraint())
          .isEqualTo("user_settings_elevenlabs_key_encrypted");
      assertThat(trial.refusal(elevenlabs, "0123456789abcdef0123456789ABCDEF").constraint())
          .isEqualTo("user_settings_elevenlabs_key_encrypted");
      assertThat(trial.run(openai, new Object[] {null})).isEqualTo(1);
      assertThat(trial.run(elevenlabs, new Object[] {null})).isEqualTo(1);
    });
  }

  @Test
  @Tag("AT-031")
  void settings_are_an_object() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String other : new String[] {"[]", "1", "\"x\"", "null"}) {
        assertThat(
                trial
                    .refusal("update user_settings set settings_json = ?::jsonb", other)
                    .constraint())
            .isEqualTo("user_settings_json_object");
      }
    });
  }

  @Test
  @Tag("AT-031")
  @Tag("AT-050")
  void the_example_comes_back_unchanged_and_is_readable_by_key() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      trial.run("update user_settings set settings_json = ?::jsonb", EXAMPLE);
      assertThat(trial.value("select settings_json = ?::jsonb from user_settings", EXAMPLE))
          .isEqualTo("t");
      assertThat(
              trial.value(
                  "select concat_ws(' ', settings_json ->> 'theme', settings_json -> 'autoSave',"
                      + " settings_json #>> '{notifications,browser}',"
                      + " settings_json #>> '{audioDefaults,quality}') from user_settings"))
          .isEqualTo("dark true false high");
    });
  }
}
