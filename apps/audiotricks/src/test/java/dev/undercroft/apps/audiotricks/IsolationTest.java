package dev.undercroft.apps.audiotricks;

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
      List.of("user A", "user A as owner", "nobody", "nobody as owner", "analytics");

  /**
   * By command, table and caller: A, B or AB for whose rows the statement reaches, - for none, !
   * for refused.
   */
  private static final String REACH =
      """
      select | users         | A | A | - | - | AB
      select | sessions      | A | A | - | - | AB
      select | user_settings | A | A | - | - | AB
      select | audio_history | A | A | - | - | !
      update | users         | A | A | - | - | !
      update | sessions      | ! | - | ! | - | !
      update | user_settings | A | A | - | - | !
      update | audio_history | A | A | - | - | !
      delete | users         | A | A | - | - | !
      delete | sessions      | A | A | - | - | !
      delete | user_settings | ! | A | ! | - | !
      delete | audio_history | A | A | - | - | !
      """;

  private final Trials trials;

  IsolationTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  private static void as(Trial trial, String caller) throws SQLException {
    switch (caller) {
      case "user A" -> trial.asCaller(Scene.USER_A, "user");
      case "user A as owner" -> trial.asOwner(Scene.USER_A, "user");
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
    String key = table.equals("user_settings") || table.equals("audio_history") ? "user_id" : "id";
    String value =
        switch (table) {
          case "users" -> "email";
          case "sessions" -> "user_id";
          case "user_settings" -> "preferred_language";
          default -> "title";
        };
    return switch (command) {
          case "select" -> "select " + key + " from " + table;
          case "update" -> "update " + table + " set " + value + " = " + value;
          default -> "delete from " + table;
        }
        + " where "
        + key
        + " = ?::uuid";
  }

  @ParameterizedTest(name = "{0}: {1} {2} reaches {3}")
  @MethodSource("reach")
  @Tag("AT-082")
  void a_statement_reaches(String caller, String command, String table, String whose) {
    String id = table.equals("sessions") ? Scene.SESSION_A : Scene.USER_A;
    trials.each(trial -> {
      Scene.arrange(trial);
      as(trial, caller);
      String sql = statement(command, table);
      if (whose.equals("!")) {
        assertThat(trial.refusal(sql, id).state()).isEqualTo("42501");
        return;
      }
      String reached = trial.run(sql, id) == 1 ? "A" : "";
      reached += trial.run(sql, id.replace('a', 'b')) == 1 ? "B" : "";
      assertThat(reached.isEmpty() ? "-" : reached).isEqualTo(whose);
    });
  }

  @Test
  @Tag("AT-082")
  void what_a_statement_does_not_reach_is_unchanged() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      trial.run("update audio_history set title = 'mine'");
      trial.run("update user_settings set preferred_language = 'de'");
      trial.run("delete from sessions");
      trial.asSystem();
      assertThat(trial.value("select title from audio_history where id = ?::uuid", Scene.ENTRY_B))
          .isEqualTo("Talk of b");
      assertThat(
              trial.value(
                  "select preferred_language from user_settings where user_id = ?::uuid",
                  Scene.USER_B))
          .isEqualTo("en");
      assertThat(trial.column("select id from sessions where user_id = ?::uuid", Scene.USER_B))
          .hasSize(1);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into audio_history (user_id, title) values ('B', 'x')",
        "insert into user_settings (user_id) values ('B')",
        "insert into users (email, username, password_hash) values ('x', 'x', 'x')",
        "insert into sessions (user_id, token_hash, expires_at) values ('A', repeat('c', 64), 'infinity')",
        "update audio_history set user_id = 'B'",
        "update audio_history set id = gen_random_uuid()",
        "update audio_history set created_at = now()",
        "update user_settings set user_id = 'B'",
        "update users set id = 'B'",
        "select password_hash from users",
        "select token_hash from sessions",
        "select * from users",
        "truncate audio_history",
        "alter table audio_history disable row level security",
        "create table mine (id int)",
        "create temp table mine (id int)",
        "create function mine() returns int language sql as 'select 1'",
      })
  @Tag("AT-082")
  void a_forgery_is_refused(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      String sql =
          statement
              .replace("'A'", "'" + Scene.USER_A + "'")
              .replace("'B'", "'" + Scene.USER_B + "'");
      assertThat(trial.refusal(sql).state()).isEqualTo("42501");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select password_hash from users",
        "select email from users",
        "select token_hash from sessions",
        "select openai_api_key_encrypted from user_settings",
        "select transcript from audio_history",
        "select * from audit_log",
      })
  @Tag("AT-082")
  void reports_get_neither_secrets_nor_words(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.as("analytics", "", "");
      assertThat(trial.refusal(statement).state()).isEqualTo("42501");
    });
  }

  @Test
  @Tag("AT-082")
  void every_table_has_row_policies_forced() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select relname from pg_class where relkind in ('r', 'p') and relnamespace in"
                        + " ('public'::regnamespace, 'history_partitions'::regnamespace)"
                        + " and not (relrowsecurity and relforcerowsecurity)"))
            .isEmpty());
  }
}
