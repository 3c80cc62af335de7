package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted vanishes from reads, stays in the table, and comes back through an admin. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SoftDeleteTest {

  private final Trials trials;

  SoftDeleteTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"project", "asset", "preset"})
  @Tag("EP-019")
  void a_deleted_row_is_gone_from_the_live_view_and_an_admin_brings_it_back(String row) {
    String live = "select id from live_" + row + "s where user_id = 'user-a'";
    String restore = "update " + row + "s set deleted_at = null where id = '" + row + "-a'";
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      trial.run("update jobs set status = 'CANCELLED'");
      assertThat(trial.column(live)).hasSize(1);
      trial.run("update " + row + "s set deleted_at = now()");
      assertThat(trial.column(live)).isEmpty();
      assertThat(trial.refusal(restore).constraint()).isEqualTo(row + "s_restore");
      assertThat(trial.refusal("delete from " + row + "s").state()).isEqualTo("42501");
      trial.asCaller("admin", "ADMIN");
      assertThat(trial.column("select id from " + row + "s where deleted_at is not null"))
          .containsExactly(row + "-a");
      assertThat(trial.run(restore)).isEqualTo(1);
      assertThat(trial.asCaller("user-a", "USER").column(live)).hasSize(1);
    });
  }

  @Test
  @Tag("EP-019")
  void the_live_views_have_every_column_but_the_time_of_deletion() {
    trials.each(trial -> {
      for (String table : new String[] {"projects", "assets", "presets"}) {
        String columns =
            "select attname from pg_attribute where attrelid = to_regclass(?) and attnum > 0"
                + " and attname <> 'deleted_at' order by attnum";
        assertThat(trial.column(columns, "live_" + table)).isEqualTo(trial.column(columns, table));
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUEUED", "RUNNING"})
  @Tag("EP-019")
  void a_project_with_work_in_hand_is_not_deleted(String status) {
    trials.each(trial -> {
      Scene.arrange(trial);
      if (!status.equals("QUEUED")) {
        trial.run("update jobs set status = 'RUNNING' where id = 'job-a'");
      }
      trial.asCaller("user-a", "USER");
      assertThat(trial.refusal("update projects set deleted_at = now()").constraint())
          .isEqualTo("projects_no_active_jobs");
    });
  }

  @Test
  @Tag("EP-019")
  void a_deleted_project_gets_no_jobs() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      trial.run("update jobs set status = 'CANCELLED'");
      trial.run("update projects set deleted_at = now()");
      assertThat(
              trial
                  .refusal("insert into jobs (project_id, config) values ('project-a', '{}')")
                  .constraint())
          .isEqualTo("jobs_project_live");
    });
  }
}
