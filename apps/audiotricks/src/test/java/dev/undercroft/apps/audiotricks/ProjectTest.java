package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.SchemaDump;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The project as a whole: one wanted schema, migrations that lead to it, seeds. */
@DatabaseTest
class ProjectTest {

  private static final Path FOLDER = Path.of("").toAbsolutePath();

  @Test
  void the_migrations_lead_to_the_wanted_schema(@On(PostgresVersion.V15) PostgresDatabase database)
      throws Exception {
    InstalledProject wanted = InstalledProject.wanted(database, "audiotricks", FOLDER);
    var wantedDump = SchemaDump.of(database);
    wanted.remove();
    InstalledProject.migrated(database, "audiotricks", FOLDER);
    var migratedDump = SchemaDump.of(database);
    assertThat(wantedDump).hasSizeGreaterThan(400);
    assertThat(migratedDump).containsExactlyElementsOf(wantedDump);
  }

  @EachServer
  void seeds_make_a_user_with_two_pages_of_history_and_repeat_without_effect(
      PostgresDatabase database) throws Exception {
    InstalledProject project = InstalledProject.migrated(database, "audiotricks", FOLDER);
    String rows =
        "select md5(string_agg(r, '' order by r)) from (select u::text from users u union all"
            + " select s::text from user_settings s union all select h::text from audio_history h"
            + " union all select a::text from audit_log a) rows (r)";
    String before = database.value(rows);
    assertThat(database.value("select count(*) from audio_history")).isEqualTo("25");
    assertThat(database.value("select count(*) from user_settings")).isEqualTo("1");
    assertThat(database.value("select count(*) from sessions")).isEqualTo("1");
    project.seed(FOLDER);
    assertThat(database.value(rows)).isEqualTo(before);
  }

  @EachServer
  void every_table_is_described(PostgresDatabase database) throws Exception {
    InstalledProject.migrated(database, "audiotricks", FOLDER);
    assertThat(
            database.column(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relkind in ('r', 'v', 'p') and obj_description(oid, 'pg_class') is null"))
        .isEmpty();
  }
}
