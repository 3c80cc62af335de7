package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.Theatre.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Assets and presets over HTTP. */
@DatabaseTest
class LibraryTest {

  private static final String ASSETS = "/api/v1/assets";
  private static final String PRESETS = "/api/v1/presets";

  @TempDir Path folder;

  @EachServer
  @Tag("EP-016")
  @Tag("EP-066")
  void assets_expire_in_thirty_days_unless_they_are_permanent(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      JsonNode usual =
          ann.post(
              ASSETS,
              "{\"type\": \"VIDEO\", \"uri\": \"s3://store/a.mp4\", \"sizeBytes\": 5000000000,"
                  + " \"metadata\": {\"fps\": 30}}");
      Instant expiry = Instant.parse(usual.get("expiresAt").asString());
      assertThat(Duration.between(Instant.now(), expiry))
          .isBetween(Duration.ofDays(29), Duration.ofDays(30));
      assertThat(usual.get("sizeBytes").asLong()).isEqualTo(5_000_000_000L);
      assertThat(usual.at("/metadata/fps").asInt()).isEqualTo(30);
      JsonNode kept =
          ann.post(ASSETS, "{\"type\": \"IMAGE\", \"uri\": \"b.png\", \"permanent\": true}");
      assertThat(kept.has("expiresAt")).isFalse();
      assertThat(ids(ann.get(ASSETS + "?type=IMAGE"))).containsExactly(kept.get("id").asString());
      JsonNode page = ann.voice().ask("GET", ASSETS + "?limit=1").json();
      assertThat(page.get("total").asInt()).isEqualTo(2);
      assertThat(page.get("hasNext").asBoolean()).isTrue();
      String path = ASSETS + "/" + kept.get("id").asString();
      assertThat(ann.get(path)).isEqualTo(kept);
      database.execute("update assets set expires_at = now() where type = 'VIDEO'");
      assertThat(ann.status("GET", ASSETS + "/" + usual.get("id").asString())).isEqualTo(404);
      assertThat(ann.get(ASSETS)).hasSize(1);
      assertThat(ann.status("DELETE", path)).isEqualTo(200);
      assertThat(ann.status("GET", path)).isEqualTo(404);
      assertThat(ann.status("DELETE", path)).isEqualTo(404);
    }
  }

  @EachServer
  @Tag("EP-016")
  void bad_assets_are_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String asset = "{\"type\": \"TEXT\", \"uri\": \"%s\"}";
      for (String bad :
          List.of(
              "",
              " ",
              "javascript:alert(1)",
              "data:text/html,x",
              "file:///etc/passwd",
              "../../etc/passwd",
              "a/../b",
              "a b",
              "a\\u0000b",
              "<script>",
              "x".repeat(2_001))) {
        assertThat(ann.status("POST", ASSETS, asset.formatted(bad))).as(bad).isEqualTo(400);
      }
      String more = asset.formatted("a.txt").replace("}", ", %s}");
      for (String bad :
          List.of(
              "\"sizeBytes\": -1",
              "\"sizeBytes\": 1e30",
              "\"metadata\": []",
              "\"metadata\": {\"x\": \"\\u0000\"}",
              "\"metadata\": {\"x\": \"" + "x".repeat(70_000) + "\"}",
              "\"expiresAt\": \"2100-01-01T00:00:00Z\"",
              "\"userId\": \"" + Theatre.DEMO + "\"")) {
        assertThat(ann.status("POST", ASSETS, more.formatted(bad))).as(bad).isEqualTo(400);
      }
      assertThat(ann.status("POST", ASSETS, asset.formatted("x").replace("TEXT", "CODE")))
          .isEqualTo(400);
      assertThat(ann.get(ASSETS)).isEmpty();
    }
  }

  @Test
  void stories_are_taken_up_to_5_mb_and_of_four_kinds(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String path = Theatre.PROJECTS + "/" + ann.project("Sea") + "/upload";
      String upload = "{\"fileName\": \"%s\", \"sizeBytes\": %d, \"uri\": \"up/1\"}";
      for (String good : List.of("a.txt", "b.MD", "c d.docx", "e.pdf")) {
        JsonNode made = ann.post(path, upload.formatted(good, 5 << 20));
        assertThat(made.get("type").asString()).isEqualTo("TEXT");
        assertThat(made.at("/metadata/file_name").asString()).isEqualTo(good);
      }
      assertThat(ann.status("POST", path, upload.formatted("a.txt", (5 << 20) + 1))).isEqualTo(400);
      for (String bad : List.of("a.exe", ".txt", "../a.txt", "a", "a.txt.js")) {
        assertThat(ann.status("POST", path, upload.formatted(bad, 1))).as(bad).isEqualTo(400);
      }
      String others = Theatre.PROJECTS + "/demo-project/upload";
      assertThat(ann.status("POST", others, upload.formatted("a.txt", 1))).isEqualTo(404);
    }
  }

  @EachServer
  @Tag("EP-017")
  void presets_are_kept_changed_and_deleted_with_one_default(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String mine =
          ann.post(
                  PRESETS,
                  "{\"name\": \"Mine\", \"config\": {\"aspect_ratio\": \"1:1\"},"
                      + " \"isDefault\": true}")
              .get("id")
              .asString();
      assertThat(defaults(ann)).containsExactly("Mine");
      String path = PRESETS + "/" + mine;
      JsonNode changed = Theatre.data(ann.voice().ask("PATCH", path, "{\"name\": \"Yours\"}"), 200);
      assertThat(changed.get("isDefault").asBoolean()).isTrue();
      assertThat(changed.at("/config/aspect_ratio").asString()).isEqualTo("1:1");
      String dark = named(ann, "Dark Glass");
      ann.voice().ask("PATCH", PRESETS + "/" + dark, "{\"isDefault\": true}");
      assertThat(defaults(ann)).containsExactly("Dark Glass");
      assertThat(ann.status("DELETE", path)).isEqualTo(200);
      assertThat(ids(ann.get(PRESETS))).hasSize(3).doesNotContain(mine);
      for (String bad :
          List.of(
              "{\"name\": \"x\"}",
              "{\"name\": \"\", \"config\": {}}",
              "{\"name\": \"x\", \"config\": {\"voice\": {\"type\": \"robot\"}}}",
              "{\"name\": \"x\", \"config\": {}, \"userId\": \"y\"}")) {
        assertThat(ann.status("POST", PRESETS, bad)).as(bad).isEqualTo(400);
      }
    }
  }

  private static List<String> defaults(Theatre.Person person) throws Exception {
    return person
        .get(PRESETS)
        .valueStream()
        .filter(preset -> preset.get("isDefault").asBoolean())
        .map(preset -> preset.get("name").asString())
        .toList();
  }

  private static String named(Theatre.Person person, String name) throws Exception {
    return person
        .get(PRESETS)
        .valueStream()
        .filter(preset -> preset.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow()
        .get("id")
        .asString();
  }
}
