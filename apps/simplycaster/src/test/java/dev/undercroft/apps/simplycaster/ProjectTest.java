package dev.undercroft.apps.simplycaster;

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
  @Tag("SC-001")
  @Tag("SC-035")
  void the_migrations_lead_to_the_wanted_schema(@On(PostgresVersion.V15) PostgresDatabase database)
      throws Exception {
    InstalledProject wanted = InstalledProject.wanted(database, "simplycaster", FOLDER);
    var wantedDump = SchemaDump.of(database);
    wanted.remove();
    InstalledProject.migrated(database, "simplycaster", FOLDER);
    var migratedDump = SchemaDump.of(database);
    assertThat(wantedDump).hasSizeGreaterThan(500);
    assertThat(migratedDump).filteredOn(line -> !wantedDump.contains(line)).isEmpty();
    assertThat(wantedDump).filteredOn(line -> !migratedDump.contains(line)).isEmpty();
    assertThat(migratedDump).hasSameSizeAs(wantedDump);
  }

  @EachServer
  @Tag("SC-029")
  void seeds_make_one_admin_and_one_host_without_password_and_repeat_without_effect(
      PostgresDatabase database) throws Exception {
    InstalledProject project = InstalledProject.migrated(database, "simplycaster", FOLDER);
    String people =
        "select concat_ws(' ', email, role, is_active, email_verified, password_hash is null)"
            + " from users order by email";
    String rows = "select md5(string_agg(u::text, '' order by id)) from users u";
    String before = database.value(rows);
    assertThat(database.column(people))
        .containsExactly("admin@simplycaster.com admin t t t", "host@simplycaster.com host t t t");
    project.seed(FOLDER);
    assertThat(database.value(rows)).isEqualTo(before);
  }

  @EachServer
  void every_table_and_view_is_described(PostgresDatabase database) throws Exception {
    InstalledProject.migrated(database, "simplycaster", FOLDER);
    assertThat(
            database.column(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relkind in ('r', 'v') and obj_description(oid, 'pg_class') is null"))
        .isEmpty();
  }
}
