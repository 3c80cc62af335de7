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

/** Proved addresses and forgotten passwords over HTTP. */
@DatabaseTest
class ProofServiceTest {

  private static final String ANN = "ann@example.com";
  private static final String EVE = "eve@example.com";
  private static final String NEW = "another-horse-8";
  private static final String PROVED =
      "select email_verified is not null from users where email = '%s'";

  @TempDir Path folder;

  /** The code in the last letter, which is the only line of its length. */
  private static String code(Stage stage) {
    return stage
        .letters()
        .getLast()
        .text()
        .lines()
        .filter(line -> line.matches("[A-Za-z0-9_-]{43}"))
        .findFirst()
        .orElseThrow();
  }

  private static Stage.Answer reset(Stage stage, String email, String code) throws Exception {
    return stage
        .nobody()
        .ask(
            "POST",
            "/code/password/reset",
            "{\"email\": \"%s\", \"token\": \"%s\", \"password\": \"%s\"}"
                .formatted(email, code, NEW));
  }

  private static Stage.Answer forgotten(Stage stage, String email) throws Exception {
    return stage
        .nobody()
        .ask("POST", "/code/password/forgotten", "{\"email\": \"%s\"}".formatted(email));
  }

  private static Stage.Answer prove(Stage stage, String token, String code) throws Exception {
    return stage
        .bearer(token)
        .ask("POST", "/code/address/proof", "{\"token\": \"%s\"}".formatted(code));
  }

  @Test
  @Tag("CP-015")
  void an_address_is_proved_once_by_the_code_of_its_letter(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.token(stage, ANN);
      String eve = Theatre.token(stage, EVE);
      assertThat(stage.bearer(ann).ask("POST", "/code/address").status()).isEqualTo(202);
      assertThat(stage.letters().getLast().to()).isEqualTo(ANN);
      String code = code(stage);
      assertThat(
              database.value(
                  "select count(*) from verification_tokens t where strpos(t::text, '%s') > 0"
                      .formatted(code)))
          .isEqualTo("0");
      assertThat(prove(stage, eve, code).status()).isEqualTo(400);
      assertThat(prove(stage, ann, "x".repeat(43)).status()).isEqualTo(400);
      assertThat(prove(stage, ann, "").status()).isEqualTo(400);
      assertThat(reset(stage, ANN, code).status()).isEqualTo(400);
      assertThat(database.value(PROVED.formatted(ANN))).isEqualTo("f");
      assertThat(prove(stage, ann, code).status()).isEqualTo(200);
      assertThat(database.value(PROVED.formatted(ANN))).isEqualTo("t");
      assertThat(prove(stage, ann, code).status()).isEqualTo(400);
    }
  }

  @Test
  @Tag("CP-015")
  void a_code_that_has_ended_proves_nothing(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.token(stage, ANN);
      stage.bearer(ann).ask("POST", "/code/address");
      database.execute("update verification_tokens set expires = now()");
      assertThat(prove(stage, ann, code(stage)).status()).isEqualTo(400);
      assertThat(database.value(PROVED.formatted(ANN))).isEqualTo("f");
    }
  }

  @Test
  void another_address_is_not_proved_yet_and_old_codes_do_not_count(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.token(stage, ANN);
      stage.bearer(ann).ask("POST", "/code/address");
      prove(stage, ann, code(stage));
      stage.bearer(ann).ask("POST", "/code/address");
      String old = code(stage);
      String wanted = "{\"email\": \"%s\", \"password\": \"%s\"}";
      assertThat(
              stage
                  .bearer(ann)
                  .ask("POST", "/code/me/email", wanted.formatted("new@example.com", NEW))
                  .status())
          .isEqualTo(401);
      assertThat(
              stage
                  .bearer(ann)
                  .ask(
                      "POST",
                      "/code/me/email",
                      wanted.formatted("owner@people.example", Theatre.PASSWORD))
                  .status())
          .isEqualTo(409);
      Stage.Answer changed =
          stage
              .bearer(ann)
              .ask("POST", "/code/me/email", wanted.formatted("New@example.com", Theatre.PASSWORD));
      assertThat(changed.status()).as(changed.body()).isEqualTo(200);
      assertThat(changed.json().get("email").asString()).isEqualTo("new@example.com");
      assertThat(database.value(PROVED.formatted("new@example.com"))).isEqualTo("f");
      assertThat(prove(stage, ann, old).status()).isEqualTo(400);
    }
  }

  @Test
  @Tag("CP-015")
  void a_forgotten_password_is_replaced_once_and_ends_sessions_and_keys(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.token(stage, ANN);
      String key = stage.bearer(ann).ask("POST", "/code/keys").json().get("key").asString();
      assertThat(stage.bearer(key).ask("GET", "/code/projects").status()).isEqualTo(200);
      assertThat(forgotten(stage, " ANN@example.com").status()).isEqualTo(202);
      String code = code(stage);
      assertThat(reset(stage, "owner@people.example", code).status()).isEqualTo(400);
      assertThat(reset(stage, ANN, code).status()).isEqualTo(200);
      assertThat(reset(stage, ANN, code).status()).isEqualTo(400);
      assertThat(stage.bearer(ann).ask("GET", "/code/me").status()).isEqualTo(401);
      assertThat(stage.bearer(key).ask("GET", "/code/projects").status()).isEqualTo(401);
      assertThat(Theatre.login(stage, ANN, Theatre.PASSWORD).status()).isEqualTo(401);
      assertThat(Theatre.login(stage, ANN, NEW).status()).isEqualTo(200);
    }
  }

  @Test
  void nobody_learns_from_a_forgotten_password_who_has_an_account(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode known = forgotten(stage, "owner@people.example").json();
      JsonNode unknown = forgotten(stage, EVE).json();
      assertThat(unknown).isEqualTo(known);
      assertThat(stage.letters()).hasSize(1);
    }
  }

  @Test
  void letters_to_one_address_are_few_and_spellings_count_together(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      List<Integer> statuses = new ArrayList<>();
      for (String spelling :
          List.of("owner", "Owner", " owner", "OWNER", "oWner", "owneR", "OwNeR")) {
        statuses.add(forgotten(stage, spelling + "@people.example").status());
      }
      assertThat(statuses).containsExactly(202, 202, 202, 202, 202, 429, 429);
      assertThat(stage.letters()).hasSize(5);
    }
  }

  @Test
  @Tag("CP-120")
  void of_one_code_shown_at_once_one_counts(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      forgotten(stage, "owner@people.example");
      String code = code(stage);
      Callable<Integer> use = () -> reset(stage, "owner@people.example", code).status();
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : threads.invokeAll(List.of(use, use, use))) {
        statuses.add(one.get());
      }
      assertThat(statuses).containsOnlyOnce(200);
    }
  }

  @Test
  @Tag("CP-120")
  void a_password_that_cannot_be_kept_leaves_code_and_sessions_as_they_are(
      PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.token(stage, ANN);
      forgotten(stage, ANN);
      database.execute(
          "create function fail() returns trigger language plpgsql as $$ begin"
              + " raise exception 'no'; end $$",
          "create trigger fail before delete on sessions execute function fail()");
      assertThat(reset(stage, ANN, code(stage)).status()).isGreaterThanOrEqualTo(400);
      database.execute("drop trigger fail on sessions");
      assertThat(stage.bearer(ann).ask("GET", "/code/me").status()).isEqualTo(200);
      assertThat(Theatre.login(stage, ANN, Theatre.PASSWORD).status()).isEqualTo(200);
      assertThat(reset(stage, ANN, code(stage)).status()).isEqualTo(200);
    }
  }
}
