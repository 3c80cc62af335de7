package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.SchemaDump;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The project as a whole: one wanted schema, migrations that lead to it, seeds. */
@DatabaseTest
class ProjectTest {

  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final String AUTH = "20250709035454_init_auth";
  private static final String PASSWORD = "20250709040211_add_user_password";
  private static final String PROJECTS = "20250709202604_add_project_models";
  private static final String STRICTER = "20260114090000_stricter_data";

  private static final String TABLES =
      "select relname from pg_class where relnamespace = 'public'::regnamespace"
          + " and relkind = 'r' order by relname";

  private static void run(PostgresDatabase database, String migration) throws Exception {
    database.execute(
        Files.readString(FOLDER.resolve("migrations").resolve(migration).resolve("migration.sql")));
  }

  @Test
  void the_migrations_lead_to_the_wanted_schema(@On(PostgresVersion.V15) PostgresDatabase database)
      throws Exception {
    InstalledProject wanted = InstalledProject.wanted(database, "codepal", FOLDER);
    var wantedDump = SchemaDump.of(database);
    wanted.remove();
    InstalledProject.migrated(database, "codepal", FOLDER);
    var migratedDump = SchemaDump.of(database);
    assertThat(wantedDump).hasSizeGreaterThan(400);
    assertThat(migratedDump).containsExactlyElementsOf(wantedDump);
  }

  @EachServer
  @Tag("CP-016")
  void the_first_migration_makes_the_tables_of_authentication(PostgresDatabase database)
      throws Exception {
    run(database, AUTH);
    assertThat(database.column(TABLES))
        .containsExactly("accounts", "api_keys", "sessions", "users", "verification_tokens");
  }

  @EachServer
  @Tag("CP-017")
  void the_second_migration_adds_the_password(PostgresDatabase database) throws Exception {
    String columns =
        "select attname from pg_attribute where attrelid = 'users'::regclass and attnum > 0";
    run(database, AUTH);
    assertThat(database.column(columns)).doesNotContain("hashed_password");
    run(database, PASSWORD);
    assertThat(database.column(columns)).contains("hashed_password");
  }

  @EachServer
  @Tag("CP-018")
  void the_third_migration_makes_the_tables_of_projects(PostgresDatabase database)
      throws Exception {
    run(database, AUTH);
    run(database, PASSWORD);
    run(database, PROJECTS);
    assertThat(database.column(TABLES))
        .contains("projects", "project_members", "project_files")
        .hasSize(8);
  }

  @EachServer
  @Tag("CP-011")
  @Tag("CP-132")
  void what_was_kept_in_clear_before_is_kept_as_a_hash_after(PostgresDatabase database)
      throws Exception {
    InstalledProject project = InstalledProject.migrated(database, "codepal", FOLDER);
    project.remove();
    for (String migration : List.of(AUTH, PASSWORD, PROJECTS)) {
      run(database, migration);
    }
    database.execute(
        "insert into users (id, email) values ('u', 'u@example.com')",
        "insert into api_keys (user_id, key) values ('u', 'codepal_secret_key')",
        "insert into sessions (user_id, session_token, expires) values ('u', 'clear', now())",
        "insert into verification_tokens (identifier, token, expires) values ('u', 'clear', now())",
        "insert into projects (id, name, owner_id, status) values ('p', 'P', 'u', 'DELETED')");
    run(database, STRICTER);
    String hash = "encode(sha256('%s'), 'hex')";
    assertThat(
            database.value(
                "select prefix || ' ' || (key = "
                    + hash.formatted("codepal_secret_key")
                    + ") from api_keys"))
        .isEqualTo("codepal_ true");
    assertThat(
            database.value("select session_token = " + hash.formatted("clear") + " from sessions"))
        .isEqualTo("t");
    assertThat(
            database.value(
                "select token = " + hash.formatted("clear") + " from verification_tokens"))
        .isEqualTo("t");
    assertThat(database.value("select role from project_members where user_id = 'u'"))
        .isEqualTo("ADMIN");
    assertThat(database.value("select deleted_at is not null from projects")).isEqualTo("t");
  }

  @EachServer
  void seeds_make_a_project_with_its_people_and_repeat_without_effect(PostgresDatabase database)
      throws Exception {
    InstalledProject project = InstalledProject.migrated(database, "codepal", FOLDER);
    assertThat(
            database.column(
                "select concat_ws(' ', m.role, u.role) from project_members m"
                    + " join users u on u.id = m.user_id order by 1"))
        .containsExactly("ADMIN user", "DEVELOPER user", "VIEWER admin");
    assertThat(database.value("select count(*) from project_files")).isEqualTo("4");
    assertThat(database.value("select count(*) from sessions where expires < now()"))
        .isEqualTo("1");
    String rows =
        "select md5(string_agg(r, '' order by r)) from (select u::text from users u union all"
            + " select p::text from projects p union all select f::text from project_files f union"
            + " all select m::text from project_members m union all select a::text from audit_log a)"
            + " rows (r)";
    String before = database.value(rows);
    project.seed(FOLDER);
    assertThat(database.value(rows)).isEqualTo(before);
  }

  @EachServer
  void every_table_is_described(PostgresDatabase database) throws Exception {
    InstalledProject.migrated(database, "codepal", FOLDER);
    assertThat(
            database.column(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relkind in ('r', 'v', 'p') and obj_description(oid, 'pg_class') is null"))
        .isEmpty();
  }
}
