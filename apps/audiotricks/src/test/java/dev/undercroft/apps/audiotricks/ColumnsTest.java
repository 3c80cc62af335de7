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

/** The columns of each table: name, type, whether null is allowed, default. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColumnsTest {

  private static final String COLUMNS =
      """
      select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
             || case when a.attnotnull then ' not null' else '' end
             || case when a.attgenerated <> '' then ' generated'
                     else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end
        from pg_attribute a
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
       order by a.attnum
      """;

  private final Trials trials;

  ColumnsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  private void expect(String table, String columns) {
    trials.each(trial ->
        assertThat(trial.column(COLUMNS, table))
            .containsExactlyElementsOf(columns.lines().toList()));
  }

  @Test
  @Tag("AT-004")
  @Tag("AT-011")
  void table_users() {
    expect(
        "users",
        """
        id uuid not null default gen_random_uuid()
        email character varying(255) not null
        username character varying(100) not null
        password_hash character varying(255) not null
        created_at timestamp without time zone not null default timezone('utc'::text, now())
        updated_at timestamp without time zone not null default timezone('utc'::text, now())
        last_login_at timestamp without time zone
        is_active boolean not null default true
        """);
  }

  @Test
  @Tag("AT-019")
  void table_sessions() {
    expect(
        "sessions",
        """
        id uuid not null default gen_random_uuid()
        user_id uuid not null
        token_hash character varying(255) not null
        expires_at timestamp without time zone not null
        created_at timestamp without time zone not null default timezone('utc'::text, now())
        """);
  }

  @Test
  @Tag("AT-025")
  void table_user_settings() {
    expect(
        "user_settings",
        """
        user_id uuid not null
        openai_api_key_encrypted text
        elevenlabs_api_key_encrypted text
        preferred_language character varying(10) not null default 'en'::character varying
        summary_quality character varying(20) not null default 'balanced'::character varying
        settings_json jsonb not null default '{}'::jsonb
        updated_at timestamp without time zone not null default timezone('utc'::text, now())
        """);
  }

  @Test
  @Tag("AT-035")
  void table_audio_history_with_its_eleven_columns_and_the_words_made_from_them() {
    expect(
        "audio_history",
        """
        id uuid not null default gen_random_uuid()
        user_id uuid not null
        title character varying(500)
        audio_url text
        file_size_bytes bigint
        duration_seconds integer
        transcript text
        summary text
        key_moments jsonb
        processing_options jsonb
        created_at timestamp without time zone not null default timezone('utc'::text, now())
        search tsvector generated
        """);
  }

  @Test
  @Tag("AT-094")
  void table_audit_log() {
    expect(
        "audit_log",
        """
        id bigint not null
        occurred_at timestamp without time zone not null default timezone('utc'::text, clock_timestamp())
        actor_id text
        actor_role text
        owner_id uuid
        action text not null
        table_name text not null
        record_id uuid not null
        old_values jsonb
        new_values jsonb
        """);
  }
}
