package dev.undercroft.apps.codepal;

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
      List.of("owner A", "developer", "viewer", "stranger", "admin", "table owner", "nobody");

  /**
   * By command, table and caller: A, B or AB for whose rows the statement reaches, - for none, !
   * for refused. Developer and viewer work in A's project; the table owner acts for A.
   */
  private static final String REACH =
      """
      select | users         | A | A | A | - | AB | A | -
      select | accounts      | A | - | - | - | -  | A | -
      select | sessions      | A | - | - | - | -  | A | -
      select | api_keys      | A | - | - | - | -  | A | -
      select | projects      | A | A | A | - | AB | A | -
      select | project_files | A | A | A | - | -  | A | -
      update | users         | A | - | - | - | AB | A | -
      update | accounts      | ! | ! | ! | ! | !  | - | !
      update | sessions      | ! | ! | ! | ! | !  | - | !
      update | api_keys      | A | - | - | - | -  | A | -
      update | projects      | A | - | - | - | -  | A | -
      update | project_files | A | A | - | - | -  | A | -
      delete | users         | A | - | - | - | -  | A | -
      delete | accounts      | A | - | - | - | -  | A | -
      delete | sessions      | A | - | - | - | -  | A | -
      delete | api_keys      | A | - | - | - | -  | A | -
      delete | projects      | ! | ! | ! | ! | !  | - | !
      delete | project_files | A | - | - | - | -  | A | -
      """;

  private final Trials trials;

  IsolationTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("codepal", young, old);
  }

  private static void as(Trial trial, String caller) throws SQLException {
    switch (caller) {
      case "owner A" -> trial.asCaller("user-a", "user");
      case "table owner" -> trial.asOwner("user-a", "user");
      case "admin" -> trial.asCaller("admin", "admin");
      case "nobody" -> trial.asNobody();
      default -> trial.asCaller(caller, "user");
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
          case "accounts" -> "scope";
          case "sessions" -> "expires";
          case "api_keys" -> "revoked_at";
          case "project_files" -> "content";
          default -> "name";
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
  @Tag("CP-135")
  void a_statement_reaches(String caller, String command, String table, String whose) {
    String row = table.replaceAll("s$", "") + "-";
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

  @ParameterizedTest(name = "{0} sees {1} members of A''s project and {2} of B''s")
  @MethodSource("members")
  @Tag("CP-135")
  void members_see_each_other(String caller, String inA, String inB) {
    trials.each(trial -> {
      Scene.arrange(trial);
      as(trial, caller);
      String count = "select count(*) from project_members where project_id = ?";
      assertThat(trial.value(count, "project-a")).isEqualTo(inA);
      assertThat(trial.value(count, "project-b")).isEqualTo(inB);
    });
  }

  static Stream<String[]> members() {
    return Stream.of(
        new String[] {"owner A", "3", "0"},
        new String[] {"developer", "3", "0"},
        new String[] {"viewer", "3", "0"},
        new String[] {"stranger", "0", "0"},
        new String[] {"admin", "3", "1"},
        new String[] {"table owner", "3", "0"},
        new String[] {"nobody", "0", "0"});
  }

  @Test
  @Tag("CP-135")
  void only_who_manages_the_team_changes_it_and_everybody_may_leave() {
    String add = "insert into project_members (project_id, user_id, role) values (?, ?, 'VIEWER')";
    String promote = "update project_members set role = 'ADMIN' where id = 'member-viewer'";
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String caller : List.of("developer", "viewer", "stranger", "admin")) {
        as(trial, caller);
        assertThat(trial.refusal(add, "project-a", "stranger").state()).isEqualTo("42501");
        assertThat(trial.run(promote)).as(caller).isEqualTo(0);
      }
      trial.asCaller("user-a", "user");
      assertThat(trial.refusal(add, "project-b", "stranger").state()).isEqualTo("42501");
      assertThat(trial.run(add, "project-a", "stranger")).isEqualTo(1);
      assertThat(trial.run(promote)).isEqualTo(1);
      trial.asCaller("developer", "user");
      assertThat(trial.run("delete from project_members where user_id = 'viewer'")).isEqualTo(0);
      assertThat(trial.run("delete from project_members where user_id = 'developer'")).isEqualTo(1);
      assertThat(trial.column("select id from projects")).isEmpty();
      trial.asCaller("viewer", "user");
      assertThat(trial.run("delete from project_members where user_id = 'stranger'")).isEqualTo(1);
    });
  }

  @Test
  @Tag("CP-135")
  void listed_permissions_replace_those_of_the_role() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run(
          "update project_members set permissions = '[\"READ\"]' where user_id = 'developer'");
      trial.run(
          "update project_members set permissions = '[\"READ\", \"WRITE\"]' where user_id = 'viewer'");
      String write = "update project_files set content = 'x'";
      assertThat(trial.asCaller("developer", "user").run(write)).isEqualTo(0);
      assertThat(trial.asCaller("viewer", "user").run(write)).isEqualTo(1);
    });
  }

  @Test
  @Tag("CP-135")
  void the_setting_that_narrows_memberships_cannot_widen_them() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String value : List.of("on", "off", "", "true")) {
        trial.asCaller("stranger", "user");
        trial.run("select set_config('codepal.own_memberships_only', ?, true)", value);
        assertThat(trial.column("select id from project_members")).isEmpty();
        assertThat(trial.column("select id from projects")).isEmpty();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into projects (name, owner_id) values ('x', 'user-b')",
        "insert into project_files (project_id, path, name) values ('project-b', 'x', 'x')",
        "insert into project_members (project_id, user_id, role) values ('project-b', 'user-a', 'ADMIN')",
        "insert into api_keys (user_id, key, prefix) values ('user-b', repeat('c', 64), 'code')",
        "insert into users (email) values ('x@example.com')",
        "insert into sessions (user_id, session_token, expires) values ('user-a', repeat('c', 64), 'infinity')",
        "insert into accounts (user_id, type, provider, provider_account_id) values ('user-a', 'x', 'x', 'x')",
        "insert into verification_tokens (identifier, token, expires) values ('x', repeat('c', 64), 'infinity')",
        "update users set role = 'admin'",
        "select hashed_password from users",
        "select access_token from accounts",
        "select session_token from sessions",
        "select key from api_keys",
        "select * from verification_tokens",
        "truncate projects cascade",
        "alter table projects disable row level security",
        "create table mine (id int)",
        "create temp table mine (id int)",
      })
  @Tag("CP-135")
  void a_forgery_is_refused(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "user");
      assertThat(trial.refusal(statement).state()).isEqualTo("42501");
    });
  }

  @Test
  @Tag("CP-135")
  void every_table_has_row_policies_forced() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select relname from pg_class where relkind in ('r', 'p')"
                        + " and relnamespace = 'public'::regnamespace"
                        + " and not (relrowsecurity and relforcerowsecurity)"))
            .isEmpty());
  }
}
