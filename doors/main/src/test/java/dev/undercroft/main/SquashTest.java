package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several migrations become one, for new databases and for those that ran the old ones. */
@DatabaseTest
class SquashTest {

  @TempDir private Path folder;
  private CommandDesk desk;
  private PostgresDatabase database;

  @BeforeEach
  void a_project_with_a_history(@On(PostgresVersion.V18) PostgresDatabase own) throws Exception {
    database = own;
    desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    desk.file(".env", "DATABASE_URL=" + own.url() + "\n");
    migration("20260101000000_a", "CREATE TABLE person (id int PRIMARY KEY, nom text);\n");
    migration("20260102000000_b", "ALTER TABLE person RENAME COLUMN nom TO name;\n");
    migration("20260103000000_c", "INSERT INTO person (id, name) VALUES (1, 'Ann');\n");
    migration("20260104000000_d", "CREATE INDEX person_name ON person (name);\n");
  }

  private void migration(String name, String sql) throws IOException {
    desk.file("migrations/" + name + "/migration.sql", sql);
  }

  private int squash(String... more) {
    List<String> words =
        Stream.concat(
                Stream.of("migrate", "squash", "--name", "start", "--scratch", database.url()),
                Stream.of(more))
            .toList();
    return desk.run(words.toArray(String[]::new));
  }

  private List<String> migrations() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("migrations"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_new_database_gets_the_same_by_one_migration() throws Exception {
    assertThat(squash()).as(desk::err).isZero();
    assertThat(desk.out()).contains("the same schema, and the same rows");
    assertThat(migrations()).containsExactly("20260104000000_start");
    String text = Files.readString(folder.resolve("migrations/20260104000000_start/migration.sql"));
    assertThat(text)
        .contains("-- undercroft:replaces 20260102000000_b", "INSERT INTO person")
        .doesNotContain("RENAME", "nom");
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
    assertThat(database.column("SELECT name FROM person")).containsExactly("Ann");
  }

  @Test
  void a_database_that_ran_the_old_ones_takes_the_new_one_over_without_running_it()
      throws Exception {
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
    assertThat(squash("--from", "20260101000000_a", "--to", "20260103000000_c"))
        .as(desk::err)
        .isZero();
    assertThat(migrations()).containsExactly("20260103000000_start", "20260104000000_d");
    assertThat(desk.run("migrate", "status")).as(desk::out).isZero();
    migration("20260105000000_e", "ALTER TABLE person ADD COLUMN email text;\n");
    assertThat(desk.run("migrate", "deploy", "--scratch", database.url())).as(desk::err).isZero();
    assertThat(database.column("SELECT name FROM person")).containsExactly("Ann");
    assertThat(
            database.column(
                "SELECT name FROM undercroft.migration WHERE outcome = 'applied' ORDER BY name"))
        .containsExactly("20260103000000_start", "20260104000000_d", "20260105000000_e");
    assertThat(desk.run("migrate", "status")).as(desk::out).isZero();
  }

  @Test
  void a_database_that_ran_some_of_them_is_told_what_to_do_first() throws Exception {
    Path last = folder.resolve("migrations/20260104000000_d");
    Path aside = folder.resolve("aside");
    Files.move(last, aside);
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
    Files.move(aside, last);
    assertThat(squash()).as(desk::err).isZero();
    assertThat(desk.run("migrate", "deploy")).isEqualTo(1);
    assertThat(desk.err()).contains("MIGRATE_HALF_REPLACED", "20260104000000_d");
  }

  @Test
  void rows_that_cannot_be_made_again_are_refused_with_the_reason() throws Exception {
    migration(
        "20260105000000_e", "INSERT INTO person (id, name) SELECT 2, clock_timestamp()::text;\n");
    assertThat(squash()).isEqualTo(1);
    assertThat(desk.err()).contains("EVOLVE_NOT_SQUASHED", "table public.person");
    assertThat(migrations()).hasSize(5);
  }
}
