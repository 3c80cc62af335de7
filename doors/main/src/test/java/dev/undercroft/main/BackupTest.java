package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups and restores as a person does them, each command in a process of its own. */
class BackupTest {

  private static final String KEY = "ab".repeat(31) + "07";

  @TempDir private Path folder;

  @Test
  @Tag("CP-034")
  @Tag("CP-035")
  @Tag("CP-036")
  @Tag("CP-059")
  @Tag("CP-061")
  @Tag("CP-063")
  @Tag("CP-067")
  @Tag("CP-004")
  void a_backup_of_the_running_server_is_restored_beside_it_and_served_from_there()
      throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder).with("BACKUP_ENCRYPTION_KEY", KEY)) {
      JsonNode project = shop.up().path("projects").path(0);
      execute(project, "INSERT INTO item VALUES (2, 'chair')");
      JsonNode first = ok(shop.run("backup", "create", "--json"));
      assertThat(first.path("backup").path("state").asString()).isEqualTo("VERIFIED");
      assertThat(first.path("backup").path("reason").asString()).contains("no earlier backup");
      assertThat(first.path("backup").path("storedBytes").asLong())
          .isLessThan(first.path("backup").path("bytes").asLong() / 2);
      execute(project, "INSERT INTO item VALUES (3, 'table')");
      JsonNode second = ok(shop.run("backup", "create", "--incremental", "--json"));
      assertThat(second.path("backup").path("basedOn").asString())
          .isEqualTo(first.path("backup").path("id").asString());
      execute(project, "DELETE FROM item");
      assertNothingInTheClear("chair");

      Path restored = folder.resolve("restored");
      JsonNode answer =
          ok(shop.run("restore", "--from", "latest", "--into", restored.toString(), "--json"));
      assertThat(answer.path("databases").toString()).contains("shop");
      assertThat(items(project)).as("the old data stays as it is").isEqualTo("0");
      assertThat(shop.run("down").exit()).isZero();

      JsonNode again = shop.up("--data", restored.toString()).path("projects").path(0);
      assertThat(items(again)).isEqualTo("3");
      assertThat(shop.run("down").exit()).isZero();
      JsonNode usual = shop.up().path("projects").path(0);
      assertThat(items(usual)).as("without --data the old data is served again").isEqualTo("0");
      assertThat(shop.run("restore", "--into", restored.toString()).err()).contains("is not empty");
    }
  }

  @Test
  void in_place_the_restored_data_are_served_and_what_the_project_wants_ended_has_ended()
      throws Exception {
    Path state = folder.resolve(".undercroft");
    try (TestingFolder shop = TestingFolder.withShop(folder).with("BACKUP_ENCRYPTION_KEY", KEY)) {
      shop.write("after-restore/1_chairs_end.sql", "DELETE FROM item WHERE name = 'chair'");
      shop.write("after-restore/2_elsewhere.sql", "DELETE FROM a_table_of_later");
      JsonNode project = shop.up().path("projects").path(0);
      execute(project, "INSERT INTO item VALUES (2, 'chair'), (3, 'table')");
      ok(shop.run("backup", "create", "--json"));
      execute(project, "DELETE FROM item");
      assertThat(shop.run("restore", "--in-place").err()).contains("EMBEDDED_HELD");
      assertThat(shop.run("down").exit()).isZero();

      JsonNode answer = ok(shop.run("restore", "--in-place", "--json"));
      assertThat(answer.path("warnings").toString())
          .contains("BACKUP_AFTER_RESTORE_SKIPPED", "2_elsewhere.sql");
      assertThat(
              Path.of(answer.path("before").asString().replaceFirst("^file://", ""))
                  .resolve("data"))
          .isDirectory();
      assertThat(items(shop.up().path("projects").path(0))).isEqualTo("2");
      assertThat(shop.run("down").exit()).isZero();

      shop.write("checks/none_left.sql", "SELECT 1 FROM item");
      assertThat(shop.run("restore", "--in-place").err()).contains("BACKUP_CHECK_FAILED");
      try (Stream<Path> inside = Files.list(state)) {
        assertThat(inside.map(path -> path.getFileName().toString()))
            .as("a restore that failed leaves nothing")
            .noneMatch(name -> name.startsWith("scratch-"));
      }
      Files.delete(folder.resolve("checks/none_left.sql"));
      try (Stream<Path> all = Files.walk(state.resolve("data"))) {
        all.sorted(Comparator.reverseOrder())
            .forEach(path -> assertThat(path.toFile().delete()).isTrue());
      }
      Files.delete(state.resolve("secrets/postgres-superuser"));
      JsonNode lost = ok(shop.run("restore", "--in-place", "--json"));
      assertThat(lost.has("before")).as("nothing was there").isFalse();
      assertThat(items(shop.up().path("projects").path(0))).isEqualTo("2");
    }
  }

  @Test
  @Tag("CP-039")
  @Tag("CP-042")
  void without_a_running_server_backups_are_taken_listed_checked_and_removed() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      shop.up();
      assertThat(shop.run("down").exit()).isZero();
      assertThat(shop.run("backup", "health").exit()).isEqualTo(3);
      String full = id(ok(shop.run("backup", "create", "--full", "--json")));
      assertThat(full).matches("backup-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ-[0-9a-f]{8}");
      String other = id(ok(shop.run("backup", "create", "--full", "--no-verify", "--json")));
      JsonNode list = ok(shop.run("backup", "list", "--json"));
      assertThat(list.path("backups").path(0).path("id").asString()).isEqualTo(other);
      assertThat(list.path("backups").path(0).path("state").asString()).isEqualTo("COMPLETE");
      assertThat(list.path("windows").size()).isPositive();
      assertThat(shop.run("backup", "show", full).out()).contains("shop", ".public.item");
      assertThat(shop.run("backup", "show", "nothing").err()).contains("BACKUP_UNKNOWN");
      assertThat(shop.run("backup", "show", "backup-").err()).contains("BACKUP_AMBIGUOUS");
      JsonNode health = ok(shop.run("backup", "health", "--json"));
      assertThat(health.path("total").asInt()).as("only what was read back counts").isOne();

      assertThat(shop.run("backup", "delete", full, "--confirm", full).err())
          .contains("BACKUP_LAST_SOUND");
      assertThat(ok(shop.run("backup", "verify", "--json")).path("damage").size()).isZero();
      assertThat(shop.run("backup", "delete", full).exit()).isEqualTo(2);
      assertThat(shop.run("backup", "delete", full, "--confirm", full).exit()).isZero();
      assertThat(shop.run("backup", "prune", "--dry-run").out()).contains(other, "stays");
      shop.with("BACKUP_RETENTION_DAYS", "31");
      assertThat(shop.run("backup", "prune", "--dry-run", "--json").out())
          .contains("younger than 31 days");
      damageOnePack();
      var verify = shop.run("backup", "verify", "latest", "--json");
      assertThat(verify.exit()).isEqualTo(3);
      assertThat(verify.json().path("damage").path(0).path("message").asString())
          .contains("packs/");
      assertThat(shop.run("restore", "--into", "here", "--time", "2020-01-01T00:00:00Z").err())
          .contains("BACKUP_TARGET_UNREACHABLE", "Reachable is");
    }
  }

  private void damageOnePack() throws Exception {
    try (Stream<Path> packs = Files.walk(folder.resolve(".undercroft/backups/packs"))) {
      for (Path pack : packs.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length / 2] ^= 1;
        Files.write(pack, bytes);
      }
    }
  }

  private void assertNothingInTheClear(String text) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve(".undercroft/backups"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(text);
      }
    }
  }

  private static JsonNode ok(TestingFolder.Said said) {
    assertThat(said.exit()).as(said.toString()).isZero();
    return said.json();
  }

  private static String id(JsonNode made) {
    return made.path("backup").path("id").asString();
  }

  private static String items(JsonNode project) throws Exception {
    try (Connection app = TestingFolder.connect(project)) {
      return TestingFolder.value(app, "SELECT count(*) FROM item");
    }
  }

  private static void execute(JsonNode project, String sql) throws Exception {
    try (Connection app = TestingFolder.connect(project);
        Statement statement = app.createStatement()) {
      statement.execute(sql);
    }
  }
}
