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
    trials = Trials.of("codepal", young, old);
  }

  private void expect(String table, String columns) {
    trials.each(trial ->
        assertThat(trial.column(COLUMNS, table))
            .containsExactlyElementsOf(columns.lines().toList()));
  }

  @Test
  @Tag("CP-008")
  void table_users() {
    expect(
        "users",
        """
        id text not null default gen_random_uuid()
        name text
        email text
        email_verified timestamp with time zone
        image text
        role text not null default 'user'::text
        hashed_password text
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("CP-009")
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
  @Tag("CP-010")
  void table_sessions() {
    expect(
        "sessions",
        """
        id text not null default gen_random_uuid()
        session_token text not null
        user_id text not null
        expires timestamp with time zone not null
        """);
  }

  @Test
  @Tag("CP-011")
  void table_api_keys() {
    expect(
        "api_keys",
        """
        id text not null default gen_random_uuid()
        key text not null
        user_id text not null
        created_at timestamp with time zone not null default now()
        prefix text not null
        last_used_at timestamp with time zone
        revoked_at timestamp with time zone
        """);
  }

  @Test
  @Tag("CP-012")
  void table_projects() {
    expect(
        "projects",
        """
        id text not null default gen_random_uuid()
        name text not null
        description text
        owner_id text not null
        status text not null default 'ACTIVE'::text
        settings jsonb
        template text
        created_at timestamp with time zone not null default now()
        updated_at timestamp with time zone not null default now()
        deleted_at timestamp with time zone
        """);
  }

  @Test
  @Tag("CP-013")
  void table_project_members() {
    expect(
        "project_members",
        """
        id text not null default gen_random_uuid()
        project_id text not null
        user_id text not null
        role text not null
        permissions jsonb
        joined_at timestamp with time zone not null default now()
        """);
  }

  @Test
  @Tag("CP-014")
  void table_project_files() {
    expect(
        "project_files",
        """
        id text not null default gen_random_uuid()
        project_id text not null
        path text not null
        name text not null
        content text
        size integer not null
        type text
        last_modified timestamp with time zone not null default now()
        modified_by text
        """);
  }

  @Test
  @Tag("CP-015")
  void table_verification_tokens() {
    expect(
        "verification_tokens",
        """
        identifier text not null
        token text not null
        expires timestamp with time zone not null
        """);
  }

  @Test
  @Tag("CP-140")
  void table_audit_log() {
    expect(
        "audit_log",
        """
        id bigint not null
        user_id character varying(255)
        action character varying(50)
        table_name character varying(50)
        record_id character varying(255)
        old_values jsonb
        new_values jsonb
        "timestamp" timestamp without time zone default timezone('utc'::text, clock_timestamp())
        """
            .replace("\"timestamp\"", "timestamp"));
  }
}
