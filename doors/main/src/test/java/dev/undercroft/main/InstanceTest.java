package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole life cycles of an instance, each in processes of its own. */
class InstanceTest {

  @TempDir private Path folder;

  @Test
  void one_command_brings_everything_up_and_one_takes_it_down_with_the_data_kept()
      throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      JsonNode first = shop.up();
      JsonNode project = first.path("projects").path(0);
      assertThat(project.path("migrationsRunNow").asInt()).isOne();
      assertThat(project.path("seeded").asBoolean()).isTrue();
      assertThat(shop.get(first, "/api/health").statusCode()).isEqualTo(200);
      assertThat(shop.get(first, "/").body()).contains("The Shop");
      try (Connection app = TestingFolder.connect(project);
          Statement statement = app.createStatement()) {
        assertThat(TestingFolder.value(app, "SELECT name FROM item")).isEqualTo("lamp");
        statement.execute("INSERT INTO item VALUES (2, 'chair')");
      }
      assertSecondIsRefused(shop);
      var status = shop.run("status", "--json");
      assertThat(status.exit()).isZero();
      assertThat(status.json().path("state").asString()).isEqualTo("HEALTHY");
      assertThat(shop.run("logs").out()).contains("GET /api/health 200");

      long pid = shop.serving().orElseThrow().pid();
      long server = shop.serverPid();
      assertThat(shop.run("down", "--json").json().path("how").asString()).isEqualTo("CLEANLY");
      assertThat(TestingFolder.isAlive(pid)).isFalse();
      assertThat(TestingFolder.isAlive(server)).isFalse();
      assertThat(shop.run("status").exit()).isEqualTo(3);

      JsonNode second = shop.up();
      JsonNode again = second.path("projects").path(0);
      assertThat(again.path("migrationsRunNow").asInt()).isZero();
      assertThat(again.path("seeded").asBoolean()).isFalse();
      try (Connection app = TestingFolder.connect(again)) {
        assertThat(TestingFolder.value(app, "SELECT count(*) FROM item")).isEqualTo("2");
      }
    }
  }

  private static void assertSecondIsRefused(TestingFolder shop) throws Exception {
    var second = shop.run("up", "--port", "0");
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err())
        .contains("MAIN_ALREADY_RUNNING", "process " + shop.serving().orElseThrow().pid());
  }

  @Test
  void secrets_are_in_files_that_only_their_owner_reads_and_in_no_log() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      JsonNode summary = shop.up();
      Path token = Path.of(summary.path("tokenFile").asString());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
          .isEqualTo("rw-------");
      assertThat(summary.toString()).doesNotContain(Files.readString(token).strip());
      Path passwordFile = Path.of(summary.path("projects").path(0).path("passwordFile").asString());
      String password = Files.readString(passwordFile).strip();
      try (var files = Files.walk(folder.resolve(".undercroft/logs"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file))
              .doesNotContain(password, Files.readString(token).strip());
        }
      }
      assertThat(Files.readString(folder.resolve(".undercroft/audit.jsonl")))
          .contains("\"verb\":\"up\"", "\"state\":\"DONE\"");
    }
  }

  @Test
  void after_the_process_was_killed_the_next_start_takes_over_with_nothing_lost() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      JsonNode first = shop.up();
      try (Connection app = TestingFolder.connect(first.path("projects").path(0));
          Statement statement = app.createStatement()) {
        statement.execute("INSERT INTO item VALUES (3, 'table')");
      }
      long server = shop.serverPid();
      ProcessHandle process = shop.serving().orElseThrow();
      process.destroyForcibly();
      assertThat(LivingProcess.awaitEnd(process, Duration.ofSeconds(30))).isTrue();
      assertThat(shop.run("status", "--json").json().path("state").asString()).isEqualTo("DIED");
      assertThat(shop.run("status").out())
          .contains("died without stopping", "undercroft up", "undercroft down");
      JsonNode second = shop.up();
      assertThat(shop.serverPid()).as("the running server is taken over").isEqualTo(server);
      try (Connection app = TestingFolder.connect(second.path("projects").path(0))) {
        assertThat(TestingFolder.value(app, "SELECT name FROM item WHERE id = 3"))
            .isEqualTo("table");
      }
    }
  }

  @Test
  void down_stops_the_server_that_a_killed_process_left_behind() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      JsonNode summary = shop.up();
      assertThat(summary.path("address").asString()).startsWith("http://localhost:");
      long server = shop.serverPid();
      ProcessHandle process = shop.serving().orElseThrow();
      process.destroyForcibly();
      assertThat(LivingProcess.awaitEnd(process, Duration.ofSeconds(30))).isTrue();
      assertThat(shop.run("down", "--json").json().path("how").asString())
          .isEqualTo("ORPHAN_STOPPED");
      assertThat(TestingFolder.isAlive(server)).isFalse();
    }
  }

  @Test
  void a_signal_ends_the_foreground_process_and_its_server() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      File out = folder.resolve("up.out").toFile();
      File err = folder.resolve("up.err").toFile();
      Process process = shop.start(out, err, "up", "--port", "0");
      Await.until(
          "the foreground process says where it serves",
          () -> Files.readString(out.toPath()).contains("The Shop"));
      assertThat(shop.isServing(process)).isTrue();
      long server = shop.serverPid();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(TestingFolder.isAlive(server)).isFalse();
      assertThat(folder.resolve(".undercroft/run.json")).doesNotExist();
      assertThat(Files.readString(out.toPath())).contains("http://localhost:");
    }
  }

  @Test
  void a_migration_that_fails_stops_the_start_and_names_its_place() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      shop.write("migrations/20260102000000_bad/migration.sql", "CREATE TABLE item (id int);\n");
      var up = shop.run("up", "--detach", "--port", "0");
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err()).contains("20260102000000_bad", "already exists");
      assertThat(shop.serving()).isEmpty();
      assertNoServer();
    }
  }

  private void assertNoServer() throws IOException {
    Path pidFile = folder.resolve(".undercroft/data/postmaster.pid");
    assertThat(pidFile).doesNotExist();
  }
}
