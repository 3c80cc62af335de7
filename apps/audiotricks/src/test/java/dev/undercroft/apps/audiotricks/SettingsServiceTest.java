package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Secret;
import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Preferences and brought keys over HTTP. */
@DatabaseTest
class SettingsServiceTest {

  private static final String KEY = "sk-proj-0123456789abcdefWXYZ";
  private static final String EXAMPLE =
      """
      {"theme": "dark", "autoSave": true, "notifications": {"email": true, "browser": false},
       "audioDefaults": {"format": "mp3", "quality": "high"}, "further": [1, 2.5, null]}
      """;

  @TempDir Path folder;

  @Test
  @Tag("AT-050")
  void the_example_of_settings_comes_back_unchanged(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var ann = stage.as(Theatre.register(stage, "ann"), "user");
      ann.ask("PUT", "/api/settings", "{\"settings\": " + EXAMPLE + "}");
      Stage.Answer read = ann.ask("GET", "/api/settings");
      assertThat(read.json().get("settings"))
          .isEqualTo(JsonMapper.builder().build().readTree(EXAMPLE));
      assertThat(read.json().get("preferredLanguage").asString()).isEqualTo("en");
      Stage.Answer changed =
          ann.ask(
              "PUT",
              "/api/settings",
              "{\"preferredLanguage\": \"de\", \"summaryQuality\": \"fast\"}");
      assertThat(changed.json().get("settings")).isEqualTo(read.json().get("settings"));
      assertThat(changed.json().get("preferredLanguage").asString()).isEqualTo("de");
      assertThat(changed.json().get("summaryQuality").asString()).isEqualTo("fast");
    }
  }

  @Test
  @Tag("AT-050")
  void settings_of_a_wrong_shape_are_refused_with_their_places(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var ann = stage.as(Theatre.register(stage, "ann"), "user");
      Stage.Answer answer =
          ann.ask(
              "PUT",
              "/api/settings",
              """
              {"settings": {"theme": 1, "autoSave": "yes", "notifications": {"email": 0},
               "audioDefaults": []}}
              """);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(
              answer
                  .json()
                  .get("errors")
                  .valueStream()
                  .map(error -> error.get("pointer").asString()))
          .containsExactly(
              "/settings/theme",
              "/settings/autoSave",
              "/settings/notifications/email",
              "/settings/audioDefaults");
      for (String bad :
          List.of(
              "{\"settings\": []}",
              "{\"summaryQuality\": \"best\"}",
              "{\"preferredLanguage\": \"english please\"}",
              "{\"colour\": \"red\"}")) {
        assertThat(ann.ask("PUT", "/api/settings", bad).status()).as(bad).isEqualTo(400);
      }
    }
  }

  @Test
  @Tag("AT-027")
  @Tag("AT-059")
  @Tag("AT-079")
  void a_key_is_kept_encrypted_and_shown_by_its_end_only(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var ann = stage.as(Theatre.register(stage, "ann"), "user");
      Stage.Answer kept = ann.ask("PUT", "/api/settings/keys/openai", "{\"key\": \"" + KEY + "\"}");
      assertThat(kept.json().at("/apiKeys/openai").asString()).isEqualTo("••••WXYZ");
      assertThat(kept.body()).doesNotContain(KEY.substring(0, 20));
      assertThat(
              database.value(
                  "select count(*) from user_settings s, audit_log a"
                      + " where s::text like '%0123456789%' or a::text like '%0123456789%'"))
          .isEqualTo("0");
      assertThat(
              database.value(
                  "select openai_api_key_encrypted ~ '^[A-Za-z0-9_-]{60,}$' from user_settings"
                      + " where openai_api_key_encrypted is not null"))
          .isEqualTo("t");
      Stage.Answer forgotten = ann.ask("DELETE", "/api/settings/keys/openai");
      assertThat(forgotten.json().get("apiKeys")).isEmpty();
      assertThat(ann.ask("PUT", "/api/settings/keys/elevenlabs", "{\"key\": \"short\"}").status())
          .isEqualTo(400);
      assertThat(ann.ask("PUT", "/api/settings/keys/other", "{\"key\": null}").status())
          .isEqualTo(400);
    }
  }

  @Test
  @Tag("AT-028")
  @Tag("AT-059")
  void a_key_decrypts_to_the_original_and_a_changed_or_moved_one_does_not(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.register(stage, "ann");
      String bob = Theatre.register(stage, "bob");
      var cipher =
          dev.undercroft.identity.FieldCipher.of(dev.undercroft.identity.CipherKey.random());
      var preferences = new UserPreferences(stage.data(), cipher);
      var provider = KeyProvider.elevenlabs;
      preferences.setKey(
          LiveSessions.caller(UUID.fromString(ann)),
          provider,
          java.util.Optional.of(Secret.of(KEY)));
      assertThat(preferences.key(LiveSessions.caller(UUID.fromString(ann)), provider))
          .contains(Secret.of(KEY));
      database.execute(
          "update user_settings set elevenlabs_api_key_encrypted = (select"
              + " elevenlabs_api_key_encrypted from user_settings where user_id = '%s') where"
                  .formatted(ann)
              + " user_id = '%s'".formatted(bob));
      assertThat(code(preferences, bob)).isEqualTo("IDENTITY_SEALED_WRONG");
      database.execute(
          "update user_settings set elevenlabs_api_key_encrypted = overlay("
              + "elevenlabs_api_key_encrypted placing case when"
              + " substr(elevenlabs_api_key_encrypted, 40, 1) = 'A' then 'B' else 'A' end from 40)");
      assertThat(code(preferences, ann)).isEqualTo("IDENTITY_SEALED_WRONG");
    }
  }

  private static String code(UserPreferences preferences, String user) {
    try {
      preferences.key(LiveSessions.caller(UUID.fromString(user)), KeyProvider.elevenlabs);
      return "";
    } catch (dev.undercroft.base.ProblemException e) {
      return e.first().code();
    }
  }
}
