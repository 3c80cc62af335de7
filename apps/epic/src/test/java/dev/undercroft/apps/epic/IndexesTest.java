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

/** Every index, by a query whose plan must use it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexesTest {

  private static final String ROWS =
      """
      insert into users (id, email) select 'u' || n, 'p' || n from generate_series(1, 2000) n;
      insert into accounts (user_id, type, provider, provider_account_id)
        select 'u' || n, 'oauth', 'google', n from generate_series(1, 2000) n;
      insert into sessions (user_id, session_token, expires)
        select 'u' || n, encode(sha256(n::text::bytea), 'hex'), timestamptz '2026-01-01' + n * interval '1 hour' from generate_series(1, 2000) n;
      insert into verification_tokens (identifier, token, expires)
        select n, encode(sha256(n::text::bytea), 'hex'), timestamptz '2026-01-01' + n * interval '1 hour' from generate_series(1, 2000) n;
      insert into projects (id, user_id, title, config, deleted_at)
        select 'p' || n, 'u' || n / 4, 't', '{}', case when n % 100 = 0 then timestamptz '2026-01-01' + n * interval '1 hour' end from generate_series(4, 8000) n;
      insert into jobs (project_id, status, config, priority, created_at, started_at, finished_at)
        select 'p' || n / 2, case when n % 20 = 0 then 'QUEUED' else 'SUCCEEDED' end::job_status, '{}', n % 2 * 10,
               timestamptz '2026-01-01' + n * interval '1 minute',
               case when n % 20 > 0 then timestamptz '2027-01-01' end, case when n % 20 > 0 then timestamptz '2027-01-01' end
          from generate_series(8, 16000) n;
      insert into assets (id, user_id, type, uri, expires_at, deleted_at)
        select 'a' || n, 'u' || n / 4, case when n % 100 = 0 then 'VIDEO' else 'IMAGE' end::asset_type, 'x',
               timestamptz '2026-01-01' + n * interval '1 hour', case when n % 100 = 0 then timestamptz '2026-01-01' + n * interval '1 hour' end from generate_series(4, 8000) n;
      insert into scenes (project_id, scene_index, text, image_asset_id)
        select 'p' || n / 2, n % 2, 'x', 'a' || n from generate_series(8, 8000) n;
      insert into presets (user_id, name, config, is_default, deleted_at)
        select 'u' || n / 4, 'x', '{}', n % 4 = 0, case when n % 100 = 1 then timestamptz '2026-01-01' + n * interval '1 hour' end from generate_series(4, 8000) n;
      insert into audit_log (action, entity, entity_id, user_id, created_at)
        select 'CREATE', 'projects', 'p' || n, 'u' || n / 4, timestamptz '2026-01-01' + n * interval '1 minute' from generate_series(1, 4000) n;
      update users set deleted_at = timestamptz '2026-01-01' where id like 'u%7';
      """;

  private final Trials trials;

  IndexesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old).prepare(ROWS, "vacuum analyze");
  }

  private void uses(String index, String query) {
    trials.each(trial -> assertThat(trial.plan(query)).contains(" " + index + " "));
  }

  @Test
  @Tag("EP-058")
  void the_projects_of_a_user() {
    uses("projects_user_id_idx", "select 1 from projects where user_id = 'u7'");
  }

  @Test
  @Tag("EP-059")
  void the_jobs_of_a_project() {
    uses("jobs_project_id_idx", "select 1 from jobs where project_id = 'p7'");
  }

  @Test
  @Tag("EP-060")
  void the_next_job_of_the_queue_comes_out_of_the_index_without_a_sort_step() {
    String query =
        "select id from jobs where status = 'QUEUED' order by priority desc, created_at, id"
            + " limit 1 for update skip locked";
    uses("jobs_status_idx", query);
    trials.each(trial -> assertThat(trial.plan(query)).doesNotContain("Sort"));
  }

  @Test
  @Tag("EP-061")
  void the_assets_of_a_user() {
    uses("assets_user_id_idx", "select 1 from assets where user_id = 'u7'");
  }

  @Test
  @Tag("EP-062")
  void the_expired_assets() {
    uses(
        "assets_expires_at_idx",
        "select 1 from assets where expires_at < timestamptz '2026-01-02'");
  }

  @Test
  @Tag("EP-010")
  @Tag("EP-011")
  @Tag("EP-012")
  void people_and_their_sign_ins() {
    uses("users_pkey", "select 1 from users where id = 'u7'");
    uses("users_email_key", "select 1 from users where email = 'p7'");
    uses("users_email_lower_key", "select 1 from users where lower(email) = 'p7'");
    uses("users_deleted_at_idx", "select 1 from users where deleted_at < timestamptz '2026-01-01'");
    uses(
        "accounts_provider_account_key",
        "select 1 from accounts where provider = 'google' and provider_account_id = '7'");
    uses("accounts_user_id_idx", "select 1 from accounts where user_id = 'u7'");
    uses("sessions_session_token_key", "select 1 from sessions where session_token = 'x'");
    uses("sessions_user_id_idx", "select 1 from sessions where user_id = 'u7'");
    uses("sessions_expires_idx", "select 1 from sessions where expires < timestamptz '2026-01-02'");
    uses("verification_tokens_token_key", "select 1 from verification_tokens where token = 'x'");
    uses(
        "verification_tokens_expires_idx",
        "select 1 from verification_tokens where expires < timestamptz '2026-01-02'");
  }

  @Test
  @Tag("EP-015")
  @Tag("EP-016")
  @Tag("EP-017")
  void scenes_assets_and_presets() {
    uses("scenes_project_index_key", "select 1 from scenes where project_id = 'p7'");
    uses(
        "scenes_project_index_key",
        "select 1 from scenes where project_id = 'p7' order by scene_index");
    uses("scenes_image_asset_id_idx", "select 1 from scenes where image_asset_id = 'a7'");
    uses("assets_type_idx", "select 1 from assets where type = 'VIDEO'");
    uses("presets_user_id_idx", "select 1 from presets where user_id = 'u7'");
    uses(
        "presets_one_default_key",
        "select 1 from presets where user_id = 'u7' and is_default and deleted_at is null");
  }

  @Test
  @Tag("EP-019")
  void what_is_to_be_removed_for_good() {
    String old = " where deleted_at < timestamptz '2026-01-10'";
    uses("projects_deleted_at_idx", "select 1 from projects" + old);
    uses("assets_deleted_at_idx", "select 1 from assets" + old);
    uses("presets_deleted_at_idx", "select 1 from presets" + old);
  }

  @Test
  @Tag("EP-021")
  void the_audit_log_by_row_actor_and_time() {
    uses(
        "audit_log_entity_idx",
        "select 1 from audit_log where entity = 'projects' and entity_id = 'p7'");
    uses(
        "audit_log_user_idx",
        "select 1 from audit_log where user_id = 'u7' order by created_at desc");
    uses(
        "audit_log_created_at_idx",
        "select 1 from audit_log where created_at < timestamptz '2026-01-01 01:00:00+00'");
  }
}
