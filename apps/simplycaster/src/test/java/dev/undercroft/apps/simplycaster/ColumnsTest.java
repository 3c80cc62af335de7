package dev.undercroft.apps.simplycaster;

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
    trials = Trials.of("simplycaster", young, old);
  }

  @Test
  @Tag("SC-014")
  void table_users() {
    expect(
        "users",
        """
        id uuid not null default gen_random_uuid()
        email character varying(255) not null
        password_hash character varying(255)
        password_salt character varying(255)
        role user_role not null default 'host'::user_role
        is_active boolean not null default true
        email_verified boolean not null default false
        failed_login_attempts integer not null default 0
        locked_until timestamp with time zone
        last_login_at timestamp with time zone
        last_login_ip inet
        created_at timestamp with time zone not null default now()
        created_by uuid
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  void table_password_reset_tokens() {
    expect(
        "password_reset_tokens",
        """
        id uuid not null default gen_random_uuid()
        user_id uuid not null
        token_hash character varying(255) not null
        expires_at timestamp with time zone not null
        used_at timestamp with time zone
        ip_address inet
        user_agent text
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  void table_user_invitations() {
    expect(
        "user_invitations",
        """
        id uuid not null default gen_random_uuid()
        email character varying(255) not null
        role user_role not null
        token_hash character varying(255) not null
        status invitation_status not null default 'pending'::invitation_status
        invited_by uuid not null
        accepted_at timestamp with time zone
        expires_at timestamp with time zone not null
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SC-018")
  void table_rooms() {
    expect(
        "rooms",
        """
        id uuid not null default gen_random_uuid()
        name character varying(255)
        slug character varying(255)
        status room_status not null default 'waiting'::room_status
        max_participants integer not null default 10
        allow_video boolean not null default true
        host_id uuid not null
        recording_started_at timestamp with time zone
        recording_stopped_at timestamp with time zone
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        closed_at timestamp with time zone
        """);
  }

  @Test
  void table_guests() {
    expect(
        "guests",
        """
        id uuid not null default gen_random_uuid()
        room_id uuid not null
        display_name character varying(100) not null
        email character varying(255)
        access_token_hash character varying(255) not null
        token_expires_at timestamp with time zone not null
        joined_at timestamp with time zone not null default now()
        last_seen_at timestamp with time zone not null default now()
        left_at timestamp with time zone
        kicked_at timestamp with time zone
        kicked_by uuid
        invited_by uuid not null
        created_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("SC-019")
  void table_recordings() {
    expect(
        "recordings",
        """
        id uuid not null default gen_random_uuid()
        room_id uuid not null
        folder_name character varying(255) not null
        duration_seconds integer
        total_size_bytes bigint
        participant_count integer not null default 0
        status recording_status not null default 'recording'::recording_status
        started_at timestamp with time zone not null
        stopped_at timestamp with time zone
        completed_at timestamp with time zone
        created_by uuid not null
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("SC-020")
  void table_recording_files() {
    expect(
        "recording_files",
        """
        id uuid not null default gen_random_uuid()
        recording_id uuid not null
        file_name character varying(255) not null
        file_path text not null
        mime_type character varying(100) not null default 'audio/webm'::character varying
        participant_id uuid
        participant_name character varying(100) not null
        participant_type character varying(10) not null
        size_bytes bigint not null
        duration_seconds integer
        uploaded_at timestamp with time zone not null default now()
        checksum_sha256 character varying(64)
        created_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  void table_feed_episodes() {
    expect(
        "feed_episodes",
        """
        id uuid not null default gen_random_uuid()
        title character varying(255) not null
        description text
        slug character varying(255) not null
        audio_file_path text not null
        audio_mime_type character varying(100) not null default 'audio/mpeg'::character varying
        audio_size_bytes bigint not null
        duration_seconds integer not null
        episode_number integer
        season_number integer
        explicit boolean not null default false
        published_at timestamp with time zone
        is_published boolean not null default false
        created_by uuid not null
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("SC-022")
  void table_audit_log() {
    expect(
        "audit_log",
        """
        id uuid not null default gen_random_uuid()
        user_id uuid
        user_email character varying(255) not null
        user_role user_role not null
        action character varying(100) not null
        entity_type character varying(50) not null
        entity_id uuid
        ip_address inet
        user_agent text
        metadata jsonb
        created_at timestamp with time zone not null default now()
        """);
  }

  private void expect(String table, String columns) {
    trials.each(trial ->
        assertThat(trial.column(COLUMNS, table))
            .containsExactlyElementsOf(columns.lines().toList()));
  }
}
