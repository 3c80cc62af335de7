package dev.undercroft.apps.simplycaster;

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

/** Every index of the tables, by a query that its plan must use it for. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexesTest {

  /** An index and a query it serves. */
  private static final String USES =
      """
      users_pkey | select 1 from users where id = '00000000-0000-4000-8000-000000000007'
      users_email_key | select 1 from users where lower(email) = 'a@example.com' and deleted_at is null
      users_role_idx | select 1 from users where role = 'admin' and deleted_at is null and is_active
      users_locked_until_idx | select 1 from users where locked_until < '2026-01-01 03:00:00+00'
      users_email_trgm_idx | select 1 from users where email ilike '%son17@%' and deleted_at is null
      password_reset_tokens_pkey | select 1 from password_reset_tokens where id = '00000000-0000-4000-8000-000000000007'
      password_reset_tokens_token_hash_key | select 1 from password_reset_tokens where token_hash = 'h' and used_at is null
      password_reset_tokens_user_id_idx | select created_at from password_reset_tokens where user_id = '00000000-0000-4000-8000-000000000007' order by created_at desc
      password_reset_tokens_expires_at_idx | select 1 from password_reset_tokens where expires_at < '2026-01-01 03:00:00+00' and used_at is null
      user_invitations_pkey | select 1 from user_invitations where id = '00000000-0000-4000-8000-000000000007'
      user_invitations_token_hash_key | select 1 from user_invitations where token_hash = 'h' and status = 'pending'
      user_invitations_email_role_key | select 1 from user_invitations where lower(email) = 'a@example.com' and role = 'host' and status = 'pending'
      user_invitations_invited_by_idx | select created_at from user_invitations where invited_by = '00000000-0000-4000-8000-000000000007' order by created_at desc
      user_invitations_expires_at_idx | select 1 from user_invitations where expires_at < '2026-01-01 03:00:00+00' and status = 'pending'
      rooms_pkey | select 1 from rooms where id = '00000000-0000-4000-8000-000000000007'
      rooms_slug_key | select 1 from rooms where slug = 's' and closed_at is null
      rooms_host_id_idx | select created_at from rooms where host_id = '00000000-0000-4000-8000-000000000007' and closed_at is null order by created_at desc
      rooms_status_idx | select created_at from rooms where status = 'active' and closed_at is null order by created_at desc
      guests_pkey | select 1 from guests where id = '00000000-0000-4000-8000-000000000007'
      guests_access_token_hash_key | select 1 from guests where access_token_hash = 'h' and left_at is null and kicked_at is null
      guests_room_id_idx | select joined_at from guests where room_id = '00000000-0000-4000-8000-000000000007' and left_at is null and kicked_at is null order by joined_at desc
      guests_token_expires_at_idx | select 1 from guests where token_expires_at < '2026-01-01 03:00:00+00' and left_at is null and kicked_at is null
      recordings_pkey | select 1 from recordings where id = '00000000-0000-4000-8000-000000000007'
      recordings_folder_name_key | select 1 from recordings where folder_name = 'f' and deleted_at is null
      recordings_created_by_idx | select started_at from recordings where created_by = '00000000-0000-4000-8000-000000000007' and deleted_at is null order by started_at desc
      recordings_status_idx | select started_at from recordings where status = 'failed' and deleted_at is null order by started_at desc
      recording_files_pkey | select 1 from recording_files where id = '00000000-0000-4000-8000-000000000007'
      recording_files_path_key | select 1 from recording_files where recording_id = '00000000-0000-4000-8000-000000000007' and file_path = 'p'
      recording_files_recording_id_idx | select uploaded_at from recording_files where recording_id = '00000000-0000-4000-8000-000000000007' and deleted_at is null order by uploaded_at desc
      recording_files_participant_id_idx | select 1 from recording_files where participant_id = '00000000-0000-4000-8000-000000000007' and deleted_at is null
      feed_episodes_pkey | select 1 from feed_episodes where id = '00000000-0000-4000-8000-000000000007'
      feed_episodes_slug_key | select 1 from feed_episodes where slug = 's' and deleted_at is null
      feed_episodes_published_at_idx | select published_at from feed_episodes where is_published and deleted_at is null order by published_at desc
      feed_episodes_created_by_idx | select created_at from feed_episodes where created_by = '00000000-0000-4000-8000-000000000007' and deleted_at is null order by created_at desc
      audit_log_pkey | select 1 from audit_log where id = '00000000-0000-4000-8000-000000000007'
      audit_log_user_id_idx | select created_at from audit_log where user_id = '00000000-0000-4000-8000-000000000007' order by created_at desc
      audit_log_action_idx | select created_at from audit_log where action = 'a7' order by created_at desc
      audit_log_entity_idx | select 1 from audit_log where entity_type = 'rooms' and entity_id = '00000000-0000-4000-8000-000000000007'
      audit_log_created_at_idx | select created_at from audit_log order by created_at desc limit 10
      audit_log_metadata_idx | select 1 from audit_log where metadata @> '{"a": 1}'
      """;

  /** Enough rows, in every table, that a planner has a choice. */
  private static final String ROWS =
      """
      create function id(n int) returns uuid language sql immutable as
        $$ select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
      create function at(n int) returns timestamptz language sql stable as
        $$ select timestamptz '2026-01-01 00:00:00+00' + n * interval '1 minute' $$;
      insert into users (id, email, role, is_active, locked_until)
        select id(n), 'person' || n || '@example.com', case when n % 100 = 0 then 'admin' else 'host' end::user_role,
               true, case when n % 100 = 1 then at(n) end
          from generate_series(1, 20000) n;
      insert into password_reset_tokens (user_id, token_hash, created_at, expires_at)
        select id(n / 4), 'h' || n, at(n), at(n + 60) from generate_series(4, 4000) n;
      insert into user_invitations (email, role, token_hash, invited_by, created_at, expires_at)
        select 'new' || n || '@example.com', 'host', 'h' || n, id(n / 4), at(n), at(n + 60)
          from generate_series(4, 4000) n;
      insert into rooms (id, slug, status, host_id, created_at)
        select id(n), 's' || n, case when n % 100 = 0 then 'active' else 'waiting' end::room_status, id(n / 4), at(n)
          from generate_series(4, 4000) n;
      insert into guests (room_id, display_name, access_token_hash, invited_by, joined_at, created_at, last_seen_at, token_expires_at)
        select id(n / 4), 'g', 'h' || n, id(n / 16), at(n), at(n), at(n), at(n + 60) from generate_series(16, 4000) n;
      insert into recordings (id, room_id, folder_name, status, started_at, created_by)
        select id(n), id(n / 4), 'f' || n, case when n % 100 = 0 then 'failed' else 'recording' end::recording_status, at(n), id(n / 4)
          from generate_series(16, 4000) n;
      insert into recording_files (recording_id, file_name, file_path, participant_id, participant_name, participant_type, size_bytes, uploaded_at)
        select id(n / 4), 'f', 'p' || n, id(n), 'x', 'guest', 1, at(n) from generate_series(64, 4000) n;
      insert into feed_episodes (title, slug, audio_file_path, audio_size_bytes, duration_seconds, is_published, published_at, created_by, created_at)
        select 't', 's' || n, 'a', 1, 1, n % 20 = 0, at(n), id(n / 4), at(n) from generate_series(4, 4000) n;
      insert into audit_log (user_id, user_email, user_role, action, entity_type, entity_id, metadata, created_at)
        select id(n / 4), 'x', 'host', 'a' || n % 100, 'rooms', id(n), jsonb_build_object('a', n), at(n)
          from generate_series(4, 4000) n;
      """;

  private final Trials trials;

  IndexesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old).prepare(ROWS, "vacuum analyze");
  }

  static Stream<String[]> uses() {
    return USES.lines().map(line -> line.split(" \\| ", 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  @Tag("SC-024")
  void an_index_is_used_by_its_query(String index, String query) {
    trials.each(trial -> assertThat(trial.plan(query)).contains(" " + index + " "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  @Tag("SC-024")
  void an_index_is_valid_and_there_once(String index, String query) {
    trials.each(trial ->
        assertThat(
                trial.value(
                    "select indisvalid from pg_index where indexrelid = to_regclass(?)", index))
            .isEqualTo("t"));
  }

  @Test
  @Tag("SC-024")
  void every_index_of_the_database_has_a_query() {
    var named = uses().map(use -> use[0]).toList();
    trials.each(trial ->
        assertThat(trial.column("select indexname from pg_indexes where schemaname = 'public'"))
            .containsExactlyInAnyOrderElementsOf(named));
  }

  @Test
  @Tag("SC-074")
  void search_for_a_part_of_an_address_uses_its_index() {
    trials.each(trial -> {
      String query = "select id from users where email ilike '%SON17@%' and deleted_at is null";
      assertThat(trial.column(query)).hasSize(1);
      assertThat(trial.plan(query)).contains("users_email_trgm_idx");
    });
  }
}
