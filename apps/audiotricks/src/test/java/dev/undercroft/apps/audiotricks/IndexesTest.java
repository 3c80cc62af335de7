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

/** Every index, by a query whose plan must use it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexesTest {

  private static final String USER = "'00000000-0000-4000-8000-000000000007'";
  private static final String ROWS =
      """
      create function id(n int) returns uuid language sql immutable as
        $$ select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
      select create_history_partitions('2026-01-01', 4);
      insert into users (id, email, username, password_hash)
        select id(n), 'p' || n || '@example.com', 'p' || n, 'h' from generate_series(1, 5000) n;
      insert into sessions (user_id, token_hash, created_at, expires_at)
        select id(n), encode(sha256(n::text::bytea), 'hex'), timestamp '2026-01-01', timestamp '2026-01-02' + n * interval '1 minute'
          from generate_series(1, 5000) n;
      insert into user_settings (user_id) select id(n) from generate_series(1, 5000) n;
      insert into audio_history (id, user_id, title, transcript, created_at)
        select id(n), case when n % 2 = 0 then id(7) else id(n / 20) end, 'Title', 'word' || n % 50, timestamp '2026-01-01' + n * interval '5 minutes'
          from generate_series(20, 20000) n;
      insert into audit_log (action, table_name, record_id, owner_id, occurred_at)
        select 'INSERT', 'users', id(n), id(n / 4), timestamp '2026-01-01' + n * interval '1 minute' from generate_series(1, 5000) n;
      """;

  private final Trials trials;

  IndexesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old).prepare(ROWS, "vacuum analyze");
  }

  private void uses(String index, String query) {
    trials.each(trial -> assertThat(trial.plan(query)).contains(" " + index + " "));
  }

  @Test
  @Tag("AT-013")
  void a_user_by_id() {
    uses("users_pkey", "select 1 from users where id = " + USER);
  }

  @Test
  @Tag("AT-014")
  @Tag("AT-072")
  void a_user_by_address_or_name_in_any_case() {
    uses("users_email_key", "select 1 from users where email = 'p7@example.com'");
    uses("users_username_key", "select 1 from users where username = 'p7'");
    uses("users_email_lower_key", "select 1 from users where lower(email) = 'p7@example.com'");
    uses("users_username_lower_key", "select 1 from users where lower(username) = 'p7'");
  }

  @Test
  @Tag("AT-021")
  void a_session_by_id() {
    uses("sessions_pkey", "select 1 from sessions where id = " + USER);
  }

  @Test
  @Tag("AT-022")
  @Tag("AT-024")
  @Tag("AT-073")
  void a_session_by_its_token() {
    uses("sessions_token_hash_key", "select 1 from sessions where token_hash = repeat('a', 64)");
  }

  @Test
  @Tag("AT-024")
  void the_sessions_of_a_user_and_the_expired_ones() {
    uses("sessions_user_id_idx", "select 1 from sessions where user_id = " + USER);
    uses(
        "sessions_expires_at_idx",
        "select 1 from sessions where expires_at < timestamp '2026-01-02 01:00:00'");
  }

  @Test
  @Tag("AT-033")
  void the_settings_of_a_user() {
    uses("user_settings_pkey", "select 1 from user_settings where user_id = " + USER);
  }

  @Test
  @Tag("AT-047")
  void an_entry_by_id() {
    uses(
        "audio_history_y2026m01_pkey",
        "select 1 from audio_history where id = " + USER + " and created_at < '2026-01-20'");
    trials.each(trial ->
        assertThat(
                trial.value(
                    "select pg_get_constraintdef(oid) from pg_constraint"
                        + " where conname = 'audio_history_pkey'"))
            .isEqualTo("PRIMARY KEY (id, created_at)"));
  }

  @Test
  @Tag("AT-049")
  @Tag("AT-074")
  void a_page_of_history_comes_out_of_the_index_without_a_sort_step() {
    trials.each(trial -> {
      trial.asCaller(USER.replace("'", ""), "user");
      String plan =
          trial.plan(
              "select * from audio_history where user_id = "
                  + USER
                  + " order by created_at desc, id desc limit 20 offset 20");
      assertThat(plan)
          .contains("audio_history_y2026m01_user_id_created_at_id_idx")
          .contains("Merge Append");
      assertThat(plan.lines().map(line -> line.replace("->", "").strip()))
          .noneMatch(line -> line.startsWith("Sort  (") || line.startsWith("Incremental Sort"));
    });
  }

  @Test
  @Tag("AT-093")
  void words_come_out_of_one_index_together_with_their_user() {
    trials.each(trial -> {
      String plan =
          trial.plan(
              "select id from audio_history where user_id = "
                  + USER
                  + " and search @@ websearch_to_tsquery('simple', 'word7')"
                  + " and created_at >= timestamp '2026-01-01' and created_at < timestamp '2026-02-01'");
      assertThat(plan)
          .containsPattern("Bitmap Index Scan on audio_history_y2026m01_user_id_search_idx")
          .containsPattern("Index Cond: .*user_id.*AND.*@@");
    });
  }

  @Test
  @Tag("AT-093")
  void the_search_runs_as_a_role_that_no_policy_slows_down_and_no_user_is() {
    trials.each(trial ->
        assertThat(
                trial.value(
                    "select concat_ws(' ', p.prosecdef, r.rolname, r.rolbypassrls, p.proconfig)"
                        + " from pg_proc p join pg_roles r on r.oid = p.proowner"
                        + " where p.proname = 'search_history'"))
            .isEqualTo("t audiotricks_system t {\"search_path=pg_catalog, public, pg_temp\"}"));
  }

  @Test
  @Tag("AT-094")
  void the_audit_log_by_record_owner_and_time() {
    uses(
        "audit_log_record_idx",
        "select 1 from audit_log where table_name = 'users' and record_id = " + USER);
    uses(
        "audit_log_owner_idx",
        "select 1 from audit_log where owner_id = " + USER + " order by occurred_at desc");
    uses(
        "audit_log_occurred_at_idx",
        "select 1 from audit_log where occurred_at < timestamp '2026-01-01 01:00:00'");
  }
}
