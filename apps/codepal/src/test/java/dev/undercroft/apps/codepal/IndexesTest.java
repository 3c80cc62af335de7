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

/** Every index, by a query whose plan must use it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexesTest {

  private static final String ROWS =
      """
      insert into users (id, email, role) select 'u' || n, 'p' || n, case when n % 100 = 0 then 'admin' else 'user' end from generate_series(1, 4000) n;
      insert into accounts (user_id, type, provider, provider_account_id)
        select 'u' || n, 'oauth', 'github', n from generate_series(1, 4000) n;
      insert into sessions (user_id, session_token, expires)
        select 'u' || n, encode(sha256(n::text::bytea), 'hex'), timestamptz '2026-01-01' + n * interval '1 hour' from generate_series(1, 4000) n;
      insert into api_keys (user_id, key, prefix)
        select 'u' || n, encode(sha256(n::text::bytea), 'hex'), 'code' from generate_series(1, 4000) n;
      insert into verification_tokens (identifier, token, expires)
        select n, encode(sha256(n::text::bytea), 'hex'), timestamptz '2026-01-01' + n * interval '1 hour' from generate_series(1, 4000) n;
      insert into projects (id, name, owner_id, status) select 'p' || n, 'x', 'u' || n / 4, case when n % 100 = 0 then 'ARCHIVED' else 'ACTIVE' end
        from generate_series(4, 8000) n;
      insert into project_members (project_id, user_id, role) select 'p' || n, 'u' || n / 2, 'VIEWER' from generate_series(4, 8000) n;
      insert into project_files (project_id, path, name, size, modified_by)
        select 'p' || n / 4, n, n, 0, 'u' || n / 4 from generate_series(16, 16000) n;
      insert into audit_log (action, table_name, record_id, user_id, timestamp)
        select 'INSERT', 'projects', 'p' || n, 'u' || n / 4, timestamp '2026-01-01' + n * interval '1 minute' from generate_series(1, 4000) n;
      """;

  private final Trials trials;

  IndexesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("codepal", young, old).prepare(ROWS, "vacuum analyze");
  }

  private void uses(String index, String query) {
    trials.each(trial -> assertThat(trial.plan(query)).contains(" " + index + " "));
  }

  @Test
  @Tag("CP-109")
  void users_by_address() {
    uses("idx_user_email", "select 1 from users where email = 'p7'");
    uses("users_email_lower_key", "select 1 from users where lower(email) = 'p7'");
  }

  @Test
  @Tag("CP-110")
  void users_by_role() {
    uses("idx_user_role", "select 1 from users where role = 'admin'");
  }

  @Test
  @Tag("CP-111")
  void projects_by_owner() {
    uses("idx_project_owner", "select 1 from projects where owner_id = 'u7'");
  }

  @Test
  @Tag("CP-112")
  void projects_by_status() {
    uses("idx_project_status", "select 1 from projects where status = 'ARCHIVED'");
  }

  @Test
  @Tag("CP-113")
  void members_by_user() {
    uses("idx_project_member_user", "select 1 from project_members where user_id = 'u7'");
  }

  @Test
  @Tag("CP-114")
  void members_by_project() {
    // Uniqueness has an index that begins with the project, too: either may be taken.
    trials.each(trial -> {
      trial.as("owner", "", "");
      trial.run("alter table project_members drop constraint project_members_project_user_key");
      assertThat(trial.plan("select 1 from project_members where project_id = 'p7'"))
          .contains(" idx_project_member_project ");
    });
  }

  @Test
  @Tag("CP-115")
  void files_by_project() {
    trials.each(trial -> {
      trial.as("owner", "", "");
      trial.run("alter table project_files drop constraint idx_project_file_path");
      assertThat(trial.plan("select 1 from project_files where project_id = 'p7'"))
          .contains(" idx_project_file_project ");
    });
  }

  @Test
  @Tag("CP-116")
  void files_by_project_and_path() {
    uses(
        "idx_project_file_path",
        "select 1 from project_files where project_id = 'p7' and path = '30'");
  }

  @Test
  @Tag("CP-009")
  @Tag("CP-010")
  @Tag("CP-011")
  @Tag("CP-015")
  void sign_ins_keys_and_tokens() {
    uses("accounts_user_id_idx", "select 1 from accounts where user_id = 'u7'");
    uses(
        "accounts_provider_account_key",
        "select 1 from accounts where provider = 'github' and provider_account_id = '7'");
    uses("sessions_session_token_key", "select 1 from sessions where session_token = 'x'");
    uses("sessions_user_id_idx", "select 1 from sessions where user_id = 'u7'");
    uses("api_keys_key_key", "select 1 from api_keys where key = 'x'");
    uses("api_keys_user_id_idx", "select 1 from api_keys where user_id = 'u7'");
    uses("verification_tokens_token_key", "select 1 from verification_tokens where token = 'x'");
    uses(
        "verification_tokens_expires_idx",
        "select 1 from verification_tokens where expires < timestamptz '2026-01-02'");
  }

  @Test
  void the_expired_sessions() {
    uses("sessions_expires_idx", "select 1 from sessions where expires < timestamptz '2026-01-02'");
  }

  @Test
  @Tag("CP-140")
  void the_audit_log_by_record_actor_and_time() {
    uses(
        "audit_log_record_idx",
        "select 1 from audit_log where table_name = 'projects' and record_id = 'p7'");
    uses(
        "audit_log_user_idx",
        "select 1 from audit_log where user_id = 'u7' order by timestamp desc");
    uses(
        "audit_log_timestamp_idx",
        "select 1 from audit_log where timestamp < timestamp '2026-01-01 01:00:00'");
  }
}
