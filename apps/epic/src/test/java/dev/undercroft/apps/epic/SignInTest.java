package dev.undercroft.apps.epic;

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

/** Signing in by a letter, and out, over HTTP. */
@DatabaseTest
class SignInTest {

  private static final String PROFILE = "/api/v1/user/profile";

  @TempDir Path folder;

  @EachServer
  @Tag("EP-010")
  @Tag("EP-036")
  void who_comes_for_the_first_time_gets_an_account_with_three_presets(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      assertThat(ann.get(PROFILE).get("email").asString()).isEqualTo("ann@example.com");
      assertThat(ann.get(PROFILE).get("role").asString()).isEqualTo("USER");
      assertThat(ann.get(PROFILE).at("/settings/timezone").asString()).isEqualTo("Asia/Taipei");
      assertThat(ann.get("/api/v1/presets").valueStream().map(one -> one.get("name").asString()))
          .containsExactly("Classic Clean", "Dark Glass", "Vivid Gradient");
      assertThat(Theatre.person(stage, " Ann ".strip()).id()).isEqualTo(ann.id());
    }
  }

  @EachServer
  @Tag("EP-012")
  void a_code_opens_once_and_for_its_address_alone(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.person(stage, "ann");
      String used = Theatre.code(stage);
      assertThat(Theatre.enter(stage, "ann@example.com", used).status()).isEqualTo(401);
      stage.nobody().ask("POST", "/api/auth/email", "{\"email\": \"ann@example.com\"}");
      String old = Theatre.code(stage);
      assertThat(Theatre.enter(stage, "bob@example.com", old).status()).isEqualTo(401);
      stage.nobody().ask("POST", "/api/auth/email", "{\"email\": \"ANN@example.com\"}");
      assertThat(Theatre.enter(stage, "ann@example.com", old).status()).isEqualTo(401);
      String last = Theatre.code(stage);
      database.execute("update verification_tokens set expires = now()");
      assertThat(Theatre.enter(stage, "ann@example.com", last).status()).isEqualTo(401);
      assertThat(database.value("select count(*) from users where email like 'bob%'"))
          .isEqualTo("0");
    }
  }

  @EachServer
  @Tag("EP-012")
  @Tag("EP-052")
  void a_session_ends_by_signing_out_by_its_time_and_with_the_account(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      Theatre.Person again = Theatre.person(stage, "ann");
      assertThat(ann.status("DELETE", "/api/auth/session")).isEqualTo(200);
      assertThat(ann.status("GET", PROFILE)).isEqualTo(401);
      assertThat(again.status("GET", PROFILE)).isEqualTo(200);
      database.execute("update sessions set expires = now() where user_id = '" + ann.id() + "'");
      assertThat(again.status("GET", PROFILE)).isEqualTo(401);
      Theatre.Person third = Theatre.person(stage, "ann");
      database.execute("update users set deleted_at = now() where id = '" + ann.id() + "'");
      assertThat(third.status("GET", PROFILE)).isEqualTo(401);
      assertThat(Theatre.enter(stage, "ann@example.com").status()).isEqualTo(401);
    }
  }

  @Test
  @Tag("EP-012")
  void neither_codes_nor_sessions_are_kept_readably(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      stage.nobody().ask("POST", "/api/auth/email", "{\"email\": \"ann@example.com\"}");
      String code = Theatre.code(stage);
      assertThat(database.value("select token from verification_tokens")).isNotEqualTo(code);
      String token = Theatre.enter(stage, "ann@example.com", code).json().get("token").asString();
      assertThat(database.column("select session_token from sessions"))
          .hasSize(1)
          .doesNotContain(token);
      assertThat(database.value("select coalesce(string_agg(a::text, ''), '') from audit_log a"))
          .doesNotContain(token)
          .doesNotContain(code);
    }
  }

  @Test
  void what_is_no_address_and_too_many_letters_are_refused(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String path = "/api/auth/email";
      for (String bad :
          List.of("", "ann", "a b@x.org", "a@x.org\\r\\nBcc: b@x.org", "a\\u0000@x.org")) {
        int status = stage.nobody().ask("POST", path, "{\"email\": \"" + bad + "\"}").status();
        assertThat(status).as(bad).isEqualTo(400);
      }
      assertThat(stage.letters()).isEmpty();
      String good = "{\"email\": \"%s\"}";
      for (String form : List.of("a@x.org", "A@x.org", " a@x.org", "a@X.org", "a@x.org ")) {
        assertThat(stage.nobody().ask("POST", path, good.formatted(form)).status()).isEqualTo(200);
      }
      assertThat(stage.nobody().ask("POST", path, good.formatted("a@X.ORG")).status())
          .isEqualTo(429);
      assertThat(stage.nobody().ask("POST", path, good.formatted("b@x.org")).status())
          .isEqualTo(200);
    }
  }
}
