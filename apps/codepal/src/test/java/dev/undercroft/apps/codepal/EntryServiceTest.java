package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
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

/** Registering, signing in, renewing and signing out over HTTP. */
@DatabaseTest
class EntryServiceTest {

  private static final String ANN = "ann@example.com";
  private static final String ME = "/code/me";

  @TempDir Path folder;

  private static String shown(JsonNode session) {
    return "{\"refreshToken\": \"%s\"}".formatted(session.get("refreshToken").asString());
  }

  private static int knows(Stage stage, JsonNode session) throws Exception {
    return stage.bearer(session.get("accessToken").asString()).ask("GET", ME).status();
  }

  private static List<String> pointers(Stage.Answer answer) {
    return answer
        .json()
        .get("errors")
        .valueStream()
        .map(error -> error.path("pointer").asString(""))
        .toList();
  }

  @Test
  @Tag("CP-008")
  void registering_makes_an_ordinary_account_with_a_bcrypt_hash(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Answer answer =
          stage.nobody().ask("POST", "/code/register", Theatre.account(" Ann@Example.COM "));
      assertThat(answer.status()).as(answer.body()).isEqualTo(201);
      assertThat(answer.json().get("email").asString()).isEqualTo(ANN);
      assertThat(answer.body()).doesNotContain(Theatre.PASSWORD).doesNotContain("$2");
      assertThat(
              database.value(
                  "select role || ' ' || (email_verified is null) from users where email = 'ann@example.com'"))
          .isEqualTo("user true");
      assertThat(
              database.value("select hashed_password from users where email = 'ann@example.com'"))
          .matches("\\$2b\\$12\\$[./A-Za-z0-9]{53}");
    }
  }

  @Test
  void everything_wrong_with_an_account_is_said_at_once(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      stage.takeStatements();
      for (String bad : List.of("", "ann", "a b@x.org", "a@x", "<a@x.org>", "a\\u0000@x.org")) {
        Stage.Answer answer = stage.nobody().ask("POST", "/code/register", Theatre.account(bad));
        assertThat(answer.status()).as(bad).isEqualTo(400);
        assertThat(pointers(answer)).as(bad).containsExactly("/email");
      }
      Stage.Answer all =
          stage
              .nobody()
              .ask(
                  "POST",
                  "/code/register",
                  "{\"email\": \"a\", \"password\": \"short\", \"name\": \"two\\nlines\"}");
      assertThat(pointers(all)).containsExactlyInAnyOrder("/email", "/password", "/name");
      for (String smuggled :
          List.of(
              "\"role\": \"admin\"",
              "\"emailVerified\": \"2026-01-01T00:00:00Z\"",
              "\"id\": \"x\"")) {
        String body =
            "{\"email\": \"ann@example.com\", \"password\": \"correct-horse-7\", %s}"
                .formatted(smuggled);
        assertThat(stage.nobody().ask("POST", "/code/register", body).status()).isEqualTo(400);
      }
      assertThat(stage.takeStatements()).isEmpty();
    }
  }

  @Test
  @Tag("CP-008")
  void an_address_is_taken_once_in_any_case(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      Stage.Answer again =
          stage.nobody().ask("POST", "/code/register", Theatre.account("ANN@example.com"));
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.code()).isEqualTo("CODEPAL_EMAIL_TAKEN");
    }
  }

  @Test
  @Tag("CP-010")
  void a_session_lasts_as_promised_and_its_tokens_are_nowhere_in_the_database(
      PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      JsonNode session = Theatre.enter(stage, ANN).json();
      assertThat(session.get("expiresIn").asInt()).isEqualTo(900);
      assertThat(session.at("/user/email").asString()).isEqualTo(ANN);
      assertThat(knows(stage, session)).isEqualTo(200);
      assertThat(
              database.value(
                  "select round(extract(epoch from expires - now()) / 86400) from sessions where"
                      + " user_id = '%s'".formatted(session.at("/user/id").asString())))
          .isEqualTo("7");
      for (String token : List.of("accessToken", "refreshToken")) {
        String text = session.get(token).asString();
        for (String table : List.of("users", "sessions", "audit_log")) {
          assertThat(
                  database.value(
                      "select count(*) from %s t where strpos(t::text, '%s') > 0"
                          .formatted(table, text)))
              .isEqualTo("0");
        }
      }
    }
  }

  @Test
  void unknown_and_wrong_get_the_same_answer(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      JsonNode wrong = Theatre.login(stage, ANN, "wrong-horse-7").json();
      JsonNode unknown = Theatre.login(stage, "eve@example.com", "wrong-horse-7").json();
      JsonNode without = Theatre.login(stage, "owner@people.example", "wrong-horse-7").json();
      for (String field : List.of("type", "title", "status", "code", "remedy")) {
        assertThat(unknown.get(field)).as(field).isEqualTo(wrong.get(field));
        assertThat(without.get(field)).as(field).isEqualTo(wrong.get(field));
      }
      assertThat(wrong.get("status").asInt()).isEqualTo(401);
    }
  }

  @Test
  @Tag("CP-010")
  void a_refresh_token_counts_once_and_shown_again_ends_its_session(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      JsonNode first = Theatre.enter(stage, ANN).json();
      JsonNode other = Theatre.enter(stage, ANN).json();
      Stage.Answer renewed = stage.nobody().ask("POST", "/code/refresh", shown(first));
      assertThat(renewed.status()).as(renewed.body()).isEqualTo(200);
      assertThat(knows(stage, renewed.json())).isEqualTo(200);
      assertThat(stage.nobody().ask("POST", "/code/refresh", shown(first)).status()).isEqualTo(401);
      assertThat(knows(stage, renewed.json())).isEqualTo(401);
      assertThat(stage.nobody().ask("POST", "/code/refresh", shown(renewed.json())).status())
          .isEqualTo(401);
      assertThat(knows(stage, other)).isEqualTo(200);
    }
  }

  @Test
  void of_one_refresh_token_shown_at_once_two_sessions_never_come(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Theatre.register(stage, ANN);
      JsonNode first = Theatre.enter(stage, ANN).json();
      Callable<Integer> renew =
          () -> stage.nobody().ask("POST", "/code/refresh", shown(first)).status();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(List.of(renew, renew, renew, renew))) {
        statuses.add(one.get());
      }
      assertThat(statuses.stream().filter(status -> status == 200).count()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void neither_token_counts_in_the_place_of_the_other(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      JsonNode session = Theatre.enter(stage, ANN).json();
      assertThat(stage.bearer(session.get("refreshToken").asString()).ask("GET", ME).status())
          .isEqualTo(401);
      String access = "{\"refreshToken\": \"%s\"}".formatted(session.get("accessToken").asString());
      assertThat(stage.nobody().ask("POST", "/code/refresh", access).status()).isEqualTo(401);
      for (String forged : List.of("", "x", "eyJhbGciOiJub25lIn0.e30.", "a".repeat(5000))) {
        assertThat(stage.bearer(forged).ask("GET", ME).status()).as(forged).isEqualTo(401);
        assertThat(
                stage
                    .nobody()
                    .ask("POST", "/code/refresh", "{\"refreshToken\": \"%s\"}".formatted(forged))
                    .status())
            .isEqualTo(401);
      }
    }
  }

  @Test
  @Tag("CP-010")
  void signing_out_ends_that_session_at_once_and_can_be_repeated(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      JsonNode first = Theatre.enter(stage, ANN).json();
      JsonNode second = Theatre.enter(stage, ANN).json();
      for (int i = 0; i < 2; i++) {
        assertThat(stage.nobody().ask("POST", "/code/logout", shown(first)).status())
            .isEqualTo(200);
        assertThat(knows(stage, first)).isEqualTo(401);
      }
      assertThat(knows(stage, second)).isEqualTo(200);
    }
  }

  @Test
  @Tag("CP-010")
  void an_expired_session_opens_nothing(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.register(stage, ANN);
      JsonNode session = Theatre.enter(stage, ANN).json();
      database.execute("update sessions set expires = now() - interval '1 second'");
      assertThat(knows(stage, session)).isEqualTo(401);
      assertThat(stage.nobody().ask("POST", "/code/refresh", shown(session)).status())
          .isEqualTo(401);
    }
  }

  @Test
  void a_role_counts_as_it_is_now_and_not_as_it_was_at_sign_in(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String token = Theatre.token(stage, ANN);
      assertThat(stage.bearer(token).ask("GET", "/code/users").status()).isEqualTo(403);
      database.execute("update users set role = 'admin' where email = 'ann@example.com'");
      assertThat(stage.bearer(token).ask("GET", "/code/users").status()).isEqualTo(200);
      database.execute("delete from users where email = 'ann@example.com'");
      assertThat(stage.bearer(token).ask("GET", "/code/users").status()).isEqualTo(401);
    }
  }

  @Test
  void accounts_are_not_made_without_end(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      for (int i = 0; i < 30; i++) {
        assertThat(stage.nobody().ask("POST", "/code/register", Theatre.account("a")).status())
            .isEqualTo(400);
      }
      assertThat(stage.nobody().ask("POST", "/code/register", Theatre.account(ANN)).status())
          .isEqualTo(429);
    }
  }
}
