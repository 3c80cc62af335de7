package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the five documents print about health, against what a running instance answers. */
class HealthShapesTest {

  @TempDir private Path folder;

  @Test
  @Tag("CP-094")
  @Tag("CP-095")
  @Tag("CP-098")
  @Tag("CP-099")
  @Tag("SF-143")
  @Tag("SF-144")
  @Tag("EP-038")
  @Tag("EP-068")
  void each_health_path_answers_in_the_shape_that_its_document_prints() throws Exception {
    try (TestingFolder workspace = TestingFolder.withApplications(folder)) {
      JsonNode summary = workspace.up();
      assertThat(workspace.run("backup", "create").exit()).isZero();
      assertEpic(answer(workspace, summary, "/api/health"));
      assertStatusAndTime(answer(workspace, summary, "/health/database"), "healthy");
      assertStatusAndTime(answer(workspace, summary, "/health"), "OK");
      assertStatusAndTime(answer(workspace, summary, "/healthcheck"), "healthy");
      assertCodePal(answer(workspace, summary, "/api/database/health"));
      assertBackupIsTold(workspace, summary);
      JsonNode migrations = answer(workspace, summary, "/api/database/migrations/status");
      assertThat(migrations.path("applied").asInt()).isPositive();
      assertThat(migrations.path("pending").asInt(-1)).isZero();
      assertThat(migrations.path("failed").asInt(-1)).isZero();
    }
  }

  private static JsonNode answer(TestingFolder workspace, JsonNode summary, String path)
      throws Exception {
    HttpResponse<String> response = workspace.get(summary, path);
    assertThat(response.statusCode()).as(path + response.body()).isEqualTo(200);
    return TestingFolder.json(response);
  }

  private static void assertStatusAndTime(JsonNode answer, String status) {
    assertThat(answer.propertyNames()).containsExactlyInAnyOrder("status", "timestamp");
    assertThat(answer.path("status").asString()).isEqualTo(status);
    assertThat(Instant.parse(answer.path("timestamp").asString())).isBefore(Instant.now());
  }

  private static void assertEpic(JsonNode answer) {
    assertThat(answer.propertyNames())
        .contains(
            "status",
            "connection",
            "latency",
            "stats",
            "errors",
            "timestamp",
            "activeConnections",
            "maxConnections",
            "queries");
    assertThat(answer.path("status").asString()).isIn("healthy", "degraded");
    assertThat(answer.path("connection").asBoolean()).isTrue();
    assertThat(answer.path("latency").isNumber()).isTrue();
    assertThat(answer.path("errors").isArray()).isTrue();
    assertThat(answer.path("activeConnections").isInt()).isTrue();
    assertThat(answer.path("maxConnections").isInt()).isTrue();
    assertThat(answer.path("stats").propertyNames())
        .containsExactlyInAnyOrder("users", "projects", "jobs", "assets");
    answer.path("stats").forEach(rows -> assertThat(rows.isIntegralNumber()).isTrue());
    assertThat(answer.path("queries").isEmpty()).isFalse();
    answer.path("queries").forEach(took -> assertThat(took.isNumber()).isTrue());
  }

  /** Nobody waits for it; it is there a moment after it was asked for. */
  private static void assertBackupIsTold(TestingFolder workspace, JsonNode summary)
      throws Exception {
    Await.until(
        "the last backup is told",
        () -> answer(workspace, summary, "/api/database/health").has("lastBackup"));
    JsonNode last = answer(workspace, summary, "/api/database/health").path("lastBackup");
    assertThat(last.path("success").asBoolean()).isTrue();
    assertThat(Instant.parse(last.path("last").asString())).isBefore(Instant.now());
  }

  private static void assertCodePal(JsonNode answer) {
    assertThat(answer.propertyNames())
        .contains(
            "status", "timestamp", "connections", "responseTimes", "replication", "size", "errors");
    assertThat(answer.path("connections").path("active").isInt()).isTrue();
    assertThat(answer.path("connections").path("max").isInt()).isTrue();
    assertThat(answer.path("responseTimes").isEmpty()).isFalse();
    assertThat(answer.path("size").path("bytes").isIntegralNumber()).isTrue();
    assertThat(answer.path("errors").path("rate").isNumber()).isTrue();
  }
}
