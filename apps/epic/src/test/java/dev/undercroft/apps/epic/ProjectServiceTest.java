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
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Projects and their scenes over HTTP. */
@DatabaseTest
class ProjectServiceTest {

  @TempDir Path folder;

  @EachServer
  @Tag("EP-013")
  @Tag("EP-020")
  void a_project_starts_with_the_usual_configuration_and_is_changed_in_part(
      PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      JsonNode made =
          ann.post(PROJECTS, "{\"title\": \" Sea \", \"config\": {\"voice\": {\"speed\": 1.1}}}");
      assertThat(made.get("title").asString()).isEqualTo("Sea");
      assertThat(made.get("status").asString()).isEqualTo("DRAFT");
      assertThat(made.at("/config/aspect_ratio").asString()).isEqualTo("9:16");
      assertThat(made.at("/config/voice/speed").asDouble()).isEqualTo(1.1);
      assertThat(made.at("/config/voice/language").asString()).isEqualTo("zh-TW");
      String path = PROJECTS + "/" + made.get("id").asString();
      JsonNode changed =
          data(
              ann.voice()
                  .ask(
                      "PATCH",
                      path,
                      "{\"config\": {\"template\": {\"name\": \"dark\"}}, \"status\": \"READY\"}"),
              200);
      assertThat(changed.get("status").asString()).isEqualTo("READY");
      assertThat(changed.at("/config/template/name").asString()).isEqualTo("dark");
      assertThat(changed.at("/config/template/transitions").asString()).isEqualTo("fade");
      assertThat(changed.at("/config/voice/speed").asDouble()).isEqualTo(1.1);
      assertThat(ann.get(path).get("project")).isEqualTo(changed);
    }
  }

  @EachServer
  void a_new_project_starts_from_the_default_preset(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      ann.post(
          "/api/v1/presets",
          """
          {"name": "Mine", "isDefault": true, "config": {"aspect_ratio": "1:1",
            "template": {"name": "vivid"}}}
          """);
      assertThat(
              ann.get("/api/v1/presets").valueStream().filter(p -> p.get("isDefault").asBoolean()))
          .hasSize(1);
      JsonNode made = ann.post(PROJECTS, "{\"title\": \"Sea\"}");
      assertThat(made.at("/config/aspect_ratio").asString()).isEqualTo("1:1");
      assertThat(made.at("/config/template/name").asString()).isEqualTo("vivid");
      assertThat(made.at("/config/template/bgm_volume").asInt()).isEqualTo(-18);
    }
  }

  @EachServer
  @Tag("EP-066")
  @Tag("EP-067")
  void lists_have_pages_a_search_a_status_and_an_order(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      database.execute(
          ("insert into projects (user_id, title, description, config, created_at)"
                  + " select '%s', 'Title ' || n, case n when 7 then '100%% Sea_Gull' end, '{}',"
                  + " now() - n * interval '2 days' from generate_series(10, 54) n")
              .formatted(ann.id()));
      JsonNode second = ann.voice().ask("GET", PROJECTS + "?page=2").json();
      assertThat(second.get("data")).hasSize(20);
      assertThat(second.get("page").asInt()).isEqualTo(2);
      assertThat(second.get("limit").asInt()).isEqualTo(20);
      assertThat(second.get("total").asInt()).isEqualTo(45);
      assertThat(second.get("totalPages").asInt()).isEqualTo(3);
      assertThat(second.get("hasNext").asBoolean()).isTrue();
      assertThat(second.get("hasPrev").asBoolean()).isTrue();
      JsonNode third = ann.voice().ask("GET", PROJECTS + "?page=3").json();
      assertThat(third.get("hasNext").asBoolean()).isFalse();
      assertThat(ids(third.get("data")))
          .hasSize(5)
          .doesNotContainAnyElementsOf(ids(second.get("data")));
      ann.post(PROJECTS, "{\"title\": \"Zoo\", \"description\": \"100% Sea_Gull\"}");
      assertThat(ann.get(PROJECTS + "?search=sea_gull")).hasSize(1);
      assertThat(ann.get(PROJECTS + "?search=0%25%20sea")).hasSize(1);
      assertThat(ann.get(PROJECTS + "?search=seaXgull")).isEmpty();
      assertThat(ann.get(PROJECTS + "?search=TITLE")).hasSize(20);
      assertThat(ann.get(PROJECTS + "?sort=title&limit=1").at("/0/title").asString())
          .isEqualTo("Title 10");
      assertThat(ann.get(PROJECTS + "?sort=created&limit=1").at("/0/title").asString())
          .isEqualTo("Zoo");
      assertThat(ann.get(PROJECTS + "?status=READY")).isEmpty();
      for (String bad :
          List.of("?page=0", "?limit=101", "?limit=x", "?sort=price", "?status=x", "?other=1")) {
        assertThat(ann.status("GET", PROJECTS + bad)).as(bad).isEqualTo(400);
      }
    }
  }

  @EachServer
  @Tag("EP-015")
  void scenes_are_replaced_edited_and_estimated(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String path = PROJECTS + "/" + ann.project("Sea");
      String text = "x".repeat(100);
      ann.voice().ask("PUT", path + "/scenes", Theatre.scenes(text, text, text));
      JsonNode scenes =
          data(ann.voice().ask("PUT", path + "/scenes", Theatre.scenes(text, Theatre.TEXT)), 200);
      assertThat(scenes.valueStream().map(one -> one.get("index").asInt())).containsExactly(0, 1);
      String second = scenes.at("/1/id").asString();
      String image = ann.image("assets/sea.png");
      String edit =
          "{\"sceneId\": \"%s\", \"prompt\": \"a sea\", \"imageAssetId\": \"%s\"}"
              .formatted(second, image);
      JsonNode edited = data(ann.voice().ask("PATCH", path + "/scenes/edit", edit), 200);
      assertThat(edited.get("text").asString()).isEqualTo(Theatre.TEXT);
      assertThat(edited.get("prompt").asString()).isEqualTo("a sea");
      assertThat(edited.get("imageAssetId").asString()).isEqualTo(image);
      String prompts =
          "{\"prompts\": [{\"sceneId\": \"%s\", \"prompt\": \"new\"}]}".formatted(second);
      assertThat(
              data(ann.voice().ask("PUT", path + "/prompts", prompts), 200)
                  .at("/1/prompt")
                  .asString())
          .isEqualTo("new");
      JsonNode whole = ann.get(path);
      assertThat(ids(whole.get("scenes"))).containsExactlyElementsOf(ids(scenes));
      JsonNode estimate = ann.get(path + "/estimate");
      assertThat(estimate.get("image_cost").asDouble()).isEqualTo(0.08);
      assertThat(estimate.get("tts_cost").asDouble()).isEqualTo(0.00264);
      assertThat(estimate.get("llm_cost").asDouble()).isEqualTo(0.000165);
      assertThat(estimate.get("render_cost").asDouble()).isEqualTo(0.33);
      assertThat(estimate.get("total_min").asDouble()).isEqualTo(0.330244);
      assertThat(estimate.get("total_max").asDouble()).isEqualTo(0.495366);
      assertThat(estimate.get("currency").asString()).isEqualTo("USD");
    }
  }

  @Test
  @Tag("EP-015")
  void prompts_are_set_all_or_none_and_for_the_project_of_the_path(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String sea = PROJECTS + "/" + ann.project("Sea");
      String zoo = PROJECTS + "/" + ann.project("Zoo");
      String one =
          data(ann.voice().ask("PUT", sea + "/scenes", Theatre.scenes(Theatre.TEXT)), 200)
              .at("/0/id")
              .asString();
      String other =
          data(ann.voice().ask("PUT", zoo + "/scenes", Theatre.scenes(Theatre.TEXT)), 200)
              .at("/0/id")
              .asString();
      String both =
          """
          {"prompts": [{"sceneId": "%s", "prompt": "p"}, {"sceneId": "%s", "prompt": "p"}]}
          """
              .formatted(one, other);
      assertThat(ann.status("PUT", sea + "/prompts", both)).isEqualTo(404);
      assertThat(ann.get(sea).at("/scenes/0/prompt").isMissingNode()).isTrue();
      String edit = "{\"sceneId\": \"%s\", \"prompt\": \"p\"}".formatted(other);
      assertThat(ann.status("PATCH", sea + "/scenes/edit", edit)).isEqualTo(404);
    }
  }

  @EachServer
  @Tag("EP-013")
  @Tag("EP-020")
  void bad_projects_are_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      for (String bad :
          List.of(
              "{}",
              "[]",
              "{\"title\": null}",
              "{\"title\": \"  \"}",
              "{\"title\": \"" + "x".repeat(201) + "\"}",
              "{\"title\": \"x\\u0000\"}",
              "{\"title\": \"x\", \"userId\": \"" + Theatre.DEMO + "\"}",
              "{\"title\": \"x\", \"status\": \"COMPLETED\"}",
              "{\"title\": \"x\", \"id\": \"mine\"}",
              "{\"title\": \"x\", \"config\": []}",
              "{\"title\": \"x\", \"config\": {\"aspect_ratio\": \"4:3\"}}",
              "{\"title\": \"x\", \"config\": {\"voice\": {\"speed\": 2}}}",
              "{\"title\": \"x\", \"config\": {\"voice\": null}}",
              "{\"title\": \"x\", \"config\": {\"safety\": {\"blocked_words\": [null]}}}",
              "{\"title\": \"x\", \"config\": {\"more\": \"\\u0000\"}}",
              "{\"title\": \"x\", \"config\": {\"more\": \"" + "x".repeat(70_000) + "\"}}")) {
        assertThat(ann.status("POST", PROJECTS, bad)).as(bad).isEqualTo(400);
      }
      assertThat(ann.get(PROJECTS)).isEmpty();
      assertThat(ann.status("GET", PROJECTS + "/a%00b")).isIn(400, 404);
      assertThat(ann.status("GET", PROJECTS + "?search=%00")).isEqualTo(400);
    }
  }

  @EachServer
  @Tag("EP-013")
  void a_project_keeps_to_its_path(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String path = PROJECTS + "/" + ann.project("Sea");
      assertThat(ann.status("POST", path + "/jobs")).isEqualTo(409);
      for (String status : List.of("PROCESSING", "COMPLETED", "FAILED")) {
        String change = "{\"status\": \"" + status + "\"}";
        assertThat(ann.status("PATCH", path, change)).as(status).isEqualTo(400);
      }
      database.execute(
          "update projects set status = 'READY'",
          "update projects set status = 'PROCESSING' where user_id = '" + ann.id() + "'");
      assertThat(ann.status("PATCH", path, "{\"status\": \"READY\"}")).isEqualTo(409);
    }
  }

  @EachServer
  @Tag("EP-019")
  void a_project_is_deleted_softly_and_not_while_a_job_waits(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String job = ann.job("Sea");
      String project = ann.get("/api/v1/jobs/" + job).get("projectId").asString();
      String path = PROJECTS + "/" + project;
      assertThat(ann.status("DELETE", path)).isEqualTo(409);
      assertThat(ann.status("POST", path + "/jobs")).isEqualTo(409);
      assertThat(ann.status("POST", "/api/v1/jobs/" + job + "/cancel")).isEqualTo(200);
      assertThat(ann.status("DELETE", path)).isEqualTo(200);
      assertThat(ann.status("GET", path)).isEqualTo(404);
      assertThat(ann.status("DELETE", path)).isEqualTo(404);
      assertThat(ann.status("GET", "/api/v1/jobs/" + job)).isEqualTo(404);
      assertThat(ann.get(PROJECTS)).isEmpty();
      assertThat(database.value("select count(*) from projects where id = '" + project + "'"))
          .isEqualTo("1");
    }
  }
}
