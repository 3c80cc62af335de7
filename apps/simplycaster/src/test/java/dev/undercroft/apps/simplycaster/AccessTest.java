package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Secret;
import dev.undercroft.identity.CipherKey;
import dev.undercroft.identity.HashGate;
import dev.undercroft.identity.PasswordAlgorithm;
import dev.undercroft.identity.Passwords;
import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in, lockout, invitations and resets over HTTP. */
@DatabaseTest
class AccessTest {

  private static final String PASSWORD = "Lantern-in-the-7th-vault";
  private static final String OTHER = "Another-0ne-in-the-cellar";
  private static final Pattern LINK = Pattern.compile("token=([\\w-]{43})(?:&id=([0-9a-f-]{36}))?");

  private final PostgresDatabase database;
  private final Stage stage;

  AccessTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Answer login(String email, String password) throws Exception {
    return ask(
        stage.nobody(),
        "POST /auth/login",
        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  /** The token of the newest letter, and the id beside it. */
  private Matcher link() {
    Matcher link = LINK.matcher(stage.letters().getLast().text());
    assertThat(link.find()).isTrue();
    return link;
  }

  private Answer invite(String email, String role) throws Exception {
    return admin(
        stage, "POST /invitations", "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role));
  }

  private Answer setUp(String token, String password) throws Exception {
    return ask(
        stage.nobody(),
        "POST /host-setup",
        "{\"token\": \"%s\", \"password\": \"%s\", \"passwordAgain\": \"%s\"}"
            .formatted(token, password, password));
  }

  private String newHost(String email) throws Exception {
    done(invite(email, "host"));
    return done(setUp(link().group(1), PASSWORD)).json().get("id").asString();
  }

  private Answer askReset(String email) throws Exception {
    return ask(stage.nobody(), "POST /auth/password-reset", "{\"email\": \"%s\"}".formatted(email));
  }

  private Answer reset(String id, String token, String password) throws Exception {
    return ask(
        stage.nobody(),
        "POST /auth/password-reset/complete",
        "{\"id\": \"%s\", \"token\": \"%s\", \"password\": \"%s\", \"passwordAgain\": \"%s\"}"
            .formatted(id, token, password, password));
  }

  @Test
  @Tag("SC-015")
  void a_valid_pending_invitation_makes_one_account_once() throws Exception {
    Answer invited = done(invite("New@Example.com", "host"));
    assertThat(invited.json().get("invitation").get("email").asString())
        .isEqualTo("new@example.com");
    assertThat(invited.json().get("link").asString())
        .startsWith("http://localhost:8000/host-setup?token=");
    String token = link().group(1);
    assertThat(invited.body()).contains(token).doesNotContain("hash");
    assertThat(
            database.value(
                "select token_hash ~ '^[0-9a-f]{64}$' and expires_at between now() + interval '167"
                    + " hours' and now() + interval '7 days' from user_invitations"))
        .isEqualTo("t");
    Answer user = done(setUp(token, PASSWORD));
    assertThat(user.status()).isEqualTo(201);
    assertThat(user.json().get("role").asString()).isEqualTo("host");
    assertThat(user.json().get("emailVerified").asBoolean()).isTrue();
    assertThat(user.json().get("createdBy").asString()).isEqualTo(Scene.ADMIN);
    refused(setUp(token, PASSWORD), 400, "SIMPLYCASTER_INVITATION_NO_GOOD");
    assertThat(database.value("select status from user_invitations")).isEqualTo("accepted");
    done(login("NEW@example.com", PASSWORD));
  }

  @Test
  @Tag("SC-015")
  void expired_revoked_and_invented_invitations_make_no_account() throws Exception {
    done(invite("late@example.com", "host"));
    String late = link().group(1);
    database.execute(
        "update user_invitations set created_at = now() - interval '8 days', expires_at = now() -"
            + " interval '1 day'");
    refused(setUp(late, PASSWORD), 400, "SIMPLYCASTER_INVITATION_NO_GOOD");
    assertThat(database.value("select status from user_invitations")).isEqualTo("expired");
    Answer second = done(invite("late@example.com", "host"));
    String revoked = link().group(1);
    done(
        admin(
            stage, "DELETE /invitations/" + second.json().get("invitation").get("id").asString()));
    refused(setUp(revoked, PASSWORD), 400, "SIMPLYCASTER_INVITATION_NO_GOOD");
    refused(setUp("x".repeat(43), PASSWORD), 400, "SIMPLYCASTER_INVITATION_NO_GOOD");
    refused(setUp("", PASSWORD), 400, "SIMPLYCASTER_INVITATION_NO_GOOD");
    assertThat(database.value("select count(*) from users")).isEqualTo("4");
  }

  @Test
  @Tag("SC-015")
  void two_at_once_with_one_invitation_make_one_account() throws Exception {
    done(invite("new@example.com", "admin"));
    String token = link().group(1);
    List<Callable<Integer>> both =
        List.of(() -> setUp(token, PASSWORD).status(), () -> setUp(token, OTHER).status());
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(both)) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 400);
    assertThat(database.value("select count(*) from users where email = 'new@example.com'"))
        .isEqualTo("1");
  }

  @Test
  void only_administrators_invite_and_nobody_twice() throws Exception {
    refused(
        Theatre.host(
            stage,
            Scene.HOST_A,
            "POST /invitations",
            "{\"email\": \"x@example.com\", \"role\": \"host\"}"),
        403,
        "SIMPLYCASTER_FORBIDDEN");
    refused(invite("A@example.com", "host"), 409, "SIMPLYCASTER_USER_EXISTS");
    refused(invite("nonsense", "host"), 400, "SIMPLYCASTER_INPUT");
    refused(invite("x@example.com", "guest"), 400, "SIMPLYCASTER_INPUT");
    done(invite("x@example.com", "host"));
    refused(invite("X@example.com", "host"), 409, "SIMPLYCASTER_INVITED_ALREADY");
    done(invite("x@example.com", "admin"));
    assertThat(ask(stage.nobody(), "GET /invitations").status()).isEqualTo(401);
    assertThat(admin(stage, "GET /invitations").json().get("invitations")).hasSize(2);
  }

  @Test
  void a_weak_password_is_refused_with_everything_that_is_wrong() throws Exception {
    done(invite("new@example.com", "host"));
    Answer refusal = setUp(link().group(1), "abc");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body())
        .contains(
            "IDENTITY_PASSWORD_SHORT",
            "IDENTITY_PASSWORD_UPPER",
            "IDENTITY_PASSWORD_DIGIT",
            "IDENTITY_PASSWORD_SPECIAL",
            "IDENTITY_PASSWORD_SEQUENCE")
        .doesNotContain("abc\"");
    assertThat(database.value("select status from user_invitations")).isEqualTo("pending");
  }

  @Test
  @Tag("SC-008")
  void the_same_password_twice_has_two_salts_and_hashes_that_need_the_pepper() throws Exception {
    newHost("one@example.com");
    newHost("two@example.com");
    String where = " from users where password_hash is not null order by email";
    List<String> hashes = database.column("select password_hash" + where);
    List<String> salts = database.column("select password_salt" + where);
    assertThat(hashes).hasSize(2).doesNotHaveDuplicates().allMatch(h -> h.startsWith("$argon2id$"));
    assertThat(salts).hasSize(2).doesNotHaveDuplicates().allMatch(salt -> salt.length() == 44);
    Passwords withoutPepper =
        new Passwords(PasswordAlgorithm.ARGON2ID_64, CipherKey.random(), HashGate.usual());
    var verdict = withoutPepper.check(Secret.of(PASSWORD), Optional.of(hashes.getFirst()), "");
    assertThat(verdict.matches()).isFalse();
    done(login("one@example.com", PASSWORD));
  }

  @Test
  void a_token_opens_what_its_user_may_see_and_says_nothing_of_the_password() throws Exception {
    String id = newHost("new@example.com");
    Answer session = done(login("new@example.com", PASSWORD));
    assertThat(session.body()).doesNotContain("argon2").doesNotContain("salt");
    var voice = stage.bearer(session.json().get("token").asString());
    assertThat(done(ask(voice, "GET /users/me")).json().get("id").asString()).isEqualTo(id);
    assertThat(done(ask(voice, "GET /users")).json().get("users")).hasSize(1);
    assertThat(ask(voice, "GET /users/" + Scene.HOST_A).status()).isEqualTo(404);
    assertThat(ask(stage.bearer("nonsense"), "GET /users/me").status()).isEqualTo(401);
    assertThat(
            database.value(
                "select last_login_at is not null and last_login_ip is not null from users where id"
                    + " = '"
                    + id
                    + "'"))
        .isEqualTo("t");
  }

  @Test
  void deletion_and_a_new_role_reach_tokens_that_were_given_out() throws Exception {
    String id = newHost("new@example.com");
    var voice = stage.bearer(login("new@example.com", PASSWORD).json().get("token").asString());
    assertThat(ask(voice, "GET /recordings/all").status()).isEqualTo(403);
    done(admin(stage, "PATCH /users/" + id, "{\"role\": \"admin\"}"));
    done(ask(voice, "GET /recordings/all"));
    done(admin(stage, "DELETE /users/" + id));
    assertThat(ask(voice, "GET /users/me").status()).isEqualTo(401);
    refused(login("new@example.com", PASSWORD), 401, "IDENTITY_REFUSED");
  }

  @Test
  void unknown_wrong_and_inactive_are_told_as_they_should_be() throws Exception {
    String id = newHost("new@example.com");
    Answer wrong = login("new@example.com", OTHER);
    Answer unknown = login("nobody@example.com", OTHER);
    refused(wrong, 401, "IDENTITY_REFUSED");
    refused(unknown, 401, "IDENTITY_REFUSED");
    assertThat(wrong.json().get("title")).isEqualTo(unknown.json().get("title"));
    refused(login("a@example.com", PASSWORD), 401, "IDENTITY_REFUSED");
    done(admin(stage, "PATCH /users/" + id, "{\"isActive\": false}"));
    refused(login("new@example.com", PASSWORD), 403, "SIMPLYCASTER_INACTIVE");
    refused(login("new@example.com", OTHER), 401, "IDENTITY_REFUSED");
  }

  @Test
  @Tag("SC-010")
  void five_wrong_passwords_lock_for_fifteen_minutes_and_the_count_stands_in_the_database()
      throws Exception {
    newHost("new@example.com");
    for (int i = 0; i < 4; i++) {
      refused(login("new@example.com", OTHER), 401, "IDENTITY_REFUSED");
    }
    String state =
        "select failed_login_attempts || ' ' || coalesce(locked_until > now() + interval '14"
            + " minutes' and locked_until <= now() + interval '15 minutes', false) from users where"
            + " email = 'new@example.com'";
    assertThat(database.value(state)).isEqualTo("4 false");
    refused(login("new@example.com", OTHER), 401, "IDENTITY_REFUSED");
    assertThat(database.value(state)).isEqualTo("5 true");
    refused(login("new@example.com", PASSWORD), 401, "IDENTITY_REFUSED");
    assertThat(database.value(state)).isEqualTo("5 true");
    database.execute(
        "update users set locked_until = now() - interval '1 second' where email ="
            + " 'new@example.com'");
    refused(login("new@example.com", OTHER), 401, "IDENTITY_REFUSED");
    assertThat(database.value(state)).isEqualTo("1 false");
    done(login("new@example.com", PASSWORD));
    assertThat(database.value(state)).isEqualTo("0 false");
  }

  @Test
  @Tag("SC-010")
  void guesses_at_the_same_time_are_all_counted() throws Exception {
    newHost("new@example.com");
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      guesses.add(() -> login("new@example.com", OTHER).status());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(guesses)) {
        assertThat(status.get()).isEqualTo(401);
      }
    }
    assertThat(
            database.value(
                "select failed_login_attempts || ' ' || (locked_until > now()) from users where"
                    + " email = 'new@example.com'"))
        .isEqualTo("5 true");
    assertThat(
            database.value("select count(*) from audit_log where action = 'login.refused_wrong'"))
        .isEqualTo("5");
    refused(login("new@example.com", PASSWORD), 401, "IDENTITY_REFUSED");
  }

  @Test
  @Tag("SC-016")
  void a_reset_link_works_once_within_an_hour_and_ends_lock_and_sessions() throws Exception {
    newHost("new@example.com");
    var before = stage.bearer(login("new@example.com", PASSWORD).json().get("token").asString());
    database.execute(
        "update users set failed_login_attempts = 5, locked_until = now() + interval '9 minutes'"
            + " where email = 'new@example.com'");
    assertThat(askReset("New@example.com").status()).isEqualTo(202);
    Matcher link = link();
    String token = link.group(1);
    String id = link.group(2);
    assertThat(
            database.value(
                "select token_hash ~ '^[0-9a-f]{64}$' and expires_at between now() + interval '59"
                    + " minutes' and now() + interval '1 hour' from password_reset_tokens"))
        .isEqualTo("t");
    refused(reset(id, "x".repeat(43), OTHER), 400, "SIMPLYCASTER_RESET_NO_GOOD");
    refused(reset(Scene.TOKEN_A, token, OTHER), 400, "SIMPLYCASTER_RESET_NO_GOOD");
    assertThat(reset(id, token, "short").status()).isEqualTo(400);
    done(reset(id, token, OTHER));
    refused(reset(id, token, PASSWORD), 400, "SIMPLYCASTER_RESET_NO_GOOD");
    done(login("new@example.com", OTHER));
    assertThat(ask(before, "GET /users/me").status()).isEqualTo(401);
    assertThat(
            database.value(
                "select failed_login_attempts || ' ' || (locked_until is null) from users where"
                    + " email = 'new@example.com'"))
        .isEqualTo("0 true");
  }

  @Test
  @Tag("SC-016")
  void a_newer_link_ends_the_older_and_an_expired_one_stays_as_it_is() throws Exception {
    newHost("new@example.com");
    done(askReset("new@example.com"));
    Matcher first = link();
    database.execute(
        "update password_reset_tokens set created_at = now() - interval '2 hours', expires_at ="
            + " now() - interval '1 hour'");
    refused(reset(first.group(2), first.group(1), OTHER), 400, "SIMPLYCASTER_RESET_NO_GOOD");
    done(askReset("new@example.com"));
    Matcher second = link();
    done(askReset("new@example.com"));
    refused(reset(second.group(2), second.group(1), OTHER), 400, "SIMPLYCASTER_RESET_NO_GOOD");
    assertThat(database.value("select count(*) from password_reset_tokens where used_at is null"))
        .isEqualTo("2");
  }

  @Test
  @Tag("SC-016")
  void the_answer_does_not_tell_whether_an_address_is_known() throws Exception {
    Answer unknown = askReset("nobody@example.com");
    int letters = stage.letters().size();
    Answer known = askReset("a@example.com");
    assertThat(known.status()).isEqualTo(unknown.status());
    assertThat(known.body()).isEqualTo(unknown.body());
    assertThat(letters).isZero();
    assertThat(stage.letters()).hasSize(1);
    for (int i = 0; i < 4; i++) {
      done(askReset("nobody@example.com"));
    }
    refused(askReset("nobody@example.com"), 429, "SDK_TOO_OFTEN");
  }
}
