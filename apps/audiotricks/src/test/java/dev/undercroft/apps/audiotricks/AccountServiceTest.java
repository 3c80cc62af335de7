package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Registering, signing in and out, over HTTP. */
@DatabaseTest
class AccountServiceTest {

  private static final String REGISTER = "/api/auth/register";
  private static final String ME = "/api/auth/me";

  @TempDir Path folder;

  private static List<String> pointers(Stage.Answer answer) {
    return answer
        .json()
        .get("errors")
        .valueStream()
        .map(error -> error.path("pointer").asString(""))
        .toList();
  }

  @Test
  void registering_makes_an_account_with_settings_and_tells_no_secret(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Answer answer =
          stage
              .nobody()
              .ask("POST", REGISTER, Theatre.account(" Ann@Example.COM ", "ann", "Abcdefg1"));
      assertThat(answer.status()).isEqualTo(201);
      JsonNode user = answer.json().get("user");
      assertThat(user.get("email").asString()).isEqualTo("ann@example.com");
      assertThat(user.get("username").asString()).isEqualTo("ann");
      assertThat(user.get("createdAt").asString()).endsWith("Z");
      assertThat(answer.body()).doesNotContain("Abcdefg1").doesNotContain("$2");
      assertThat(
              database.value(
                  "select count(*) from user_settings where user_id = '"
                      + user.get("id").asString()
                      + "'"))
          .isEqualTo("1");
    }
  }

  @Test
  @Tag("AT-008")
  @Tag("AT-078")
  void a_password_is_kept_as_bcrypt_of_cost_12(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, "ann");
      assertThat(database.value("select password_hash from users where username = 'ann'"))
          .matches("\\$2b\\$12\\$[./A-Za-z0-9]{53}");
    }
  }

  @Test
  @Tag("AT-056")
  void a_bad_address_is_refused_before_any_statement(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      stage.takeStatements();
      for (String bad :
          List.of(
              "",
              "ann",
              "ann@",
              "@x.org",
              "a b@x.org",
              "a@x",
              "a@x..org",
              "<a@x.org>",
              "a@x.org, b@x.org",
              "a@-x.org",
              "a\\u0000@x.org",
              "x".repeat(250) + "@x.org")) {
        Stage.Answer answer =
            stage.nobody().ask("POST", REGISTER, Theatre.account(bad, "ann", "Abcdefg1"));
        assertThat(answer.status()).as(bad).isEqualTo(400);
        assertThat(pointers(answer)).as(bad).containsExactly("/email");
      }
      assertThat(stage.takeStatements()).isEmpty();
    }
  }

  @Test
  @Tag("AT-057")
  void a_name_of_other_characters_is_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      for (String bad : List.of("", "an", "a b", "ann@x", "änn", "ann.b", "x".repeat(31), "a'b")) {
        Stage.Answer answer =
            stage.nobody().ask("POST", REGISTER, Theatre.account("a@x.org", bad, "Abcdefg1"));
        assertThat(answer.status()).as(bad).isEqualTo(400);
        assertThat(pointers(answer)).as(bad).containsExactly("/username");
      }
    }
  }

  @Test
  @Tag("AT-058")
  void a_password_lacks_nothing_of_what_is_asked(PostgresDatabase database) throws Exception {
    Map<String, String> lacking =
        Map.of(
            "Abcdef1", "IDENTITY_PASSWORD_SHORT",
            "abcdefg1", "IDENTITY_PASSWORD_UPPER",
            "ABCDEFG1", "IDENTITY_PASSWORD_LOWER",
            "Abcdefgh", "IDENTITY_PASSWORD_DIGIT");
    try (Stage stage = Theatre.open(database, folder)) {
      for (var one : lacking.entrySet()) {
        Stage.Answer answer =
            stage.nobody().ask("POST", REGISTER, Theatre.account("a@x.org", "ann", one.getKey()));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(one.getValue());
        assertThat(pointers(answer)).containsExactly("/password");
        assertThat(answer.body()).doesNotContain(one.getKey());
      }
      Stage.Answer all = stage.nobody().ask("POST", REGISTER, Theatre.account("a", "b", "c"));
      assertThat(pointers(all)).hasSize(5).contains("/email", "/username", "/password");
    }
  }

  @Test
  @Tag("AT-006")
  @Tag("AT-007")
  void an_address_and_a_name_are_taken_once_in_any_case(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, "ann");
      Stage.Answer address =
          stage
              .nobody()
              .ask("POST", REGISTER, Theatre.account("ANN@example.com", "other", "Abcdefg1"));
      assertThat(address.status()).isEqualTo(409);
      assertThat(address.json().get("title").asString()).isEqualTo("Email already registered");
      Stage.Answer name =
          stage.nobody().ask("POST", REGISTER, Theatre.account("b@x.org", "ANN", "Abcdefg1"));
      assertThat(name.status()).isEqualTo(409);
      assertThat(name.json().get("title").asString()).isEqualTo("Username already taken");
    }
  }

  @Test
  @Tag("AT-011")
  void signing_in_opens_a_session_and_notes_the_time(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, "ann");
      String last = "select last_login_at is not null from users where username = 'ann'";
      assertThat(Theatre.login(stage, "ann@example.com", "Wrong-horse-7").status()).isEqualTo(401);
      assertThat(database.value(last)).isEqualTo("f");
      Stage.Answer answer = Theatre.login(stage, "Ann@Example.com", Theatre.PASSWORD);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(database.value(last)).isEqualTo("t");
      Stage.Answer me = stage.bearer(answer.json().get("token").asString()).ask("GET", ME);
      assertThat(me.json().at("/user/username").asString()).isEqualTo("ann");
      assertThat(me.json().at("/user/settings/preferredLanguage").asString()).isEqualTo("en");
      assertThat(me.body()).doesNotContain("password").doesNotContain("apiKey");
      assertThat(Theatre.login(stage, "ANN", Theatre.PASSWORD).status()).isEqualTo(200);
    }
  }

  @Test
  @Tag("AT-018")
  @Tag("AT-080")
  void the_token_is_nowhere_in_the_database_but_its_sha_256(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String token = Theatre.token(stage, "ann");
      String hash =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(token.getBytes(StandardCharsets.US_ASCII)));
      assertThat(database.value("select count(*) from sessions where token_hash = '" + hash + "'"))
          .isEqualTo("1");
      for (String table : List.of("users", "sessions", "user_settings", "audit_log")) {
        assertThat(
                database.value(
                    "select count(*) from " + table + " t where t::text like '%" + token + "%'"))
            .isEqualTo("0");
      }
    }
  }

  @Test
  @Tag("AT-015")
  void a_token_without_its_session_is_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String token = Theatre.token(stage, "ann");
      assertThat(stage.bearer(token).ask("GET", ME).status()).isEqualTo(200);
      database.execute("delete from sessions");
      assertThat(stage.bearer(token).ask("GET", ME).status()).isEqualTo(401);
      assertThat(stage.bearer(token + "x").ask("GET", ME).status()).isEqualTo(401);
      assertThat(stage.bearer("eyJhbGciOiJub25lIn0.e30.").ask("GET", ME).status()).isEqualTo(401);
    }
  }

  @Test
  @Tag("AT-019")
  void an_expired_session_is_refused_and_removed(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String token = Theatre.token(stage, "ann");
      String other = Theatre.token(stage, "bob");
      database.execute(
          "update sessions set created_at = timestamp '2020-01-01', expires_at = timestamp"
              + " '2020-01-02' where user_id = (select id from users where username = 'ann')");
      assertThat(stage.bearer(token).ask("GET", ME).status()).isEqualTo(401);
      assertThat(
              stage
                  .as(Scene.USER_A, "user")
                  .ask("POST", "/api/upkeep")
                  .json()
                  .get("expiredSessions")
                  .asInt())
          .isEqualTo(1);
      assertThat(stage.bearer(other).ask("GET", ME).status()).isEqualTo(200);
    }
  }

  @Test
  void signing_out_ends_that_session_at_once_and_can_be_repeated(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String first = Theatre.token(stage, "ann");
      String second =
          Theatre.login(stage, "ann@example.com", Theatre.PASSWORD).json().get("token").asString();
      for (int i = 0; i < 2; i++) {
        assertThat(stage.bearer(first).ask("POST", "/api/auth/logout").status()).isEqualTo(200);
        assertThat(stage.bearer(first).ask("GET", ME).status()).isEqualTo(401);
      }
      assertThat(stage.bearer(second).ask("GET", ME).status()).isEqualTo(200);
    }
  }

  @Test
  void unknown_and_wrong_get_the_same_answer(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, "ann");
      JsonNode wrong = Theatre.login(stage, "ann@example.com", "Wrong-horse-7").json();
      JsonNode unknown = Theatre.login(stage, "eve@example.com", "Wrong-horse-7").json();
      for (String field : List.of("type", "title", "status", "code", "remedy")) {
        assertThat(unknown.get(field)).as(field).isEqualTo(wrong.get(field));
      }
      assertThat(wrong.get("status").asInt()).isEqualTo(401);
    }
  }

  @Test
  @Tag("AT-012")
  void a_deactivated_account_is_told_so_to_its_owner_alone(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String token = Theatre.token(stage, "ann");
      assertThat(stage.bearer(token).ask("POST", "/api/account/deactivate").status())
          .isEqualTo(200);
      assertThat(stage.bearer(token).ask("GET", ME).status()).isEqualTo(401);
      assertThat(Theatre.login(stage, "ann@example.com", Theatre.PASSWORD).status()).isEqualTo(403);
      assertThat(Theatre.login(stage, "ann@example.com", "Wrong-horse-7").status()).isEqualTo(401);
      assertThat(database.value("select is_active from users where username = 'ann'"))
          .isEqualTo("f");
    }
  }

  @Test
  @Tag("AT-054")
  void erasing_needs_the_password_and_leaves_nothing(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String token = Theatre.token(stage, "ann");
      stage.bearer(token).ask("POST", "/api/history", "{\"title\": \"x\"}");
      String erase = "/api/account/erase";
      assertThat(
              stage.bearer(token).ask("POST", erase, "{\"password\": \"Wrong-horse-7\"}").status())
          .isEqualTo(401);
      assertThat(
              stage
                  .bearer(token)
                  .ask("POST", erase, "{\"password\": \"" + Theatre.PASSWORD + "\"}")
                  .status())
          .isEqualTo(200);
      for (String table : List.of("sessions", "user_settings", "audio_history")) {
        assertThat(
                database.value(
                    "select count(*) from "
                        + table
                        + " where user_id <> (select id from users where username = 'demo')"))
            .as(table)
            .isEqualTo("0");
      }
      assertThat(stage.bearer(token).ask("GET", ME).status()).isEqualTo(401);
    }
  }

  @Test
  @Tag("AT-081")
  void every_operation_needs_to_know_its_caller(PostgresDatabase database) throws Exception {
    String id = "/api/history/" + Scene.ENTRY_A;
    List<String[]> operations =
        List.of(
            new String[] {"GET", ME},
            new String[] {"POST", "/api/account/deactivate"},
            new String[] {"POST", "/api/account/erase"},
            new String[] {"GET", "/api/settings"},
            new String[] {"PUT", "/api/settings"},
            new String[] {"PUT", "/api/settings/keys/openai"},
            new String[] {"DELETE", "/api/settings/keys/openai"},
            new String[] {"GET", "/api/history"},
            new String[] {"GET", "/api/history/search?q=x"},
            new String[] {"POST", "/api/history"},
            new String[] {"GET", id},
            new String[] {"DELETE", id});
    try (Stage stage = Theatre.open(database, folder)) {
      stage.takeStatements();
      for (String[] operation : operations) {
        assertThat(stage.nobody().ask(operation[0], operation[1]).status())
            .as(operation[1])
            .isEqualTo(401);
      }
      assertThat(stage.takeStatements()).isEmpty();
    }
  }

  @Test
  void an_address_that_asks_too_often_waits(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Answer answer = stage.nobody().ask("POST", "/api/auth/logout");
      assertThat(answer.headers().firstValue("X-RateLimit-Limit")).contains("100");
      assertThat(answer.headers().firstValue("X-RateLimit-Remaining")).contains("99");
      for (int i = 1; i < Pace.MOST; i++) {
        stage.nobody().ask("POST", "/api/auth/logout");
      }
      assertThat(stage.nobody().ask("POST", "/api/auth/logout").status()).isEqualTo(429);
    }
  }
}
