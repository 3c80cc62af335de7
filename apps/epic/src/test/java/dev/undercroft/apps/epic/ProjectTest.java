package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.SchemaDump;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The project as a whole: one wanted schema, migrations that lead to it, seeds. */
@DatabaseTest
class ProjectTest {

  private static final Path FOLDER = Path.of("").toAbsolutePath();

  @Test
  void the_migrations_lead_to_the_wanted_schema(@On(PostgresVersion.V15) PostgresDatabase database)
      throws Exception {
    InstalledProject wanted = InstalledProject.wanted(database, "epic", FOLDER);
    var wantedDump = SchemaDump.of(database);
    wanted.remove();
    InstalledProject.migrated(database, "epic", FOLDER);
    var migratedDump = SchemaDump.of(database);
    assertThat(wantedDump).hasSizeGreaterThan(400);
    assertThat(migratedDump).containsExactlyElementsOf(wantedDump);
  }

  @EachServer
  @Tag("EP-036")
  void seeds_make_the_demo_user_with_three_presets_and_repeat_without_effect(
      PostgresDatabase database) throws Exception {
    InstalledProject project = InstalledProject.migrated(database, "epic", FOLDER);
    assertThat(database.column("select concat_ws(' ', id, email, role) from users"))
        .containsExactly("demo-user-id demo@example.com USER");
    assertThat(
            database.column(
                "select concat_ws(' ', name, is_default, config #>> '{template,name}')"
                    + " from presets where user_id = 'demo-user-id' order by name"))
        .containsExactly("Classic Clean t classic", "Dark Glass f dark", "Vivid Gradient f vivid");
    assertThat(database.value("select count(*) from scenes")).isEqualTo("3");
    String rows =
        "select md5(string_agg(r, '' order by r)) from (select u::text from users u union all"
            + " select p::text from presets p union all select p::text from projects p union all"
            + " select s::text from scenes s union all select a::text from audit_log a) rows (r)";
    String before = database.value(rows);
    project.seed(FOLDER);
    assertThat(database.value(rows)).isEqualTo(before);
  }

  @EachServer
  void every_table_and_view_is_described(PostgresDatabase database) throws Exception {
    InstalledProject.migrated(database, "epic", FOLDER);
    assertThat(
            database.column(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relkind in ('r', 'v', 'p') and obj_description(oid, 'pg_class') is null"))
        .isEmpty();
  }
}
