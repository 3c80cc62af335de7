package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The five applications together, as a person meets them first. */
class WorkspaceTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  @Tag("SC-002")
  @Tag("SC-004")
  @Tag("SC-011")
  @Tag("SC-032")
  @Tag("SC-033")
  @Tag("SC-034")
  @Tag("SF-145")
  @Tag("EP-022")
  @Tag("EP-038")
  @Tag("EP-068")
  @Tag("EP-069")
  @Tag("EP-070")
  @Tag("EP-071")
  @Tag("EP-072")
  @Tag("EP-076")
  @Tag("SC-007")
  void one_command_brings_five_applications_up_and_one_takes_them_down() throws Exception {
    try (TestingFolder workspace = TestingFolder.withApplications(folder)) {
      JsonNode summary = workspace.up();
      assertThat(summary.path("projects").size()).isEqualTo(5);
      for (JsonNode project : summary.path("projects")) {
        assertThat(project.path("seeded").asBoolean()).as(project.toString()).isTrue();
        try (Connection app = TestingFolder.connect(project)) {
          String tables =
              TestingFolder.value(
                  app,
                  "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
          assertThat(Integer.parseInt(tables)).as(project.toString()).isGreaterThan(3);
        }
      }
      assertThat(workspace.get(summary, "/").body())
          .contains("Five applications are running", "SimplyCaster", "seda.fm", "CodePal");
      assertThat(workspace.run("logs").out()).contains("GET / 200");
      assertPsqlSeesThem(workspace, summary);
      assertHealthPages(workspace, summary);
      assertChoresRun(workspace, summary);
      assertTheyTellOfAServerThatIsGone(workspace, summary);
      long server = workspace.serverPid();
      var down = workspace.run("down", "--json");
      assertThat(down.json().path("how").asString()).isEqualTo("CLEANLY");
      assertThat(TestingFolder.isAlive(server)).isFalse();
      assertThat(Path.of(summary.path("data").asString())).isDirectory();
    }
  }

  /** Nobody asked for them. */
  private static void assertChoresRun(TestingFolder workspace, JsonNode summary) {
    assertChoreRuns(workspace, summary, "simplycaster", "expired-tokens");
    assertChoreRuns(workspace, summary, "epic", "maintenance");
  }

  private static void assertChoreRuns(
      TestingFolder workspace, JsonNode summary, String application, String chore) {
    Await.until(
        chore,
        () ->
            workspace
                .getAsOperator(summary, "/metrics")
                .body()
                .lines()
                .anyMatch(line ->
                    line.startsWith("undercroft_chore_seconds_count{")
                        && line.contains("chore=\"" + chore + "\"")
                        && line.contains("outcome=\"done\"")
                        && line.contains("application=\"" + application + "\"")));
  }

  /** With what {@code up} and {@code url} print, and nothing else. */
  private static void assertPsqlSeesThem(TestingFolder workspace, JsonNode summary)
      throws Exception {
    String url = summary.path("psql").asString();
    assertThat(psql(url, "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"))
        .contains("audiotricks", "codepal", "epic", "seda", "simplycaster");
    String super1 = workspace.run("url", "--role", "superuser").out().strip();
    assertThat(psql(super1, "SELECT current_user")).isEqualTo("postgres");
    List<String> lines = workspace.run("url").out().lines().toList();
    assertThat(lines).hasSize(5);
    for (String line : lines) {
      String tables = "SELECT count(*) > 3 FROM pg_tables WHERE schemaname = 'public'";
      assertThat(psql(line.split("\t", 2)[1], tables)).as(line.split("\t", 2)[0]).isEqualTo("t");
    }
  }

  private static String psql(String url, String query) throws Exception {
    Process process =
        new ProcessBuilder("psql", "-w", "-X", "-A", "-t", "-c", query, url)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.strip();
  }

  private static void assertHealthPages(TestingFolder workspace, JsonNode summary)
      throws Exception {
    for (String path :
        new String[] {
          "/api/health", "/health/database", "/api/database/health", "/health", "/healthcheck"
        }) {
      var page = workspace.get(summary, path);
      assertThat(page.statusCode()).as(path + page.body()).isEqualTo(200);
    }
    JsonNode epic = JSON.readTree(workspace.get(summary, "/api/health").body());
    assertThat(epic.path("status").asString()).isEqualTo("healthy");
    assertThat(epic.path("connection").asBoolean()).isTrue();
    assertThat(epic.path("latency").asDouble()).isPositive();
    assertThat(epic.path("queries").size()).isPositive();
    assertThat(epic.path("activeConnections").asInt()).isPositive();
    assertThat(epic.path("maxConnections").asInt())
        .isGreaterThan(epic.path("activeConnections").asInt());
    assertThat(epic.at("/stats/users").asInt()).isEqualTo(1);
    assertThat(epic.at("/stats/jobs").asInt()).isEqualTo(1);
    var migrations = workspace.get(summary, "/api/database/migrations/status");
    assertThat(migrations.statusCode()).isEqualTo(200);
    assertThat(migrations.body()).contains("applied", "pending", "failed");
  }

  /** Every page answers, within its bound, although nobody answers the pages. */
  private static void assertTheyTellOfAServerThatIsGone(TestingFolder workspace, JsonNode summary)
      throws Exception {
    ProcessHandle server = ProcessHandle.of(workspace.serverPid()).orElseThrow();
    server.destroyForcibly();
    assertThat(LivingProcess.awaitEnd(server, Duration.ofSeconds(30))).isTrue();
    for (String path :
        new String[] {"/api/health", "/health/database", "/api/database/health", "/health/ready"}) {
      // The backends of a killed server answer for a moment.
      Await.until(path, () -> workspace.get(summary, path).statusCode() == 503);
      assertThat(workspace.get(summary, path).body())
          .as(path)
          .doesNotContain("Exception", "127.0.0.1");
    }
    JsonNode epic = JSON.readTree(workspace.get(summary, "/api/health").body());
    assertThat(epic.path("connection").asBoolean()).isFalse();
    assertThat(epic.path("status").asString()).isEqualTo("unhealthy");
    JsonNode seda = JSON.readTree(workspace.get(summary, "/health/database").body());
    assertThat(seda.path("status").asString()).isEqualTo("unhealthy");
    assertThat(seda.path("error").asString()).isNotEmpty();
    assertThat(workspace.get(summary, "/").body()).contains("Unhealthy");
    assertThat(workspace.run("status").exit()).isEqualTo(3);
  }
}
