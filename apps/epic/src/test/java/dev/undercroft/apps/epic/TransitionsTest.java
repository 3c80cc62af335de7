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

/** The paths of projects and jobs: every pair of states, allowed or refused. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransitionsTest {

  private static final List<String> PROJECT =
      List.of(
          "DRAFT READY",
          "DRAFT FAILED",
          "READY PROCESSING",
          "READY DRAFT",
          "PROCESSING COMPLETED",
          "PROCESSING FAILED",
          "COMPLETED DRAFT",
          "FAILED DRAFT",
          "FAILED READY");

  private static final List<String> JOB =
      List.of(
          "QUEUED RUNNING",
          "QUEUED CANCELLED",
          "RUNNING SUCCEEDED",
          "RUNNING FAILED",
          "RUNNING CANCELLED",
          "FAILED QUEUED");

  private final Trials trials;

  TransitionsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old);
  }

  private static Stream<String[]> pairs(List<String> states) {
    return states.stream()
        .flatMap(from -> states.stream().map(to -> new String[] {from, to}))
        .filter(pair -> !pair[0].equals(pair[1]));
  }

  static Stream<String[]> projects() {
    return pairs(List.of("DRAFT", "READY", "PROCESSING", "COMPLETED", "FAILED"));
  }

  static Stream<String[]> jobs() {
    return pairs(List.of("QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"));
  }

  /** Walks A's project or job to a state along allowed steps. */
  private static void walk(Trial trial, String table, List<String> steps) throws SQLException {
    for (String step : steps) {
      move(trial, table, step);
    }
  }

  private static void move(Trial trial, String table, String state) throws SQLException {
    assertThat(trial.run(sql(table, state))).isEqualTo(1);
  }

  private static String sql(String table, String state) {
    return "update " + table + "s set status = '" + state + "' where id = '" + table + "-a'";
  }

  @ParameterizedTest(name = "project {0} to {1}")
  @MethodSource("projects")
  @Tag("EP-013")
  void a_project_keeps_its_path(String from, String to) {
    trials.each(trial -> {
      Scene.arrange(trial);
      walk(
          trial,
          "project",
          switch (from) {
            case "READY" -> List.of("READY");
            case "PROCESSING" -> List.of("READY", "PROCESSING");
            case "COMPLETED" -> List.of("READY", "PROCESSING", "COMPLETED");
            case "FAILED" -> List.of("FAILED");
            default -> List.of();
          });
      if (PROJECT.contains(from + " " + to)) {
        move(trial, "project", to);
      } else {
        assertThat(trial.refusal(sql("project", to)).constraint()).isEqualTo("projects_transition");
      }
    });
  }

  @ParameterizedTest(name = "job {0} to {1}")
  @MethodSource("jobs")
  @Tag("EP-014")
  void a_job_keeps_its_path(String from, String to) {
    trials.each(trial -> {
      Scene.arrange(trial);
      walk(
          trial,
          "job",
          switch (from) {
            case "RUNNING" -> List.of("RUNNING");
            case "SUCCEEDED", "FAILED" -> List.of("RUNNING", from);
            case "CANCELLED" -> List.of("CANCELLED");
            default -> List.of();
          });
      if (JOB.contains(from + " " + to)) {
        move(trial, "job", to);
      } else {
        assertThat(trial.refusal(sql("job", to)).constraint()).isEqualTo("jobs_transition");
      }
    });
  }

  @Test
  @Tag("EP-013")
  @Tag("EP-014")
  void projects_begin_as_drafts_and_jobs_in_the_queue() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial
                  .refusal(
                      "insert into projects (user_id, title, config, status)"
                          + " values ('user-a', 'x', '{}', 'COMPLETED')")
                  .constraint())
          .isEqualTo("projects_transition");
      assertThat(
              trial
                  .refusal(
                      "insert into jobs (project_id, config, status, started_at)"
                          + " values ('project-a', '{}', 'RUNNING', now())")
                  .constraint())
          .isEqualTo("jobs_transition");
    });
  }

  @Test
  @Tag("EP-014")
  void the_times_of_a_job_follow_its_status() {
    String times =
        "select concat_ws(' ', attempts, started_at is not null, finished_at is not null)"
            + " from jobs where id = 'job-a'";
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.value(times)).isEqualTo("0 f f");
      move(trial, "job", "RUNNING");
      assertThat(trial.value(times)).isEqualTo("1 t f");
      move(trial, "job", "FAILED");
      assertThat(trial.value(times)).isEqualTo("1 t t");
      move(trial, "job", "QUEUED");
      assertThat(trial.value(times)).isEqualTo("1 f f");
      move(trial, "job", "CANCELLED");
      assertThat(trial.value(times)).isEqualTo("1 f t");
    });
  }

  @Test
  @Tag("EP-014")
  void a_job_is_tried_three_times() {
    trials.each(trial -> {
      Scene.arrange(trial);
      walk(trial, "job", List.of("RUNNING", "FAILED", "QUEUED", "RUNNING", "FAILED", "QUEUED"));
      walk(trial, "job", List.of("RUNNING", "FAILED"));
      assertThat(trial.refusal(sql("job", "QUEUED")).constraint()).isEqualTo("jobs_attempts_left");
    });
  }

  @Test
  @Tag("EP-056")
  void jobs_of_premium_users_stand_before_those_of_users() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update users set role = 'PREMIUM' where id = 'user-b'");
      trial.asCaller("user-b", "PREMIUM");
      trial.run("insert into jobs (project_id, config) values ('project-b', '{\"late\": true}')");
      trial.asSystem();
      assertThat(
              trial.column(
                  "select project_id from jobs where status = 'QUEUED' and project_id <>"
                      + " 'demo-project' order by priority desc, created_at, id limit 1"))
          .containsExactly("project-b");
    });
  }

  @Test
  @Tag("EP-055")
  void users_cancel_and_repeat_jobs_but_do_not_run_them() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      assertThat(trial.refusal(sql("job", "RUNNING")).constraint()).isEqualTo("jobs_workers_only");
      assertThat(
              trial
                  .refusal(
                      "insert into jobs (project_id, config, priority) values ('project-a', '{}', 99)")
                  .state())
          .isEqualTo("42501");
      move(trial, "job", "CANCELLED");
    });
  }
}
