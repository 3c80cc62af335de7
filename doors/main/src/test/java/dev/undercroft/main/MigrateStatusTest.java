package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.main.TestingFolder.Said;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.OpenFolder;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code migrate status}: says how it is, and makes nothing so. */
@DatabaseTest
class MigrateStatusTest {

  private static final String MIGRATION = "migrations/20260101000000_items/migration.sql";

  @TempDir(factory = OpenFolder.class)
  private Path folder;

  @Test
  void where_nothing_was_ever_started_it_says_so_and_starts_nothing() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      Said said = shop.run("migrate", "status");
      assertThat(said.exit()).as(said.toString()).isEqualTo(3);
      assertThat(said.out()).contains("1 pending", "Nothing was ever deployed", "setup");
      assertThat(folder.resolve(".undercroft/data")).doesNotExist();
      JsonNode json = shop.run("migrate", "status", "--json").json().path("projects").path(0);
      assertThat(json.path("setUp").asBoolean()).isFalse();
      assertThat(json.path("migrations").path(0).path("state").asString()).isEqualTo("PENDING");
    }
  }

  @Test
  void a_database_in_which_nothing_was_deployed_stays_as_it_is(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder).with("DATABASE_URL", database.url())) {
      String before = traces(database);
      Said said = shop.run("migrate", "status", "--json");
      assertThat(said.exit()).as(said.toString()).isEqualTo(3);
      assertThat(said.json().path("projects").path(0).path("setUp").asBoolean()).isFalse();
      assertThat(traces(database)).isEqualTo(before);
      assertThat(folder.resolve(".undercroft/secrets")).doesNotExist();
    }
  }

  private static String traces(PostgresDatabase database) throws Exception {
    return database.value(
        "SELECT (SELECT count(*) FROM pg_namespace) || ' '"
            + " || (SELECT count(*) FROM pg_class) || ' '"
            + " || (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'shop%')");
  }

  @Test
  void a_database_that_does_not_exist_is_not_made(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    String url = database.url().replaceFirst("/[^/]*$", "/shop_of_nobody");
    try (TestingFolder shop = TestingFolder.withShop(folder).with("DATABASE_URL", url)) {
      Said said = shop.run("migrate", "status", "--json");
      assertThat(said.exit()).as(said.toString()).isEqualTo(3);
      assertThat(said.json().path("projects").path(0).path("setUp").asBoolean()).isFalse();
      assertThat(
              database.value("SELECT count(*) FROM pg_database WHERE datname = 'shop_of_nobody'"))
          .isEqualTo("0");
    }
  }

  @Test
  @Tag("SC-026")
  void an_edited_applied_migration_is_shown_with_its_difference_and_blocks(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder).with("DATABASE_URL", database.url())) {
      assertThat(shop.run("setup").exit()).isZero();
      JsonNode sound = shop.run("migrate", "status", "--json").json().path("projects").path(0);
      assertThat(names(sound))
          .containsExactly("project", "database", "setUp", "migrations", "problems");
      assertThat(names(sound.path("migrations").path(0)))
          .containsExactly("name", "state", "at", "by", "took", "statementsDone", "statements");
      shop.write(MIGRATION, "CREATE TABLE item (id int PRIMARY KEY, name varchar(9) NOT NULL);\n");
      shop.write("migrations/20260102000000_more/migration.sql", "CREATE TABLE more (id int);\n");
      Said edited = shop.run("migrate", "status", "--json");
      assertThat(edited.exit()).isEqualTo(3);
      JsonNode first = edited.json().path("projects").path(0).path("migrations").path(0);
      assertThat(first.path("state").asString()).isEqualTo("CHANGED");
      assertThat(first.path("problem").path("detail").asString()).contains("text", "varchar(9)");
      assertThat(shop.run("migrate", "status").out()).contains("varchar(9)", "changed");
      Said blocked = shop.run("migrate", "deploy");
      assertThat(blocked.exit()).isEqualTo(1);
      assertThat(blocked.err()).contains("20260101000000_items", "varchar(9)", "→");
      assertThat(database.value("SELECT to_regclass('more') IS NULL")).isEqualTo("t");
    }
  }

  private static List<String> names(JsonNode node) {
    return List.copyOf(node.propertyNames());
  }

  @Test
  void it_answers_while_the_instance_runs_and_says_when_the_server_does_not() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      shop.up();
      Said running = shop.run("migrate", "status");
      assertThat(running.exit()).as(running.toString()).isZero();
      assertThat(running.out()).contains("1 applied");
      ProcessHandle process = shop.serving().orElseThrow();
      process.destroyForcibly();
      assertThat(LivingProcess.awaitEnd(process, Duration.ofSeconds(30))).isTrue();
      assertThat(shop.run("migrate", "status").exit())
          .as("the server that a killed process left can still be asked")
          .isZero();
      assertThat(shop.run("down").exit()).isZero();
      Said down = shop.run("migrate", "status");
      assertThat(down.exit()).isEqualTo(1);
      assertThat(down.err()).contains("MAIN_SERVER_DOWN", "undercroft up");
      assertThat(Files.exists(folder.resolve(".undercroft/data/postmaster.pid"))).isFalse();
    }
  }

  @Test
  void commands_find_an_instance_whose_data_lie_in_another_folder() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder.resolve("shop"))) {
      String data = folder.resolve("elsewhere").toString();
      shop.up("--data", data);
      Said status = shop.run("migrate", "status");
      assertThat(status.exit()).as(status.toString()).isZero();
      assertThat(status.out()).contains("1 applied");
      assertThat(shop.run("url").exit()).isZero();
      assertThat(shop.run("down").exit()).isZero();
    }
  }
}
