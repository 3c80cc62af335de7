package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What belongs to whom, and what goes with it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsTest {

  private final Trials trials;

  RelationsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("codepal", young, old);
  }

  @Test
  @Tag("CP-008")
  void deleting_a_user_takes_own_projects_along_and_nothing_of_others() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "user");
      assertThat(trial.run("delete from users where id = 'user-a'")).isEqualTo(1);
      trial.asSystem();
      for (String row : new String[] {"account", "session", "api_key", "project", "project_file"}) {
        assertThat(
                trial.column(
                    "select id from " + row + "s where id in (?, ?)", row + "-a", row + "-b"))
            .containsExactly(row + "-b");
      }
      assertThat(trial.column("select id from project_members where project_id = 'project-a'"))
          .isEmpty();
      assertThat(trial.column("select id from users where id = 'developer'")).hasSize(1);
    });
  }

  @Test
  @Tag("CP-014")
  void who_leaves_takes_no_file_of_others_along() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("developer", "user");
      trial.run("update project_files set content = 'by the developer'");
      String before =
          trial.value("select last_modified from project_files where id = 'project_file-a'");
      trial.asSystem();
      trial.run("delete from users where id = 'developer'");
      assertThat(
              trial.value(
                  "select concat_ws(' ', content, modified_by is null, last_modified = ?::timestamptz)"
                      + " from project_files where id = 'project_file-a'",
                  before))
          .isEqualTo("by the developer t t");
      assertThat(trial.column("select 1 from project_members where user_id = 'developer'"))
          .isEmpty();
    });
  }
}
