package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done at a desk and what in production. */
@DatabaseTest
class ProductionTest {

  private static final String ITEMS = "select string_agg(name, ' ' order by id) from item";

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void a_project() throws Exception {
    desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    desk.file(
        "migrations/20260101000000_items/migration.sql",
        "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL);\n");
    desk.file(
        "seed/10_items.sql", "INSERT INTO item VALUES (1, 'lamp') ON CONFLICT (id) DO NOTHING;\n");
  }

  private int run(PostgresDatabase database, String environment, String... words) {
    return desk.run(
        Stream.concat(
                Stream.of(
                    "--env", environment, "--set", "database.url=" + database.url(), "--json"),
                Stream.of(words))
            .toArray(String[]::new));
  }

  @Test
  @Tag("SF-099")
  void pending_migrations_are_deployed_in_production_without_seeds(PostgresDatabase database)
      throws Exception {
    assertThat(run(database, "production", "migrate", "deploy")).as(desk::err).isZero();
    assertThat(desk.json().at("/projects/0/applied").size()).isOne();
    assertThat(database.value("select count(*) from item")).isEqualTo("0");
    desk.file("migrations/20260102000000_note/migration.sql", "ALTER TABLE item ADD note text;\n");
    assertThat(run(database, "production", "migrate", "deploy")).as(desk::err).isZero();
    assertThat(desk.json().at("/projects/0/alreadyApplied").asInt()).isOne();
    assertThat(desk.json().at("/projects/0/applied").toString()).contains("20260102000000_note");
    assertThat(database.value("select count(note) from item")).isEqualTo("0");
  }

  @Test
  @Tag("SC-031")
  @Tag("SC-081")
  @Tag("SF-159")
  void a_reset_makes_a_database_as_new_at_a_desk_and_touches_none_in_production(
      PostgresDatabase database) throws Exception {
    String[][] resets = {{"reset", "--confirm", "shop"}, {"migrate", "reset", "--confirm", "shop"}};
    for (String[] reset : resets) {
      assertThat(run(database, "development", "setup")).as(desk::err).isZero();
      database.execute("insert into item values (2, 'extra')", "create table stray (n int)");
      assertThat(run(database, "development", reset)).as(desk::err).isZero();
      assertThat(database.value(ITEMS)).isEqualTo("lamp");
      assertThat(database.value("select to_regclass('stray') is null")).isEqualTo("t");
    }
    assertThat(run(database, "production", "migrate", "deploy")).as(desk::err).isZero();
    for (String[] reset : resets) {
      // A desk whose settings name the database of production meets the same guard.
      for (String environment : List.of("production", "development")) {
        assertThat(run(database, environment, reset)).isPositive();
        assertThat(desk.out() + desk.err()).contains("--force");
        assertThat(database.value(ITEMS)).isEqualTo("lamp");
      }
    }
  }
}
