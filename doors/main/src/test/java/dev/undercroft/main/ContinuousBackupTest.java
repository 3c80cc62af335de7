package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log received while an instance runs, and what it makes possible. */
class ContinuousBackupTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  @Tag("AT-086")
  @Tag("CP-148")
  @Tag("EP-079")
  void a_table_dropped_by_mistake_and_the_whole_server_go_back_to_the_second_before()
      throws Exception {
    try (TestingFolder shop = continuous()) {
      JsonNode project = shop.up().path("projects").path(0);
      ok(shop.run("backup", "create", "--json"));
      administrator(project, "CREATE INDEX item_name ON item (name)");
      administrator(
          project, "INSERT INTO item SELECT g, 'thing ' || g FROM generate_series(2, 100) g");
      Instant before = Instant.now();
      administrator(project, "DROP TABLE item CASCADE");
      administrator(project, "CREATE TABLE later (n int)");
      awaitStored(shop, Instant.now());

      assertThat(shop.run("restore", "--time", "2099-01-01T00:00:00Z", "--into", "never").err())
          .contains("BACKUP_TARGET_UNREACHABLE", "Reachable is");
      JsonNode table =
          ok(shop.run("restore", "--table", "item", "--time", before.toString(), "--json"));
      assertThat(table.path("table").asString()).isEqualTo("public.item");
      assertThat(table.path("rows").asInt()).isEqualTo(100);
      try (Connection app = TestingFolder.connect(project)) {
        assertThat(TestingFolder.value(app, "SELECT count(*) FROM item")).isEqualTo("100");
        assertThat(
                TestingFolder.value(
                    app,
                    "SELECT string_agg(indexname, ' ' ORDER BY indexname) FROM pg_indexes WHERE tablename = 'item'"))
            .isEqualTo("item_name item_pkey");
      }
      droppedAgain(shop, project);
      JsonNode beside =
          ok(shop.run("restore", "--table", "item", "--time", before.toString(), "--json"));
      assertThat(beside.path("table").asString()).isEqualTo("restored.item");

      wholeServer(shop, before);
    }
  }

  private void droppedAgain(TestingFolder shop, JsonNode project) throws Exception {
    administrator(project, "VACUUM FULL item");
    administrator(project, "DROP TABLE item CASCADE");
    awaitStored(shop, Instant.now());
    JsonNode unsaid = ok(shop.run("restore", "--table", "item", "--json"));
    assertThat(unsaid.path("table").asString()).isEqualTo("public.item");
    assertThat(unsaid.path("rows").asInt()).as("without a moment: before the drop").isEqualTo(100);
    assertThat(shop.run("restore", "--table", "nobodys").err()).contains("BACKUP_TABLE_UNKNOWN");
  }

  private void wholeServer(TestingFolder shop, Instant before) throws Exception {
    Path restored = folder.resolve("restored");
    ok(shop.run("restore", "--time", before.toString(), "--into", restored.toString(), "--json"));
    assertThat(shop.run("down").exit()).isZero();
    JsonNode again = shop.up("--data", restored.toString()).path("projects").path(0);
    try (Connection app = TestingFolder.connect(again)) {
      assertThat(TestingFolder.value(app, "SELECT count(*) FROM item")).isEqualTo("100");
      assertThat(TestingFolder.value(app, "SELECT to_regclass('later') IS NULL")).isEqualTo("t");
    }
  }

  @Test
  @Tag("CP-141")
  @Tag("CP-142")
  @Tag("CP-143")
  @Tag("CP-146")
  @Tag("CP-149")
  void a_drill_restores_a_random_moment_checks_it_and_measures_it() throws Exception {
    try (TestingFolder shop = continuous()) {
      shop.write("checks/no_empty_name.sql", "SELECT 1 FROM item WHERE name = ''");
      JsonNode project = shop.up().path("projects").path(0);
      ok(shop.run("backup", "create", "--json"));
      administrator(
          project, "INSERT INTO item SELECT g, 'thing ' || g FROM generate_series(2, 50) g");
      awaitStored(shop, Instant.now());
      JsonNode drilled = ok(shop.run("backup", "drill", "--json"));
      assertThat(drilled.path("passed").asBoolean()).isTrue();
      assertThat(Duration.parse(drilled.path("duration").asString()))
          .isLessThan(Duration.ofMinutes(15));
      assertThat(Duration.parse(drilled.path("loss").asString())).isLessThan(Duration.ofMinutes(5));
      assertThat(drilled.path("checks").toString())
          .contains("shop: indexes and rows", "0 damaged rows", "no_empty_name.sql");
      assertThat(
              ok(shop.run("backup", "list", "--json"))
                  .path("backups")
                  .path(0)
                  .path("state")
                  .asString())
          .isEqualTo("DRILLED");
      shop.write("checks/nothing_at_all.sql", "SELECT 1 FROM item");
      assertThat(shop.run("backup", "drill").exit()).isEqualTo(3);
      try (var left = Files.list(folder.resolve(".undercroft"))) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.startsWith("scratch-"));
      }
    }
  }

  @Test
  @Tag("CP-054")
  @Tag("CP-055")
  @Tag("CP-056")
  @Tag("CP-057")
  @Tag("SC-066")
  @Tag("CP-176")
  @Tag("AT-084")
  @Tag("EP-078")
  @Tag("CP-041")
  @Tag("CP-101")
  void the_schedule_takes_a_backup_and_the_endpoint_speaks_as_the_document_says() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder)
            .with("BACKUP_SCHEDULE", "0 2 * * *")
            .with("BACKUP_DUMP_SCHEDULE", "* * * * *")) {
      JsonNode summary = shop.up();
      String token = Files.readString(Path.of(summary.path("tokenFile").asString())).strip();
      eventually(
          "the overdue backup is taken and counts",
          () -> shop.run("backup", "health", "--json").exit() == 0);
      String url = summary.path("address").asString() + "/api/database/backup";
      assertThat(call(url + "?action=list", "", "").statusCode()).isEqualTo(401);
      JsonNode health = JSON.readTree(call(url + "?action=health", token, "").body());
      assertThat(health.path("status").asString()).isEqualTo("healthy");
      assertThat(health.path("totalBackups").asInt()).isOne();
      JsonNode made =
          JSON.readTree(call(url, token, "{\"action\":\"create\"}").body()).path("backup");
      assertThat(made.path("status").asString()).isEqualTo("completed");
      assertThat(made.path("checksum").asString()).matches("[0-9a-f]{64}");
      assertThat(made.path("tables").toString()).contains("shop.public.item");
      JsonNode list = JSON.readTree(call(url + "?action=list", token, "").body()).path("backups");
      assertThat(list.size()).isEqualTo(2);
      assertThat(list.path(0).path("id")).isEqualTo(made.path("id"));
      assertThat(call(url, token, "{\"action\":\"explode\"}").statusCode()).isEqualTo(400);
      assertThat(call(url + "?action=explode", token, "").body()).contains("\"error\"");
      assertThat(call(url, token, "{\"action\":\"restore\",\"backupId\":\"none\"}").statusCode())
          .isEqualTo(404);
      var restored =
          call(
              url,
              token,
              "{\"action\":\"restore\",\"backupId\":\"" + made.path("id").asString() + "\"}");
      assertThat(restored.statusCode()).as(restored.body()).isEqualTo(200);
      assertThat(JSON.readTree(restored.body()).path("success").asBoolean()).isTrue();
      eventually("a dump is written in the next minute", this::hasDump);
    }
  }

  private boolean hasDump() throws Exception {
    Path dumps = folder.resolve("backups");
    if (!Files.isDirectory(dumps)) {
      return false;
    }
    try (var files = Files.list(dumps)) {
      return files.anyMatch(
          file -> file.getFileName().toString().matches("backup-.*-[0-9a-f]{8}\\.sql\\.gz"));
    }
  }

  private TestingFolder continuous() throws Exception {
    return TestingFolder.withShop(folder)
        .with("BACKUP_CONTINUOUS", "true")
        .with("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07");
  }

  private static void awaitStored(TestingFolder shop, Instant moment) throws Exception {
    eventually(
        "everything until " + moment + " is stored",
        () -> {
          JsonNode windows = shop.run("backup", "list", "--json").json().path("windows");
          return windows.size() > 0
              && Instant.parse(windows.path(windows.size() - 1).path("until").asString())
                  .isAfter(moment);
        });
  }

  /** Each question is a process of its own, so there is no need to pause between them. */
  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(3));
    while (!condition.call()) {
      assertThat(Instant.now()).as(what).isBefore(end);
    }
  }

  private static HttpResponse<String> call(String url, String token, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode ok(TestingFolder.Said said) {
    assertThat(said.exit()).as(said.toString()).isZero();
    return said.json();
  }

  private void administrator(JsonNode project, String sql) throws Exception {
    URI url = URI.create(project.path("url").asString());
    String password =
        Files.readString(folder.resolve(".undercroft/secrets/postgres-superuser")).strip();
    String jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
    try (Connection connection = DriverManager.getConnection(jdbc, "postgres", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
