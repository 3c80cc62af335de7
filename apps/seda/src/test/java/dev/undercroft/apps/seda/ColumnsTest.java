package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The columns of each table: name, type, whether null is allowed, default. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColumnsTest {

  private static final String COLUMNS =
      """
      select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
             || case when a.attnotnull then ' not null' else '' end
             || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        from pg_attribute a
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
       order by a.attnum
      """;

  private final Trials trials;

  ColumnsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old);
  }

  @Test
  @Tag("SF-008")
  @Tag("SF-031")
  void table_users() {
    expect(
        "users",
        """
        id uuid not null default gen_random_uuid()
        email text not null
        supabase_id text not null
        role user_role not null default 'USER'::user_role
        muted_until timestamp with time zone
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-009")
  @Tag("SF-045")
  void table_artist_profiles() {
    expect(
        "artist_profiles",
        """
        id uuid not null default gen_random_uuid()
        user_id uuid not null
        artist_name text not null
        bio text
        verified boolean not null default false
        verified_at timestamp with time zone
        website_url text
        spotify_url text
        soundcloud_url text
        bandcamp_url text
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-010")
  void table_verification_requests() {
    expect(
        "verification_requests",
        """
        id uuid not null default gen_random_uuid()
        user_id uuid not null
        claim_code text not null
        target_url text
        status verification_status not null default 'PENDING'::verification_status
        submitted_at timestamp with time zone not null default now()
        expires_at timestamp with time zone not null
        crawled_at timestamp with time zone
        reviewed_at timestamp with time zone
        reviewed_by uuid
        denial_reason text
        crawler_response jsonb
        metadata jsonb
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-011")
  @Tag("SF-055")
  void table_rooms() {
    expect(
        "rooms",
        """
        id uuid not null default gen_random_uuid()
        name text not null
        description text
        is_private boolean not null default false
        created_by uuid not null
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-012")
  @Tag("SF-072")
  void table_messages() {
    expect(
        "messages",
        """
        id uuid not null default gen_random_uuid()
        room_id uuid not null
        user_id uuid not null
        type message_type not null default 'TEXT'::message_type
        text text
        track_ref jsonb
        parent_id uuid
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("SF-013")
  void table_reactions() {
    expect(
        "reactions",
        """
        id uuid not null default gen_random_uuid()
        message_id uuid not null
        user_id uuid not null
        emoji text not null
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-014")
  void table_room_memberships() {
    expect(
        "room_memberships",
        """
        id uuid not null default gen_random_uuid()
        room_id uuid not null
        user_id uuid not null
        is_mod boolean not null default false
        joined_at timestamp with time zone not null default now()
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-015")
  @Tag("SF-085")
  void table_track_refs() {
    expect(
        "track_refs",
        """
        id uuid not null default gen_random_uuid()
        provider text not null
        provider_id text not null
        url text not null
        title text not null
        artist text not null
        artwork text
        duration integer
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-016")
  void table_crawler_cache() {
    expect(
        "crawler_cache",
        """
        id uuid not null default gen_random_uuid()
        url text not null
        content text
        status_code integer
        headers jsonb
        crawled_at timestamp with time zone not null default now()
        expires_at timestamp with time zone not null
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-017")
  void table_admin_actions() {
    expect(
        "admin_actions",
        """
        id uuid not null default gen_random_uuid()
        admin_id uuid not null
        action text not null
        target_id text
        target_type text
        details jsonb
        ip_address text
        user_agent text
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SF-018")
  void table_moderation_logs() {
    expect(
        "moderation_logs",
        """
        id uuid not null default gen_random_uuid()
        room_id text not null
        moderator_id text not null
        target_id text not null
        action moderation_action not null
        reason text
        created_at timestamp with time zone not null default now()
        """);
  }

  private void expect(String table, String columns) {
    trials.each(trial ->
        assertThat(trial.column(COLUMNS, table))
            .containsExactlyElementsOf(columns.lines().toList()));
  }

  @Test
  @Tag("SF-164")
  void every_primary_key_is_a_uuid_that_the_database_makes() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select c.relname from pg_class c where c.relkind = 'r'"
                        + " and c.relnamespace = 'public'::regnamespace and not exists ("
                        + " select from pg_constraint p join pg_attribute a"
                        + " on a.attrelid = c.oid and p.conkey = array[a.attnum]"
                        + " join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum"
                        + " where p.conrelid = c.oid and p.contype = 'p'"
                        + " and a.atttypid = 'uuid'::regtype"
                        + " and pg_get_expr(d.adbin, c.oid) = 'gen_random_uuid()')"))
            .isEmpty());
  }

  @Test
  @Tag("SF-168")
  void every_table_says_when_a_row_was_made() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select table_name from information_schema.columns"
                        + " where table_schema = 'public' and column_name = 'created_at'"
                        + " and is_nullable = 'NO' and column_default = 'now()'"))
            .hasSize(11));
  }

  @Test
  @Tag("SF-167")
  void fixed_sets_of_values_are_enumerations() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select t.typname || ': ' || string_agg(e.enumlabel, ', ' order by e.enumsortorder)"
                        + " from pg_type t join pg_enum e on e.enumtypid = t.oid"
                        + " group by t.typname order by t.typname"))
            .containsExactly(
                "message_type: TEXT, TRACK_CARD, SYSTEM, REPLY",
                "moderation_action: DELETE_MESSAGE, MUTE_USER, CLEAR_REACTIONS",
                "user_role: USER, ARTIST, ADMIN, SUPER_ADMIN",
                "verification_status: PENDING, CRAWLING, AWAITING_ADMIN, APPROVED, DENIED,"
                    + " EXPIRED"));
  }
}
