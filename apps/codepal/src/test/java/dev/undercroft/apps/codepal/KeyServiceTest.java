package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys for programs over HTTP. */
@DatabaseTest
class KeyServiceTest {

  private static final String KEYS = "/code/keys";

  @TempDir Path folder;

  private static JsonNode make(Stage stage, String person) throws Exception {
    Stage.Answer answer = Theatre.as(stage, person).ask("POST", KEYS);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  @Test
  @Tag("CP-011")
  @Tag("CP-132")
  void a_key_is_shown_once_and_is_nowhere_in_the_database(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode made = make(stage, "owner");
      String key = made.get("key").asString();
      assertThat(key).startsWith(made.get("prefix").asString()).hasSizeGreaterThan(60);
      Stage.Answer list = Theatre.as(stage, "owner").ask("GET", KEYS);
      assertThat(list.body()).contains(made.get("prefix").asString()).doesNotContain(key);
      for (String table : List.of("api_keys", "audit_log")) {
        assertThat(
                database.value(
                    "select count(*) from %s t where strpos(t::text, '%s') > 0"
                        .formatted(table, key)))
            .isEqualTo("0");
      }
      assertThat(database.value("select count(*) from api_keys where user_id = 'owner'"))
          .isEqualTo("1");
    }
  }

  @Test
  @Tag("CP-011")
  void a_key_works_on_its_owners_projects_and_on_nothing_else(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice program = stage.bearer(make(stage, "developer").get("key").asString());
      String file = "/code/projects/p/file?path=a.txt";
      assertThat(program.ask("PUT", file, "{\"content\": \"x\"}").status()).isEqualTo(201);
      assertThat(program.ask("DELETE", file).status()).isEqualTo(403);
      assertThat(program.ask("DELETE", "/code/projects/p").status()).isEqualTo(403);
      for (String path :
          List.of("/code/me", "/code/sessions", KEYS, "/code/users", "/code/audit")) {
        assertThat(program.ask("GET", path).status()).as(path).isEqualTo(401);
      }
      for (String path : List.of(KEYS, "/code/address", "/code/upkeep")) {
        assertThat(program.ask("POST", path).status()).as(path).isEqualTo(401);
      }
      assertThat(
              program
                  .ask("POST", "/code/me/erase", "{\"password\": \"" + Theatre.PASSWORD + "\"}")
                  .status())
          .isEqualTo(401);
      assertThat(
              database.value(
                  "select last_used_at is not null from api_keys where user_id = 'developer'"))
          .isEqualTo("t");
    }
  }

  @Test
  void an_administrators_key_is_no_administrator(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      assertThat(Theatre.as(stage, "boss").ask("GET", "/code/projects/p").status()).isEqualTo(200);
      Stage.Voice program = stage.bearer(make(stage, "boss").get("key").asString());
      assertThat(program.ask("GET", "/code/projects/p").status()).isEqualTo(404);
    }
  }

  @Test
  @Tag("CP-011")
  void a_revoked_key_is_refused_at_once(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode made = make(stage, "owner");
      Stage.Voice program = stage.bearer(made.get("key").asString());
      String at = KEYS + "/" + made.get("id").asString();
      assertThat(program.ask("GET", "/code/projects").status()).isEqualTo(200);
      assertThat(Theatre.as(stage, "stranger").ask("DELETE", at).status()).isEqualTo(404);
      assertThat(Theatre.as(stage, "boss").ask("DELETE", at).status()).isEqualTo(404);
      assertThat(program.ask("GET", "/code/projects").status()).isEqualTo(200);
      for (int i = 0; i < 2; i++) {
        assertThat(Theatre.as(stage, "owner").ask("DELETE", at).status()).isEqualTo(200);
        assertThat(program.ask("GET", "/code/projects").status()).isEqualTo(401);
      }
      JsonNode listed = Theatre.as(stage, "owner").ask("GET", KEYS).json().at("/keys/0");
      assertThat(listed.get("revokedAt").asString()).isNotEmpty();
    }
  }

  @Test
  void a_key_that_was_changed_or_made_up_opens_nothing(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String key = make(stage, "owner").get("key").asString();
      String hash = database.value("select key from api_keys where user_id = 'owner'");
      String last = key.endsWith("a") ? "b" : "a";
      for (String forged :
          List.of(
              key.substring(0, key.length() - 1) + last,
              key.replace("_live_", "_test_"),
              key + "x",
              hash,
              "codepal_live_" + "0".repeat(8) + "_" + "0".repeat(49))) {
        assertThat(stage.bearer(forged).ask("GET", "/code/projects").status())
            .as(forged)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void a_person_has_so_many_keys_at_most(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String last = "";
      for (int i = 0; i < ApiKeyRing.MOST; i++) {
        last = make(stage, "owner").get("id").asString();
      }
      Stage.Answer refused = Theatre.as(stage, "owner").ask("POST", KEYS);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("CODEPAL_QUOTA");
      make(stage, "developer");
      Theatre.as(stage, "owner").ask("DELETE", KEYS + "/" + last);
      make(stage, "owner");
    }
  }
}
