package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees and changes whose rows, by caller, table and command, the refusals included. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {

  private static final List<String> CALLERS =
      List.of("user A", "user A as owner", "admin", "nobody", "nobody as owner", "analytics");

  /**
   * By command, table and caller: A, B or AB for whose rows the statement reaches, - for none, !
   * for refused.
   */
  private static final String REACH =
      """
      select | users         | A | A | AB | - | - | AB
      select | accounts      | A | A | -  | - | - | AB
      select | sessions      | A | A | -  | - | - | AB
      select | projects      | A | A | AB | - | - | AB
      select | jobs          | A | A | AB | - | - | AB
      select | scenes        | A | A | AB | - | - | AB
      select | assets        | A | A | AB | - | - | AB
      select | presets       | A | A | AB | - | - | AB
      select | live_projects | A | A | AB | - | - | AB
      select | live_assets   | A | A | AB | - | - | AB
      select | live_presets  | A | A | AB | - | - | AB
      update | users         | A | A | AB | - | - | !
      update | accounts      | ! | - | !  | ! | - | !
      update | sessions      | ! | - | !  | ! | - | !
      update | projects      | A | A | AB | - | - | !
      update | jobs          | A | A | AB | - | - | !
      update | scenes        | A | A | -  | - | - | !
      update | assets        | A | A | AB | - | - | !
      update | presets       | A | A | AB | - | - | !
      update | live_projects | A | A | AB | - | - | !
      update | live_assets   | A | A | AB | - | - | !
      update | live_presets  | A | A | AB | - | - | !
      delete | users         | A | A | -  | - | - | !
      delete | accounts      | A | A | -  | - | - | !
      delete | sessions      | A | A | -  | - | - | !
      delete | projects      | ! | - | !  | ! | - | !
      delete | jobs          | ! | - | !  | ! | - | !
      delete | scenes        | A | A | -  | - | - | !
      delete | assets        | ! | - | !  | ! | - | !
      delete | presets       | ! | - | !  | ! | - | !
      """;

  private final Trials trials;

  IsolationTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old);
  }

  private static void as(Trial trial, String caller) throws SQLException {
    switch (caller) {
      case "user A" -> trial.asCaller("user-a", "USER");
      case "user A as owner" -> trial.asOwner("user-a", "USER");
      case "admin" -> trial.asCaller("admin", "ADMIN");
      case "nobody" -> trial.asNobody();
      case "nobody as owner" -> trial.as("owner", "", "");
      case "analytics" -> trial.as("analytics", "", "");
      default -> throw new IllegalArgumentException(caller);
    }
  }

  static Stream<String[]> reach() {
    return REACH
        .lines()
        .map(line -> line.split(" *\\| *"))
        .flatMap(cells ->
            CALLERS.stream()
                .map(caller ->
                    new String[] {caller, cells[0], cells[1], cells[2 + CALLERS.indexOf(caller)]}));
  }

  private static String statement(String command, String table) {
    String value =
        switch (table) {
          case "users" -> "name";
          case "accounts" -> "scope";
          case "sessions" -> "expires";
          case "jobs" -> "status";
          case "scenes" -> "text";
          case "assets", "live_assets" -> "uri";
          case "presets", "live_presets" -> "name";
          default -> "title";
        };
    return switch (command) {
          case "select" -> "select id from " + table;
          case "update" -> "update " + table + " set " + value + " = " + value;
          default -> "delete from " + table;
        }
        + " where id = ?";
  }

  @ParameterizedTest(name = "{0}: {1} {2} reaches {3}")
  @MethodSource("reach")
  @Tag("EP-003")
  @Tag("EP-055")
  @Tag("EP-057")
  void a_statement_reaches(String caller, String command, String table, String whose) {
    String row = table.replace("live_", "").replaceAll("s$", "") + "-";
    trials.each(trial -> {
      Scene.arrange(trial);
      as(trial, caller);
      String sql = statement(command, table);
      if (whose.equals("!")) {
        assertThat(trial.refusal(sql, row + "a").state()).isEqualTo("42501");
        return;
      }
      String reached = trial.run(sql, row + "a") == 1 ? "A" : "";
      reached += trial.run(sql, row + "b") == 1 ? "B" : "";
      assertThat(reached.isEmpty() ? "-" : reached).isEqualTo(whose);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into projects (user_id, title, config) values ('user-b', 'x', '{}')",
        "insert into assets (user_id, type, uri) values ('user-b', 'IMAGE', 'x')",
        "insert into presets (user_id, name, config) values ('user-b', 'x', '{}')",
        "insert into live_projects (user_id, title, config) values ('user-b', 'x', '{}')",
        "insert into jobs (project_id, config) values ('project-b', '{}')",
        "insert into scenes (project_id, scene_index, text) values ('project-b', 5, 'x')",
        "insert into users (email) values ('x@example.com')",
        "insert into sessions (user_id, session_token, expires) values ('user-a', repeat('c', 64), 'infinity')",
        "insert into accounts (user_id, type, provider, provider_account_id) values ('user-a', 'x', 'x', 'x')",
        "insert into verification_tokens (identifier, token, expires) values ('x', repeat('c', 64), 'infinity')",
        "update users set role = 'ADMIN'",
        "select access_token from accounts",
        "select session_token from sessions",
        "select * from verification_tokens",
        "truncate projects cascade",
        "alter table projects disable row level security",
        "create table mine (id int)",
        "create temp table mine (id int)",
      })
  @Tag("EP-003")
  @Tag("EP-055")
  void a_forgery_is_refused(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      assertThat(trial.refusal(statement).state()).isEqualTo("42501");
    });
  }

  @Test
  @Tag("EP-003")
  void the_picture_of_another_user_cannot_be_shown_nor_its_existence_be_learned() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      String show = "update scenes set image_asset_id = ?";
      var foreign = trial.refusal(show, "asset-b");
      assertThat(foreign.constraint()).isEqualTo("scenes_image_asset_id_fkey");
      assertThat(foreign).isEqualTo(trial.refusal(show, "asset-none"));
    });
  }

  @Test
  @Tag("EP-057")
  void only_an_administrator_changes_roles() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("admin", "ADMIN");
      assertThat(trial.run("update users set role = 'PREMIUM' where id = 'user-a'")).isEqualTo(1);
      trial.asCaller("user-a", "PREMIUM");
      assertThat(trial.refusal("update users set role = 'ADMIN'").constraint())
          .isEqualTo("users_role_change");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select email from users",
        "select api_keys from users",
        "select access_token from accounts",
        "select session_token from sessions",
        "select * from verification_tokens",
        "select * from audit_log",
      })
  @Tag("EP-003")
  void reports_get_no_secrets(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.as("analytics", "", "");
      assertThat(trial.refusal(statement).state()).isEqualTo("42501");
    });
  }

  @Test
  @Tag("EP-003")
  void every_table_has_row_policies_forced_and_every_view_sees_as_its_caller() {
    trials.each(trial -> {
      assertThat(
              trial.column(
                  "select relname from pg_class where relkind in ('r', 'p')"
                      + " and relnamespace = 'public'::regnamespace"
                      + " and not (relrowsecurity and relforcerowsecurity)"))
          .isEmpty();
      assertThat(
              trial.column(
                  "select relname from pg_class where relkind = 'v'"
                      + " and relnamespace = 'public'::regnamespace"
                      + " and not coalesce(reloptions @> '{security_invoker=true}', false)"))
          .isEmpty();
    });
  }
}
