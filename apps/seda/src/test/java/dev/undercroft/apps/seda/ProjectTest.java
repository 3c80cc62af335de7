package dev.undercroft.apps.seda;

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
    InstalledProject wanted = InstalledProject.wanted(database, "seda", FOLDER);
    var wantedDump = SchemaDump.of(database);
    wanted.remove();
    InstalledProject.migrated(database, "seda", FOLDER);
    var migratedDump = SchemaDump.of(database);
    assertThat(wantedDump).hasSizeGreaterThan(500);
    assertThat(migratedDump).filteredOn(line -> !wantedDump.contains(line)).isEmpty();
    assertThat(wantedDump).filteredOn(line -> !migratedDump.contains(line)).isEmpty();
    assertThat(migratedDump).hasSameSizeAs(wantedDump);
  }

  @EachServer
  void seeds_make_people_rooms_a_thread_and_tracks_and_repeat_without_effect(
      PostgresDatabase database) throws Exception {
    InstalledProject project = InstalledProject.migrated(database, "seda", FOLDER);
    String counts =
        """
        select concat_ws(' ',
          (select string_agg(role::text, ',' order by email) from users),
          (select count(*) from artist_profiles where verified),
          (select string_agg(is_private::text, ',' order by is_private) from rooms),
          (select count(*) from messages where parent_id is not null),
          (select count(*) from reactions),
          (select count(*) from track_refs))
        """;
    String expected = "ADMIN,ARTIST,USER,USER 1 false,true 3 3 3";
    assertThat(database.value(counts)).isEqualTo(expected);
    String stamps = "select max(updated_at)::text from messages";
    String before = database.value(stamps);
    project.seed(FOLDER);
    assertThat(database.value(counts)).isEqualTo(expected);
    assertThat(database.value(stamps)).isEqualTo(before);
  }

  @EachServer
  void every_table_is_described(PostgresDatabase database) throws Exception {
    InstalledProject.migrated(database, "seda", FOLDER);
    assertThat(
            database.column(
                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                    + " and relkind in ('r', 'v') and obj_description(oid, 'pg_class') is null"))
        .isEmpty();
  }

  @Test
  @Tag("SF-003")
  void the_data_layer_stands_on_the_oldest_promised_server(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    InstalledProject.migrated(database, "seda", FOLDER);
    assertThat(
            database.value(
                "select current_setting('server_version_num')::int / 10000 || ' ' || count(*)"
                    + " from pg_tables where schemaname = 'public'"))
        .isEqualTo("15 11");
  }
}
