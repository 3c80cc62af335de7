package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the database refuses, whoever asks. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChecksTest {

  /** A constraint and a statement that it refuses. */
  private static final String REFUSED =
      """
      users_email_key | insert into users (email) values ('a@example.com')
      users_email_lower_key | insert into users (email) values ('A@Example.com')
      users_settings_object | update users set settings = '[]'
      users_api_keys_known | update users set api_keys = '{"mistral_api_key": "sealed"}'
      users_api_keys_encrypted | update users set api_keys = '{"gemini_api_key": "AIzaSyA"}'
      users_api_keys_encrypted | update users set api_keys = '{"openai_api_key": "sk-abc"}'
      users_api_keys_encrypted | update users set api_keys = '{"anthropic_api_key": "sk-ant-abc"}'
      users_id_fixed | update users set id = 'other' where id = 'user-a'
      accounts_provider_account_key | insert into accounts (user_id, type, provider, provider_account_id) values ('user-b', 'oauth', 'google', 'a')
      accounts_user_id_fkey | insert into accounts (user_id, type, provider, provider_account_id) values ('nobody', 'oauth', 'google', 'c')
      accounts_tokens_encrypted | update accounts set id_token = 'eyJhbGciOi'
      accounts_tokens_encrypted | update accounts set access_token = 'eyJhbGciOi'
      accounts_owner_fixed | update accounts set user_id = 'user-b' where id = 'account-a'
      sessions_session_token_key | insert into sessions (user_id, session_token, expires) values ('user-b', repeat('a', 64), now())
      sessions_session_token_sha256 | insert into sessions (user_id, session_token, expires) values ('user-b', 'token', now())
      sessions_user_id_fkey | insert into sessions (user_id, session_token, expires) values ('nobody', repeat('c', 64), now())
      verification_tokens_pkey | insert into verification_tokens (identifier, token, expires) values ('a@example.com', repeat('a', 64), now())
      verification_tokens_token_key | insert into verification_tokens (identifier, token, expires) values ('c@example.com', repeat('a', 64), now())
      verification_tokens_token_sha256 | insert into verification_tokens (identifier, token, expires) values ('c@example.com', 'token', now())
      projects_user_id_fkey | insert into projects (user_id, title, config) values ('nobody', 'x', '{}')
      projects_title_present | insert into projects (user_id, title, config) values ('user-a', '', '{}')
      projects_config_object | insert into projects (user_id, title, config) values ('user-a', 'x', '[]')
      projects_owner_fixed | update projects set user_id = 'user-b' where id = 'project-a'
      jobs_project_id_fkey | insert into jobs (project_id, config) values ('nothing', '{}')
      jobs_config_object | insert into jobs (project_id, config) values ('project-a', '1')
      jobs_cost_estimate_object | update jobs set cost_estimate = '[]'
      jobs_cost_actual_object | update jobs set cost_actual = '[]'
      jobs_error_detail_object | update jobs set error_detail = '"x"'
      jobs_project_fixed | update jobs set project_id = 'project-b' where id = 'job-a'
      jobs_times_fixed | update jobs set attempts = 1 where id = 'job-a'
      jobs_times_fixed | update jobs set started_at = now() where id = 'job-a'
      scenes_project_id_fkey | insert into scenes (project_id, scene_index, text) values ('nothing', 0, 'x')
      scenes_project_index_key | insert into scenes (project_id, scene_index, text) values ('project-a', 0, 'x')
      scenes_index_from_zero | insert into scenes (project_id, scene_index, text) values ('project-a', -1, 'x')
      scenes_image_asset_id_fkey | update scenes set image_asset_id = 'nothing' where id = 'scene-a'
      scenes_image_asset_id_fkey | update scenes set image_asset_id = 'asset-b' where id = 'scene-a'
      scenes_project_fixed | update scenes set project_id = 'project-b', scene_index = 9, image_asset_id = null where id = 'scene-a'
      assets_user_id_fkey | insert into assets (user_id, type, uri) values ('nobody', 'IMAGE', 'x')
      assets_uri_present | insert into assets (user_id, type, uri) values ('user-a', 'IMAGE', '')
      assets_size | insert into assets (user_id, type, uri, size_bytes) values ('user-a', 'IMAGE', 'x', -1)
      assets_owner_fixed | update assets set user_id = 'user-b' where id = 'asset-a'
      presets_user_id_fkey | insert into presets (user_id, name, config) values ('nobody', 'x', '{}')
      presets_name_present | insert into presets (user_id, name, config) values ('user-a', '', '{}')
      presets_config_object | insert into presets (user_id, name, config) values ('user-a', 'x', '[]')
      presets_owner_fixed | update presets set user_id = 'user-b' where id = 'preset-a'
      presets_one_default_key | insert into presets (user_id, name, config, is_default) values ('user-a', 'x', '{}', true), ('user-a', 'y', '{}', true)
      """;

  private final Trials trials;

  ChecksTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old);
  }

  static Stream<String[]> refused() {
    return REFUSED.lines().map(line -> line.split(" \\| ", 2));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  @Tag("EP-010")
  @Tag("EP-011")
  @Tag("EP-012")
  @Tag("EP-013")
  @Tag("EP-014")
  @Tag("EP-015")
  @Tag("EP-016")
  @Tag("EP-017")
  void a_bad_value_is_refused(String constraint, String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.refusal(statement).constraint()).isEqualTo(constraint);
    });
  }

  @Test
  @Tag("EP-017")
  void another_preset_may_become_the_default_when_the_first_is_deleted() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update presets set is_default = true where id = 'preset-a'");
      trial.run("update presets set deleted_at = now() where id = 'preset-a'");
      assertThat(
              trial.run(
                  "insert into presets (user_id, name, config, is_default)"
                      + " values ('user-a', 'x', '{}', true)"))
          .isEqualTo(1);
    });
  }

  @Test
  @Tag("EP-013")
  @Tag("EP-014")
  @Tag("EP-020")
  void a_configuration_is_there_asked_by_key_and_changed_in_part() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial.refusal("insert into projects (user_id, title) values ('user-a', 'x')").state())
          .isEqualTo("23502");
      assertThat(trial.refusal("insert into jobs (project_id) values ('project-a')").state())
          .isEqualTo("23502");
      trial.asCaller("user-a", "USER");
      trial.run("update projects set config = jsonb_set(config, '{voice}', '{\"speed\": 1.1}')");
      assertThat(
              trial.value(
                  "select config from projects where config @> '{\"voice\": {\"speed\": 1.1}}'"))
          .isEqualTo("{\"voice\": {\"speed\": 1.1}, \"aspect_ratio\": \"9:16\"}");
    });
  }

  @Test
  @Tag("EP-010")
  void rows_get_ids_and_may_bring_their_own() {
    trials.each(trial -> {
      String insert = "insert into users (email) values (?) returning id";
      assertThat(trial.value(insert, "x@example.com")).matches("[0-9a-f-]{36}");
      assertThat(
              trial.run("insert into users (id, email) values ('cl9ebqhxk00003b600tymydho', 'y')"))
          .isEqualTo(1);
    });
  }

  @Test
  void the_time_of_change_moves_without_help() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String table : new String[] {"users", "projects", "jobs", "scenes", "presets"}) {
        assertThat(
                trial.column(
                    "update " + table + " set updated_at = 'epoch' returning updated_at > now()"))
            .as(table)
            .containsOnly("t");
      }
    });
  }
}
