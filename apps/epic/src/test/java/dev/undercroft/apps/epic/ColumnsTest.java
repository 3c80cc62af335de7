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
    trials = Trials.of("epic", young, old);
  }

  private void expect(String table, String columns) {
    trials.each(trial ->
        assertThat(trial.column(COLUMNS, table))
            .containsExactlyElementsOf(columns.lines().toList()));
  }

  @Test
  @Tag("EP-010")
  void table_users() {
    expect(
        "users",
        """
        id text not null default gen_random_uuid()
        email text not null
        name text
        image text
        role user_role not null default 'USER'::user_role
        settings jsonb
        api_keys jsonb
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("EP-011")
  void table_accounts() {
    expect(
        "accounts",
        """
        id text not null default gen_random_uuid()
        user_id text not null
        type text not null
        provider text not null
        provider_account_id text not null
        refresh_token text
        access_token text
        expires_at integer
        token_type text
        scope text
        id_token text
        session_state text
        """);
  }

  @Test
  @Tag("EP-012")
  void table_sessions_and_table_verification_tokens() {
    expect(
        "sessions",
        """
        id text not null default gen_random_uuid()
        session_token text not null
        user_id text not null
        expires timestamp with time zone not null
        """);
    expect(
        "verification_tokens",
        """
        identifier text not null
        token text not null
        expires timestamp with time zone not null
        """);
  }

  @Test
  @Tag("EP-013")
  @Tag("EP-020")
  void table_projects() {
    expect(
        "projects",
        """
        id text not null default gen_random_uuid()
        user_id text not null
        title text not null
        description text
        status project_status not null default 'DRAFT'::project_status
        config jsonb not null
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("EP-014")
  @Tag("EP-020")
  void table_jobs() {
    expect(
        "jobs",
        """
        id text not null default gen_random_uuid()
        project_id text not null
        status job_status not null default 'QUEUED'::job_status
        config jsonb not null
        cost_estimate jsonb
        cost_actual jsonb
        priority integer not null default 0
        attempts integer not null default 0
        started_at timestamp with time zone
        finished_at timestamp with time zone
        error_detail jsonb
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("EP-015")
  void table_scenes() {
    expect(
        "scenes",
        """
        id text not null default gen_random_uuid()
        project_id text not null
        scene_index integer not null
        text text not null
        prompt text
        image_asset_id text
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("EP-016")
  void table_assets() {
    expect(
        "assets",
        """
        id text not null default gen_random_uuid()
        user_id text not null
        type asset_type not null
        uri text not null
        metadata jsonb
        size_bytes bigint
        expires_at timestamp with time zone
        created_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("EP-017")
  void table_presets() {
    expect(
        "presets",
        """
        id text not null default gen_random_uuid()
        user_id text not null
        name text not null
        config jsonb not null
        is_default boolean not null default false
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("EP-021")
  void table_audit_log() {
    expect(
        "audit_log",
        """
        id bigint not null
        user_id text
        actor_role text
        action text not null
        entity text not null
        entity_id text
        old_values jsonb
        new_values jsonb
        created_at timestamp with time zone not null default clock_timestamp()
        """);
  }

  @Test
  @Tag("EP-014")
  void the_enumerations_have_their_values_in_order() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select t.typname || ': ' || string_agg(e.enumlabel, ' ' order by e.enumsortorder)"
                        + " from pg_enum e join pg_type t on t.oid = e.enumtypid"
                        + " group by t.typname order by 1"))
            .containsExactly(
                "asset_type: IMAGE AUDIO VIDEO TEXT JSON",
                "job_status: QUEUED RUNNING SUCCEEDED FAILED CANCELLED",
                "project_status: DRAFT READY PROCESSING COMPLETED FAILED",
                "user_role: USER PREMIUM ADMIN"));
  }
}
