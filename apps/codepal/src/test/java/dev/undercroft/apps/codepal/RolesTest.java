package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles for reports and for backups. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {

  private static final List<String> TABLES =
      List.of(
          "users",
          "accounts",
          "sessions",
          "api_keys",
          "projects",
          "project_members",
          "project_files",
          "audit_log");

  private final Trials trials;

  RolesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("codepal", young, old);
  }

  @Test
  @Tag("CP-138")
  void reports_read_every_table_also_later_ones() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String table : TABLES) {
        trial.asSystem();
        String all = trial.value("select count(*) from " + table);
        trial.as("analytics", "", "");
        assertThat(trial.value("select count(id) from " + table)).as(table).isEqualTo(all);
        assertThat(all).as(table).isNotEqualTo("0");
      }
      assertThat(trial.column("select identifier from verification_tokens")).hasSize(2);
      trial.as("owner", "", "");
      trial.run("create table later (id int)");
      trial.as("analytics", "", "");
      assertThat(trial.column("select id from later")).isEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select hashed_password from users",
        "select access_token from accounts",
        "select refresh_token from accounts",
        "select id_token from accounts",
        "select session_token from sessions",
        "select key from api_keys",
        "select token from verification_tokens",
        "insert into users (email) values ('x')",
        "update projects set name = 'x'",
        "delete from project_files",
        "truncate projects cascade",
        "create table mine (id int)",
      })
  @Tag("CP-138")
  void reports_get_no_secret_and_write_nothing(String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.as("analytics", "", "");
      assertThat(trial.refusal(statement).state()).isEqualTo("42501");
    });
  }

  @Test
  @Tag("CP-139")
  void backups_read_everything_and_change_nothing() {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String table : TABLES) {
        trial.asSystem();
        String all = trial.value("select count(*) from " + table);
        trial.as("backup", "", "");
        assertThat(trial.value("select count(*) from (select * from " + table + ") t"))
            .isEqualTo(all);
        assertThat(trial.refusal("delete from " + table).state()).isEqualTo("42501");
        assertThat(trial.refusal("insert into " + table + " default values").state())
            .isEqualTo("42501");
      }
      assertThat(trial.refusal("update users set name = 'x'").state()).isEqualTo("42501");
      assertThat(trial.refusal("update project_files set content = 'x'").state())
          .isEqualTo("42501");
    });
  }
}
