package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Profile, settings, keys, export and the end of an account, over HTTP. */
@DatabaseTest
class AccountTest {

  private static final String PROFILE = "/api/v1/user/profile";
  private static final String KEYS = "/api/v1/user/api-keys";
  private static final String KEY = "AIzaSyFamiliar-looking-key-1234";

  @TempDir Path folder;

  @EachServer
  @Tag("EP-010")
  void settings_are_merged_by_section(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      JsonNode changed =
          Theatre.data(
              ann.voice()
                  .ask(
                      "PATCH",
                      PROFILE,
                      """
                      {"name": " Ann ", "image": "https://x.example/a.png",
                       "settings": {"timezone": "Europe/Berlin", "privacy": {"analytics": false}}}
                      """),
              200);
      assertThat(changed.get("name").asString()).isEqualTo("Ann");
      assertThat(changed.at("/settings/timezone").asString()).isEqualTo("Europe/Berlin");
      assertThat(changed.at("/settings/privacy/analytics").asBoolean()).isFalse();
      assertThat(changed.at("/settings/privacy/error_reporting").asBoolean()).isTrue();
      assertThat(changed.at("/settings/language").asString()).isEqualTo("zh-TW");
      assertThat(changed.at("/limits/projects").asInt()).isEqualTo(3);
      for (String bad :
          List.of(
              "{\"role\": \"ADMIN\"}",
              "{\"email\": \"x@example.com\"}",
              "{\"id\": \"x\"}",
              "{\"apiKeys\": {}}",
              "{\"name\": \"\"}",
              "{\"image\": \"javascript:alert(1)\"}",
              "{\"settings\": {\"timezone\": \"Mars\"}}",
              "{\"settings\": {\"theme\": 1}}",
              "{\"settings\": {\"privacy\": {\"analytics\": \"no\"}}}",
              "{\"settings\": {\"more\": \"" + "x".repeat(70_000) + "\"}}")) {
        assertThat(ann.status("PATCH", PROFILE, bad)).as(bad).isEqualTo(400);
      }
      assertThat(ann.get(PROFILE)).isEqualTo(changed);
    }
  }

  @EachServer
  void changes_at_once_lose_nothing(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        var threads = Executors.newFixedThreadPool(6)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      List<Callable<Integer>> changes = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String change = "{\"settings\": {\"key%d\": %d}}".formatted(i, i);
        changes.add(() -> ann.status("PATCH", PROFILE, change));
      }
      for (Future<Integer> one : threads.invokeAll(changes)) {
        assertThat(one.get()).isEqualTo(200);
      }
      JsonNode settings = ann.get(PROFILE).get("settings");
      for (int i = 0; i < 12; i++) {
        assertThat(settings.get("key" + i).asInt()).isEqualTo(i);
      }
    }
  }

  @EachServer
  @Tag("EP-010")
  @Tag("EP-056")
  void own_keys_are_for_premium_sealed_and_never_shown(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String body = "{\"key\": \"" + KEY + "\"}";
      assertThat(ann.status("GET", KEYS)).isEqualTo(403);
      assertThat(ann.status("PUT", KEYS + "/gemini", body)).isEqualTo(403);
      assertThat(ann.status("PUT", "/api/v1/user/gemini-key", body)).isEqualTo(403);
      Theatre.promote(database, ann, "PREMIUM");
      Stage.Answer kept = ann.voice().ask("PUT", KEYS + "/openai", body);
      assertThat(Theatre.data(kept, 200).get("openai").asString()).endsWith("1234").hasSize(8);
      ann.voice().ask("PUT", "/api/v1/user/gemini-key", body);
      assertThat(ann.get(KEYS).propertyNames()).containsExactlyInAnyOrder("gemini", "openai");
      for (String path : List.of(KEYS, PROFILE, "/api/v1/user/data-export")) {
        assertThat(ann.voice().ask("GET", path).body()).doesNotContain(KEY);
      }
      for (String table : List.of("users", "audit_log")) {
        assertThat(database.value("select string_agg(%1$s::text, ' ') from %1$s".formatted(table)))
            .doesNotContain(KEY);
      }
      ann.voice().ask("DELETE", KEYS + "/openai");
      assertThat(ann.get(KEYS).propertyNames()).containsExactly("gemini");
      for (String bad : List.of("", "short", KEY + " ", "x".repeat(513))) {
        String json = "{\"key\": \"" + bad + "\"}";
        assertThat(ann.status("PUT", KEYS + "/gemini", json)).as(bad).isEqualTo(400);
      }
      assertThat(ann.status("PUT", KEYS + "/other", body)).isEqualTo(400);
    }
  }

  @Test
  @Tag("EP-003")
  void a_sealed_key_of_another_opens_nothing(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      Theatre.Person bob = Theatre.person(stage, "bob");
      Theatre.promote(database, ann, "PREMIUM");
      Theatre.promote(database, bob, "PREMIUM");
      ann.voice().ask("PUT", KEYS + "/gemini", "{\"key\": \"" + KEY + "\"}");
      database.execute(
          "update users set api_keys = (select api_keys from users where id = '%s') where id = '%s'"
              .formatted(ann.id(), bob.id()));
      Stage.Answer moved = bob.voice().ask("GET", KEYS);
      assertThat(moved.status()).isNotEqualTo(200);
      assertThat(moved.body()).doesNotContain("1234");
    }
  }

  @EachServer
  @Tag("EP-065")
  void an_export_has_everything_in_as_many_statements_however_much_there_is(
      PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      ann.job("Sea");
      ann.image("a.png");
      stage.takeStatements();
      JsonNode one = ann.get("/api/v1/user/data-export");
      int few = stage.takeStatements().size();
      assertThat(one.at("/projects/0/jobs")).hasSize(1);
      assertThat(one.get("presets")).hasSize(3);
      database.execute(
          ("insert into projects (id, user_id, title, config)"
                  + " select 'p' || n, '%1$s', 't', '{}' from generate_series(1, 90) n;"
                  + " insert into scenes (project_id, scene_index, text)"
                  + " select 'p' || n, i, 'text' from generate_series(1, 90) n,"
                  + " generate_series(0, 4) i;"
                  + " insert into assets (user_id, type, uri)"
                  + " select '%1$s', 'TEXT', 'x' from generate_series(1, 250)")
              .formatted(ann.id()));
      stage.takeStatements();
      JsonNode all = ann.get("/api/v1/user/data-export");
      assertThat(stage.takeStatements()).hasSizeLessThanOrEqualTo(few + 2);
      assertThat(all.get("projects")).hasSize(91);
      assertThat(all.at("/projects/5/scenes")).hasSize(5);
      assertThat(all.get("assets")).hasSize(251);
    }
  }

  @EachServer
  @Tag("EP-018")
  void an_account_goes_with_everything_that_belongs_to_it(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      Theatre.Person bob = Theatre.person(stage, "bob");
      ann.job("Sea");
      ann.image("a.png");
      bob.project("Zoo");
      assertThat(ann.status("DELETE", "/api/v1/user/delete-account")).isEqualTo(200);
      assertThat(ann.status("GET", PROFILE)).isEqualTo(401);
      for (String table : List.of("projects", "assets", "presets", "sessions", "accounts")) {
        assertThat(
                database.value(
                    "select count(*) from %s where user_id = '%s'".formatted(table, ann.id())))
            .as(table)
            .isEqualTo("0");
      }
      assertThat(database.value("select count(*) from users where id = '" + ann.id() + "'"))
          .isEqualTo("0");
      assertThat(bob.get(Theatre.PROJECTS)).hasSize(1);
    }
  }
}
