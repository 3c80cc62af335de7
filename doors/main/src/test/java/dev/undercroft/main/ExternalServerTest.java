package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that somebody else runs, named by {@code DATABASE_URL}. */
@DatabaseTest
class ExternalServerTest {

  @TempDir private Path folder;

  @Test
  @Tag("SC-003")
  @Tag("SC-006")
  @Tag("SC-030")
  void setup_makes_everything_once_and_a_second_one_changes_nothing(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder caster =
        TestingFolder.withApplication(folder, "simplycaster")
            .with("DATABASE_URL", database.url())) {
      JsonNode first = caster.run("setup", "--json").json().path("projects").path(0);
      assertThat(first.path("applied").size()).isPositive();
      assertThat(first.path("seeds").size()).isPositive();
      String users = database.value("SELECT string_agg(email, ' ' ORDER BY email) FROM users");
      assertThat(users).isEqualTo("admin@simplycaster.com host@simplycaster.com");
      JsonNode second = caster.run("setup", "--json").json().path("projects").path(0);
      assertThat(second.path("applied").size()).isZero();
      assertThat(database.value("SELECT string_agg(email, ' ' ORDER BY email) FROM users"))
          .isEqualTo(users);
      assertThat(caster.run("migrate", "status", "--json").exit()).isZero();
      assertThat(folder.resolve(".undercroft/data")).doesNotExist();
    }
  }

  @Test
  @Tag("SC-005")
  void the_url_alone_decides_which_database_is_served(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder).with("DATABASE_URL", database.url())) {
      JsonNode summary = shop.up();
      assertThat(summary.path("projects").path(0).path("database").asString())
          .isEqualTo(database.name());
      assertThat(summary.toString()).doesNotContain(database.password());
      assertThat(shop.get(summary, "/api/health").statusCode()).isEqualTo(200);
      assertThat(database.value("SELECT name FROM item")).isEqualTo("lamp");
    }
  }

  @Test
  @Tag("SF-108")
  void a_start_without_its_database_fails_and_says_why() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder)
            .with("DATABASE_URL", "postgres://shop:hunter2@127.0.0.1:1/shop")) {
      var up = shop.run("up", "--detach", "--port", "0");
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err()).contains("127.0.0.1:1").doesNotContain("hunter2");
      assertThat(shop.serving()).isEmpty();
    }
  }

  @Test
  void a_file_of_sqlite_is_served_too() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder).with("DATABASE_URL", "file:./dev.db")) {
      JsonNode summary = shop.up();
      assertThat(folder.resolve("dev.db")).exists();
      var health = shop.get(summary, "/api/health");
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
      assertThat(
              TestingFolder.json(health).path("databases").path("shop").path("status").asString())
          .isEqualTo("healthy");
    }
  }
}
