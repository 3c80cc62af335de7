package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The page about health at the path that the documents print. */
@DatabaseTest
class HealthTest {

  private static final String PATH = "/api/health";

  @TempDir Path folder;

  @Test
  @Tag("EP-038")
  @Tag("EP-068")
  void health_has_its_shape_and_answers_200(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Answer answer = stage.nobody().ask("GET", PATH);
      assertThat(answer.status()).isEqualTo(200);
      JsonNode page = answer.json();
      assertThat(page.get("status").asString()).isEqualTo("healthy");
      assertThat(page.get("connection").asBoolean()).isTrue();
      assertThat(page.get("latency").asDouble()).isEqualTo(1.0);
      assertThat(page.get("activeConnections").asInt()).isEqualTo(3);
      assertThat(page.get("maxConnections").asInt()).isEqualTo(100);
      assertThat(page.get("errors")).isEmpty();
      assertThat(page.get("timestamp").asString()).endsWith("Z");
    }
  }

  @Test
  @Tag("EP-069")
  void a_database_that_is_gone_is_told_with_503(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      stage.health().breakDown("DATABASE_UNREACHABLE");
      database.execute("drop table sessions cascade");
      for (Stage.Voice voice : new Stage.Voice[] {stage.nobody(), ann.voice()}) {
        Stage.Answer answer = voice.ask("GET", PATH);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().get("status").asString()).isEqualTo("unhealthy");
        assertThat(answer.json().get("connection").asBoolean()).isFalse();
        assertThat(answer.json().at("/errors/0").asString()).isEqualTo("DATABASE_UNREACHABLE");
        assertThat(answer.body()).doesNotContain("Exception");
      }
    }
  }

  @Test
  void numbers_of_rows_are_for_administrators_and_operators(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      assertThat(stage.nobody().ask("GET", PATH).json().has("stats")).isFalse();
      assertThat(ann.voice().ask("GET", PATH).json().has("stats")).isFalse();
      assertThat(stage.operator().ask("GET", PATH).json().has("stats")).isTrue();
      Theatre.promote(database, ann, "ADMIN");
      assertThat(ann.voice().ask("GET", PATH).json().has("stats")).isTrue();
      assertThat(ann.voice().ask("GET", PATH).json().has("queries")).isTrue();
    }
  }
}
