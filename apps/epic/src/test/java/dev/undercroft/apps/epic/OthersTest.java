package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.Theatre.PROJECTS;
import static dev.undercroft.apps.epic.Theatre.data;
import static dev.undercroft.apps.epic.Theatre.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What belongs to somebody else is as unknown as what is not there, on every path. */
@DatabaseTest
class OthersTest {

  private static final String HERS = "demo-project";

  /** Requests about the demo user's rows, by their bodies; empty text for none. */
  private static final Map<String, String> TRIES = tries();

  @TempDir Path folder;

  private static Map<String, String> tries() {
    Map<String, String> tries = new LinkedHashMap<>();
    String project = PROJECTS + "/" + HERS;
    tries.put("GET " + project, "");
    tries.put("PATCH " + project, "{\"title\": \"taken\"}");
    tries.put("DELETE " + project, "");
    tries.put("GET " + project + "/estimate", "");
    tries.put("POST " + project + "/jobs", "");
    tries.put("PUT " + project + "/scenes", Theatre.scenes(Theatre.TEXT));
    tries.put(
        "PATCH " + project + "/scenes/edit", "{\"sceneId\": \"demo-scene-1\", \"prompt\": \"x\"}");
    tries.put(
        "PUT " + project + "/prompts",
        "{\"prompts\": [{\"sceneId\": \"demo-scene-1\", \"prompt\": \"x\"}]}");
    tries.put("GET /api/v1/jobs/demo-job", "");
    tries.put("POST /api/v1/jobs/demo-job/cancel", "");
    tries.put("POST /api/v1/jobs/demo-job/retry", "");
    tries.put("GET /api/v1/assets/demo-asset-1", "");
    tries.put("DELETE /api/v1/assets/demo-asset-1", "");
    tries.put("PATCH /api/v1/presets/demo-preset-dark-glass", "{\"name\": \"taken\"}");
    tries.put("DELETE /api/v1/presets/demo-preset-dark-glass", "");
    return tries;
  }

  private static String state(PostgresDatabase database) throws Exception {
    return database.value(
        """
        select jsonb_build_array(
          (select jsonb_agg(p order by id) from projects p where user_id = 'demo-user-id'),
          (select jsonb_agg(s order by id) from scenes s where project_id = 'demo-project'),
          (select jsonb_agg(j order by id) from jobs j where project_id = 'demo-project'),
          (select jsonb_agg(a order by id) from assets a where user_id = 'demo-user-id'),
          (select jsonb_agg(p order by id) from presets p where user_id = 'demo-user-id'),
          (select jsonb_agg(u order by id) from users u where id = 'demo-user-id'))::text
        """);
  }

  @EachServer
  @Tag("EP-003")
  @Tag("EP-049")
  @Tag("EP-055")
  void rows_of_another_are_unknown_on_every_path_and_stay_as_they_are(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String before = state(database);
      for (var one : TRIES.entrySet()) {
        String[] line = one.getKey().split(" ", 2);
        Stage.Answer answer =
            ann.voice().ask(line[0], line[1], one.getValue().isEmpty() ? null : one.getValue());
        assertThat(answer.status()).as(one.getKey() + answer.body()).isEqualTo(404);
        String unknown = line[1].replace("demo-", "none-");
        String body = one.getValue().replace("demo-", "none-");
        Stage.Answer none = ann.voice().ask(line[0], unknown, body.isEmpty() ? null : body);
        assertThat(none.code()).as(one.getKey()).isEqualTo(answer.code());
      }
      assertThat(state(database)).isEqualTo(before);
      for (String list : new String[] {PROJECTS, "/api/v1/jobs", "/api/v1/assets"}) {
        assertThat(ann.get(list)).as(list).isEmpty();
      }
      assertThat(ids(ann.get("/api/v1/presets"))).noneMatch(id -> id.startsWith("demo"));
      assertThat(ann.get("/api/v1/user/data-export").toString()).doesNotContain("demo");
    }
  }

  @EachServer
  @Tag("EP-003")
  void a_scene_shows_no_picture_of_another(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String path = PROJECTS + "/" + ann.project("Sea");
      String theirs =
          "{\"scenes\": [{\"text\": \"%s\", \"imageAssetId\": \"demo-asset-1\"}]}"
              .formatted(Theatre.TEXT);
      assertThat(ann.status("PUT", path + "/scenes", theirs)).isEqualTo(400);
      JsonNode own =
          data(ann.voice().ask("PUT", path + "/scenes", Theatre.scenes(Theatre.TEXT)), 200);
      String edit =
          "{\"sceneId\": \"%s\", \"imageAssetId\": \"demo-asset-1\"}"
              .formatted(own.at("/0/id").asString());
      assertThat(ann.status("PATCH", path + "/scenes/edit", edit)).isEqualTo(400);
      assertThat(ann.get(path).at("/scenes/0/imageAssetId").isMissingNode()).isTrue();
    }
  }

  @Test
  @Tag("EP-003")
  @Tag("EP-049")
  void an_administrator_reads_others_only_on_the_paths_for_administrators(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      Theatre.promote(database, ann, "ADMIN");
      assertThat(ann.status("GET", PROJECTS + "/" + HERS)).isEqualTo(404);
      assertThat(ann.get(PROJECTS)).isEmpty();
      assertThat(ids(ann.get("/api/v1/admin/projects"))).contains(HERS);
    }
  }

  @EachServer
  @Tag("EP-052")
  void without_a_login_every_path_but_health_and_signing_in_is_closed(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      for (Stage.Voice voice : new Stage.Voice[] {stage.nobody(), stage.bearer("x".repeat(43))}) {
        int asked = 0;
        for (JsonNode one : stage.nobody().ask("GET", "/api/openapi.json").json().get("paths")) {
          asked += one.size();
        }
        assertThat(asked).isPositive();
        for (String key : TRIES.keySet()) {
          String[] line = key.split(" ", 2);
          assertThat(voice.ask(line[0], line[1], "{}").status()).as(key).isEqualTo(401);
        }
        for (String path :
            new String[] {
              PROJECTS,
              "/api/v1/jobs",
              "/api/v1/assets",
              "/api/v1/presets",
              "/api/v1/user/profile",
              "/api/v1/user/api-keys",
              "/api/v1/user/data-export",
              "/api/v1/admin/users",
              "/api/v1/admin/users/demo-user-id",
              "/api/v1/admin/projects",
              "/api/metrics",
              "/api/maintenance/schema",
              "/api/maintenance/benchmark"
            }) {
          assertThat(voice.ask("GET", path).status()).as(path).isEqualTo(401);
        }
      }
      assertThat(stage.nobody().ask("GET", "/api/health").status()).isEqualTo(200);
    }
  }

  @EachServer
  @Tag("EP-055")
  @Tag("EP-057")
  void the_paths_of_administrators_and_workers_are_closed_to_users(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      for (String role : new String[] {"USER", "PREMIUM"}) {
        Theatre.promote(database, ann, role);
        assertThat(ann.status("GET", "/api/v1/admin/users")).isEqualTo(403);
        assertThat(ann.status("GET", "/api/v1/admin/users/" + ann.id())).isEqualTo(403);
        assertThat(ann.status("GET", "/api/v1/admin/projects")).isEqualTo(403);
        assertThat(ann.status("GET", "/api/metrics")).isEqualTo(403);
        String self = "/api/v1/admin/users/" + ann.id();
        assertThat(ann.status("PATCH", self, "{\"role\": \"ADMIN\"}")).isEqualTo(403);
        assertThat(ann.status("POST", "/api/v1/admin/projects/x/restore")).isEqualTo(403);
        assertThat(ann.status("POST", "/api/v1/worker/jobs/claim")).isEqualTo(401);
        assertThat(ann.status("POST", "/api/maintenance")).isEqualTo(401);
      }
      String profile = "/api/v1/user/profile";
      assertThat(ann.status("PATCH", profile, "{\"role\": \"ADMIN\"}")).isEqualTo(400);
      assertThat(ann.get(profile).get("role").asString()).isEqualTo("PREMIUM");
    }
  }
}
