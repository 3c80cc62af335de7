package dev.undercroft.apps.seda;

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
      users_pkey | select 1 from users where id = ID
      idx_users_email | select 1 from users where email = 'e7'
      idx_users_supabase_id | select 1 from users where supabase_id = 's7'
      artist_profiles_pkey | select 1 from artist_profiles where id = ID
      artist_profiles_user_id_key | select 1 from artist_profiles where user_id = ID
      idx_artist_profiles_name | select artist_name from artist_profiles order by artist_name limit 20
      idx_artist_profiles_verified | select count(*) from artist_profiles where verified = true
      idx_artist_profiles_name_trgm | select 1 from artist_profiles where artist_name ilike '%ist 1117%' and verified = true
      verification_requests_pkey | select 1 from verification_requests where id = ID
      verification_requests_claim_code_key | select 1 from verification_requests where claim_code = 'c7'
      verification_requests_one_open_key | select 1 from verification_requests where user_id = ID and status in ('PENDING', 'CRAWLING', 'AWAITING_ADMIN')
      idx_verification_requests_status | select 1 from verification_requests where status = 'AWAITING_ADMIN'
      idx_verification_requests_user | select 1 from verification_requests where user_id = ID
      idx_verification_requests_expires | select 1 from verification_requests where expires_at < '2026-01-01 01:00:00+00'
      rooms_pkey | select 1 from rooms where id = ID
      idx_rooms_private | select 1 from rooms where is_private
      idx_rooms_created | select created_at from rooms order by created_at desc limit 20
      idx_rooms_created_by | select 1 from rooms where created_by = ID
      room_memberships_pkey | select 1 from room_memberships where id = ID
      room_memberships_room_id_user_id_key | select 1 from room_memberships where room_id = ID and user_id = ID
      idx_room_memberships_room | select 1 from room_memberships where room_id = ID
      idx_room_memberships_user | select 1 from room_memberships where user_id = ID
      messages_pkey | select 1 from messages where id = ID
      idx_messages_room_created | select id from messages where room_id = ID and deleted_at is null order by created_at desc, id desc limit 50
      idx_messages_user | select 1 from messages where user_id = ID
      idx_messages_parent | select 1 from messages where parent_id = ID
      idx_messages_deleted | select 1 from messages where deleted_at < '2026-01-01 01:00:00+00'
      reactions_pkey | select 1 from reactions where id = ID
      reactions_message_id_user_id_emoji_key | select 1 from reactions where message_id = ID and user_id = ID and emoji = 'a'
      idx_reactions_message | select 1 from reactions where message_id = ID
      idx_reactions_user | select 1 from reactions where user_id = ID
      track_refs_pkey | select 1 from track_refs where id = ID
      track_refs_provider_provider_id_key | select 1 from track_refs where provider = 'p7' and provider_id = '7'
      idx_track_refs_provider | select 1 from track_refs where provider = 'p7'
      idx_track_refs_url | select 1 from track_refs where url = 'u7'
      crawler_cache_pkey | select 1 from crawler_cache where id = ID
      crawler_cache_url_key | select 1 from crawler_cache where url = 'u7'
      idx_crawler_cache_expires | select 1 from crawler_cache where expires_at < '2026-01-01 01:00:00+00'
      admin_actions_pkey | select 1 from admin_actions where id = ID
      idx_admin_actions_admin | select 1 from admin_actions where admin_id = ID
      idx_admin_actions_target | select 1 from admin_actions where target_id = 't7'
      idx_admin_actions_created | select 1 from admin_actions where created_at < '2026-01-01 01:00:00+00'
      moderation_logs_pkey | select 1 from moderation_logs where id = ID
      idx_moderation_logs_room | select 1 from moderation_logs where room_id = 'r7'
      idx_moderation_logs_moderator | select 1 from moderation_logs where moderator_id = 'm7'
      idx_moderation_logs_target | select 1 from moderation_logs where target_id = 't7'
      idx_moderation_logs_created | select 1 from moderation_logs where created_at < '2026-01-01 01:00:00+00'
      """;

  /** Enough rows, in every table, that a planner has a choice. */
  private static final String ROWS =
      """
      create function id(n int) returns uuid language sql immutable as
        $$ select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
      create function at(n int) returns timestamptz language sql stable as
        $$ select timestamptz '2026-01-01 00:00:00+00' + n * interval '1 minute' $$;
      insert into users (id, email, supabase_id) select id(n), 'e' || n, 's' || n from generate_series(1, 4000) n;
      insert into artist_profiles (user_id, artist_name, bio, verified, verified_at)
        select id(n), 'Artist ' || n, repeat('b', 200), n % 20 = 17, at(n) from generate_series(1, 40000) n;
      insert into verification_requests (user_id, claim_code, status, submitted_at, expires_at)
        select id(n), 'c' || n, case when n % 50 = 0 then 'AWAITING_ADMIN' when n % 2 = 0 then 'PENDING' else 'EXPIRED' end::verification_status, at(n - 60), at(n)
          from generate_series(1, 4000) n;
      insert into verification_requests (user_id, claim_code, status, submitted_at, expires_at)
        select id(n), 'd' || n, 'EXPIRED', at(n - 60), at(n) from generate_series(1, 4000) n;
      insert into rooms (id, name, description, is_private, created_by, created_at)
        select id(n), 'r', repeat('d', 200), n % 100 = 0, id(n / 4), at(n) from generate_series(4, 4000) n;
      insert into room_memberships (room_id, user_id) select id(n % 200), id(n / 10) from generate_series(10, 4000) n;
      insert into messages (id, room_id, user_id, text, parent_id, created_at, deleted_at)
        select id(n), id(n % 40), id(n / 10), 't', case when n % 2 = 0 then id(n / 2) end, at(n), case when n % 50 = 0 then at(n) end
          from generate_series(10, 8000) n;
      insert into reactions (message_id, user_id, emoji) select id(n / 4), id(n % 200), 'a' || n % 7 from generate_series(4, 8000) n;
      insert into track_refs (provider, provider_id, url, title, artist)
        select 'p' || n % 50, n, 'u' || n, 't', 'a' from generate_series(1, 4000) n;
      insert into crawler_cache (url, expires_at) select 'u' || n, at(n) from generate_series(1, 4000) n;
      insert into admin_actions (admin_id, action, target_id, created_at) select id(n / 4), 'a', 't' || n, at(n) from generate_series(1, 4000) n;
      insert into moderation_logs (room_id, moderator_id, target_id, action, created_at)
        select 'r' || n / 4, 'm' || n / 4, 't' || n, 'MUTE_USER', at(n) from generate_series(1, 4000) n;
      """;

  private static final String ID = "'00000000-0000-4000-8000-000000000007'";

  private final Trials trials;

  IndexesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old).prepare(ROWS, "vacuum analyze");
  }

  static Stream<String[]> uses() {
    return USES.lines().map(line -> line.replace("ID", ID).split(" \\| ", 2));
  }

  private static String queryOf(String index) {
    return uses().filter(use -> use[0].equals(index)).findFirst().orElseThrow()[1];
  }

  private void isUsed(String index) {
    trials.each(trial -> assertThat(trial.plan(queryOf(index))).contains(" " + index + " "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void an_index_is_used_by_its_query(String index, String query) {
    trials.each(trial -> assertThat(trial.plan(query)).contains(" " + index + " "));
  }

  @Test
  @Tag("SF-002")
  void every_index_of_the_database_has_a_query() {
    var named = uses().map(use -> use[0]).toList();
    trials.each(trial ->
        assertThat(trial.column("select indexname from pg_indexes where schemaname = 'public'"))
            .containsExactlyInAnyOrderElementsOf(named));
  }

  @Test
  @Tag("SF-113")
  void an_address_is_looked_up() {
    isUsed("idx_users_email");
  }

  @Test
  @Tag("SF-114")
  void a_sign_in_subject_is_looked_up() {
    isUsed("idx_users_supabase_id");
  }

  @Test
  @Tag("SF-115")
  @Tag("SF-070")
  void the_history_of_a_room_is_read() {
    isUsed("idx_messages_room_created");
  }

  @Test
  @Tag("SF-116")
  void messages_of_a_user_are_found() {
    isUsed("idx_messages_user");
  }

  @Test
  @Tag("SF-117")
  @Tag("SF-071")
  void replies_are_found() {
    isUsed("idx_messages_parent");
  }

  @Test
  @Tag("SF-118")
  @Tag("SF-044")
  void artists_are_listed_by_name() {
    isUsed("idx_artist_profiles_name");
  }

  @Test
  @Tag("SF-119")
  @Tag("SF-043")
  void verified_artists_are_counted() {
    isUsed("idx_artist_profiles_verified");
  }

  @Test
  @Tag("SF-120")
  void reactions_of_a_message_are_found() {
    isUsed("idx_reactions_message");
  }

  @Test
  @Tag("SF-121")
  void members_of_a_room_are_found() {
    isUsed("idx_room_memberships_room");
  }

  @Test
  @Tag("SF-122")
  void rooms_of_a_user_are_found() {
    isUsed("idx_room_memberships_user");
  }

  @Test
  @Tag("SF-123")
  @Tag("SF-083")
  void tracks_of_a_provider_are_found() {
    isUsed("idx_track_refs_provider");
  }

  @Test
  @Tag("SF-124")
  @Tag("SF-084")
  void a_track_is_found_by_its_address() {
    isUsed("idx_track_refs_url");
  }

  @Test
  @Tag("SF-054")
  void private_rooms_are_found() {
    isUsed("idx_rooms_private");
  }

  @Test
  @Tag("SF-117")
  @Tag("SF-119")
  void two_indexes_are_partial_as_printed() {
    trials.each(trial -> {
      String condition =
          "select pg_get_expr(indpred, indrelid) from pg_index where indexrelid = to_regclass(?)";
      assertThat(trial.value(condition, "idx_messages_parent"))
          .isEqualTo("(parent_id IS NOT NULL)");
      assertThat(trial.value(condition, "idx_artist_profiles_verified"))
          .isEqualTo("(verified = true)");
    });
  }
}
