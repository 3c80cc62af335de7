package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The own account and its sessions, accounts for administrators, and the record of changes. */
@DatabaseTest
class AccountServiceTest {

  private static final String ANN = "ann@example.com";
  private static final String ME = "/code/me";

  @TempDir Path folder;

  private static String password(String password) {
    return "{\"password\": \"%s\"}".formatted(password);
  }

  @Test
  @Tag("CP-008")
  void a_profile_shows_no_secret_and_changes_name_and_picture_alone(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Voice ann = stage.bearer(Theatre.token(stage, ANN));
      Stage.Answer changed =
          ann.ask("PATCH", ME, "{\"name\": \"Ann B\", \"image\": \"https://example.com/a.png\"}");
      assertThat(changed.status()).as(changed.body()).isEqualTo(200);
      assertThat(changed.json().get("name").asString()).isEqualTo("Ann B");
      assertThat(changed.json().get("role").asString()).isEqualTo("user");
      assertThat(changed.body()).doesNotContain("assword");
      for (String bad :
          List.of(
              "{\"role\": \"admin\"}",
              "{\"emailVerified\": \"2026-01-01T00:00:00Z\"}",
              "{\"email\": \"boss@people.example\"}",
              "{\"hashedPassword\": \"x\"}",
              "{\"name\": \"\"}",
              "{\"name\": \"a\\u0000\"}",
              "{\"image\": \"javascript:alert(1)\"}",
              "{\"image\": \"http://example.com/a.png\"}",
              "{\"image\": \"https://user:word@example.com/\"}")) {
        assertThat(ann.ask("PATCH", ME, bad).status()).as(bad).isEqualTo(400);
      }
      assertThat(ann.ask("GET", ME).json().get("image").asString())
          .isEqualTo("https://example.com/a.png");
    }
  }

  @Test
  @Tag("CP-010")
  void sessions_are_ended_by_their_owner_alone(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String first = Theatre.token(stage, ANN);
      String second = Theatre.enter(stage, ANN).json().get("accessToken").asString();
      JsonNode sessions = stage.bearer(second).ask("GET", "/code/sessions").json().get("sessions");
      assertThat(sessions).hasSize(2);
      assertThat(sessions.toString()).doesNotContain("oken");
      for (JsonNode session : sessions) {
        String at = "/code/sessions/" + session.get("id").asString();
        assertThat(Theatre.as(stage, "stranger").ask("DELETE", at).status()).isEqualTo(404);
        assertThat(Theatre.as(stage, "boss").ask("DELETE", at).status()).isEqualTo(404);
      }
      assertThat(stage.bearer(first).ask("GET", ME).status()).isEqualTo(200);
      assertThat(stage.bearer(first).ask("DELETE", "/code/sessions").status()).isEqualTo(200);
      assertThat(stage.bearer(first).ask("GET", ME).status()).isEqualTo(401);
      assertThat(stage.bearer(second).ask("GET", ME).status()).isEqualTo(401);
    }
  }

  @Test
  @Tag("CP-010")
  void nobody_keeps_more_than_so_many_sessions(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String ann = Theatre.register(stage, ANN);
      database.execute(
          "insert into sessions (session_token, user_id, expires) select encode(sha256(n::text::bytea),"
              + " 'hex'), '%s', now() + n * interval '1 minute' from generate_series(1, 30) n"
                  .formatted(ann));
      Theatre.enter(stage, ANN);
      assertThat(
              database.value("select count(*) from sessions where user_id = '%s'".formatted(ann)))
          .isEqualTo(String.valueOf(Entrance.MOST_SESSIONS));
    }
  }

  @Test
  void a_new_password_takes_the_present_one_and_ends_all_sessions(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Voice ann = stage.bearer(Theatre.token(stage, ANN));
      String change = "{\"current\": \"%s\", \"password\": \"%s\"}";
      String fresh = "another-horse-8";
      assertThat(
              ann.ask("POST", ME + "/password", change.formatted("wrong-horse-7", fresh)).status())
          .isEqualTo(401);
      assertThat(
              ann.ask("POST", ME + "/password", change.formatted(Theatre.PASSWORD, "short"))
                  .status())
          .isEqualTo(400);
      assertThat(
              ann.ask("POST", ME + "/password", change.formatted(Theatre.PASSWORD, fresh)).status())
          .isEqualTo(200);
      assertThat(ann.ask("GET", ME).status()).isEqualTo(401);
      assertThat(Theatre.login(stage, ANN, Theatre.PASSWORD).status()).isEqualTo(401);
      assertThat(Theatre.login(stage, ANN, fresh).status()).isEqualTo(200);
    }
  }

  @Test
  void no_session_slips_in_behind_a_change_of_the_password(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Theatre.register(stage, ANN);
      try (Connection change = database.connect()) {
        change.setAutoCommit(false);
        change
            .createStatement()
            .execute(
                "update users set hashed_password = reverse(hashed_password) where email ="
                    + " 'ann@example.com'");
        // It compares the password with the hash that counts until the change is committed.
        Future<Integer> login =
            threads.submit(() -> Theatre.login(stage, ANN, Theatre.PASSWORD).status());
        await(database, login);
        change.commit();
        assertThat(login.get()).isEqualTo(401);
      }
      assertThat(
              database.value(
                  "select count(*) from sessions s join users u on u.id = s.user_id where u.email ="
                      + " 'ann@example.com'"))
          .isEqualTo("0");
    }
  }

  /** Until somebody waits for the change, or has not waited. */
  private static void await(PostgresDatabase database, Future<?> login) throws Exception {
    while (!login.isDone()
        && database
            .value(
                "select count(*) from pg_stat_activity where datname = current_database() and"
                    + " wait_event_type = 'Lock'")
            .equals("0")) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Tag("CP-008")
  void an_account_is_deleted_with_its_own_and_without_the_work_of_others(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      String id = Theatre.register(stage, ANN);
      Stage.Voice ann =
          stage.bearer(Theatre.enter(stage, ANN).json().get("accessToken").asString());
      database.execute(
          "insert into project_members (project_id, user_id, role) values ('p', '%s', 'DEVELOPER')"
              .formatted(id));
      ann.ask("PUT", "/code/projects/p/file?path=of.ann", "{\"content\": \"x\"}");
      String own =
          ann.ask("POST", "/code/projects", "{\"name\": \"Own\"}").json().get("id").asString();
      database.execute(
          "insert into project_members (project_id, user_id, role) values ('%s', 'viewer', 'VIEWER')"
              .formatted(own));
      assertThat(ann.ask("POST", ME + "/erase", password("wrong-horse-7")).status()).isEqualTo(401);
      Stage.Answer shared = ann.ask("POST", ME + "/erase", password(Theatre.PASSWORD));
      assertThat(shared.status()).isEqualTo(409);
      assertThat(shared.code()).isEqualTo("CODEPAL_PROJECTS_SHARED");
      ann.ask("DELETE", "/code/projects/" + own + "/members/viewer");
      assertThat(ann.ask("POST", ME + "/erase", password(Theatre.PASSWORD)).status())
          .isEqualTo(200);
      assertThat(ann.ask("GET", ME).status()).isEqualTo(401);
      assertThat(database.value("select count(*) from projects where id = '" + own + "'"))
          .isEqualTo("0");
      JsonNode file =
          Theatre.as(stage, "viewer").ask("GET", "/code/projects/p/file?path=of.ann").json();
      assertThat(file.at("/file/modifiedBy").asString("")).isEmpty();
      assertThat(file.get("content").asString()).isEqualTo("x");
    }
  }

  @Test
  @Tag("CP-118")
  void administrators_alone_list_accounts_and_give_roles(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String admin = "{\"role\": \"admin\"}";
      for (String person : List.of("owner", "admin", "stranger")) {
        assertThat(Theatre.as(stage, person).ask("GET", "/code/users").status()).isEqualTo(403);
        assertThat(Theatre.as(stage, person).ask("PATCH", "/code/users/" + person, admin).status())
            .isEqualTo(403);
      }
      Stage.Voice boss = Theatre.as(stage, "boss");
      Stage.Answer page = boss.ask("GET", "/code/users?limit=2&after=owner");
      assertThat(page.json().get("users")).hasSize(2);
      assertThat(page.body()).doesNotContain("assword").doesNotContain("owner@");
      assertThat(boss.ask("PATCH", "/code/users/boss", "{\"role\": \"user\"}").status())
          .isEqualTo(409);
      assertThat(boss.ask("PATCH", "/code/users/nobody", admin).status()).isEqualTo(404);
      assertThat(boss.ask("PATCH", "/code/users/owner", "{\"role\": \"god\"}").status())
          .isEqualTo(400);
      assertThat(boss.ask("PATCH", "/code/users/owner", admin).status()).isEqualTo(200);
      assertThat(database.value("select role from users where id = 'owner'")).isEqualTo("admin");
    }
  }

  @Test
  @Tag("CP-118")
  @Tag("CP-140")
  void changes_are_read_back_in_pages_one_s_own_or_all_as_administrator(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice developer = Theatre.as(stage, "developer");
      for (int i = 0; i < 3; i++) {
        developer.ask(
            "PUT",
            "/code/projects/p/file?path=a.txt",
            "{\"content\": \"version %d\"}".formatted(i));
      }
      Theatre.as(stage, "owner").ask("PATCH", "/code/projects/p", "{\"name\": \"Torch\"}");
      JsonNode own = developer.ask("GET", "/code/audit?limit=2").json().get("entries");
      assertThat(own).hasSize(2);
      assertThat(own.at("/0/action").asString()).isEqualTo("UPDATE");
      assertThat(own.at("/0/tableName").asString()).isEqualTo("project_files");
      assertThat(own.at("/0/oldValues/content").asString()).isEqualTo("version 1");
      assertThat(own.at("/0/newValues/content").asString()).isEqualTo("version 2");
      JsonNode rest =
          developer
              .ask("GET", "/code/audit?before=" + own.at("/1/id").asLong())
              .json()
              .get("entries");
      assertThat(rest).hasSize(1);
      assertThat(rest.at("/0/action").asString()).isEqualTo("INSERT");
      assertThat(Theatre.as(stage, "stranger").ask("GET", "/code/audit").json().get("entries"))
          .isEmpty();
      assertThat(Theatre.as(stage, "boss").ask("GET", "/code/audit").body())
          .contains("Torch", "version 2");
    }
  }
}
