package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.Theatre.data;
import static dev.undercroft.apps.epic.Theatre.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The queue of jobs, from both ends: users queue, cancel and repeat, workers run. */
@DatabaseTest
class JobQueueTest {

  private static final String CLAIM = "/api/v1/worker/jobs/claim";
  private static final String COST =
      """
      {"llm_cost": 0.01, "image_cost": 0.04, "tts_cost": 0.001, "render_cost": 0.5,
       "total": 0.551, "currency": "USD", "breakdown": [{"what": "image", "cost": 0.04}]}
      """;

  @TempDir Path folder;

  /** Users of a role, each with one job: job-NAME-1 is older than job-NAME-2. */
  private static void queue(PostgresDatabase database, String name, String role, int count)
      throws Exception {
    database.execute(
        ("insert into users (id, email, role) values ('%1$s', '%1$s@example.org', '%2$s');"
                + " insert into projects (id, user_id, title, config)"
                + " select 'project-%1$s-' || n, '%1$s', 'x', '{}' from generate_series(1, %3$d) n;"
                + " update projects set status = 'READY' where user_id = '%1$s';"
                + " insert into jobs (id, project_id, config, created_at)"
                + " select 'job-%1$s-' || n, 'project-%1$s-' || n, '{}',"
                + " now() - interval '1 hour' + n * interval '1 second'"
                + " from generate_series(1, %3$d) n")
            .formatted(name, role, count));
  }

  private static void empty(PostgresDatabase database) throws Exception {
    database.execute("delete from jobs");
  }

  private static JsonNode claim(Stage stage) throws Exception {
    return data(stage.operator().ask("POST", CLAIM), 200);
  }

  private static Stage.Answer finish(Stage stage, String job, int attempt) throws Exception {
    return stage
        .operator()
        .ask(
            "POST",
            "/api/v1/worker/jobs/" + job + "/succeed",
            "{\"attempt\": %d, \"cost\": %s}".formatted(attempt, COST));
  }

  private static Stage.Answer fail(Stage stage, String job, int attempt, boolean retryable)
      throws Exception {
    return stage
        .operator()
        .ask(
            "POST",
            "/api/v1/worker/jobs/" + job + "/fail",
            "{\"attempt\": %d, \"code\": \"SPEECH\", \"message\": \"no voice\", \"retryable\": %s}"
                .formatted(attempt, retryable));
  }

  @EachServer
  @Tag("EP-056")
  void premium_and_admin_come_before_users_and_the_oldest_first(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      queue(database, "u", "USER", 2);
      queue(database, "p", "PREMIUM", 2);
      queue(database, "a", "ADMIN", 1);
      List<String> order = new ArrayList<>();
      for (JsonNode next = claim(stage); !next.isEmpty(); next = claim(stage)) {
        order.addAll(ids(next));
      }
      assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("job-p-1", "job-p-2", "job-a-1");
      assertThat(order.indexOf("job-p-1")).isLessThan(order.indexOf("job-p-2"));
      assertThat(order.subList(3, 5)).containsExactly("job-u-1", "job-u-2");
    }
  }

  @EachServer
  @Tag("EP-014")
  @Tag("EP-060")
  void workers_at_once_never_get_the_same_job(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        var threads = Executors.newFixedThreadPool(6)) {
      empty(database);
      queue(database, "u", "USER", 40);
      List<Callable<List<String>>> workers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int most = 1 + i % 3;
        workers.add(() -> {
          List<String> mine = new ArrayList<>();
          for (JsonNode next = take(stage, most); !next.isEmpty(); next = take(stage, most)) {
            mine.addAll(ids(next));
          }
          return mine;
        });
      }
      List<String> all = new ArrayList<>();
      for (Future<List<String>> one : threads.invokeAll(workers)) {
        all.addAll(one.get());
      }
      assertThat(all).hasSize(40).doesNotHaveDuplicates();
      assertThat(database.value("select min(attempts) || '-' || max(attempts) from jobs"))
          .isEqualTo("1-1");
    }
  }

  private static JsonNode take(Stage stage, int most) throws Exception {
    return data(stage.operator().ask("POST", CLAIM + "?limit=" + most), 200);
  }

  @EachServer
  @Tag("EP-060")
  void a_job_that_somebody_is_taking_is_passed_over_without_waiting(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder);
        Connection other = database.connect();
        Statement statement = other.createStatement()) {
      empty(database);
      queue(database, "u", "USER", 2);
      other.setAutoCommit(false);
      statement.execute("select from jobs where id = 'job-u-1' for update");
      assertThat(ids(claim(stage))).containsExactly("job-u-2");
      other.rollback();
      assertThat(ids(claim(stage))).containsExactly("job-u-1");
    }
  }

  @EachServer
  @Tag("EP-013")
  @Tag("EP-014")
  void a_project_follows_its_job_to_the_end(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      Theatre.Person ann = Theatre.person(stage, "ann");
      String job = ann.job("Sea");
      String project =
          Theatre.PROJECTS + "/" + ann.get("/api/v1/jobs/" + job).get("projectId").asString();
      JsonNode taken = claim(stage).get(0);
      assertThat(taken.get("status").asString()).isEqualTo("RUNNING");
      assertThat(taken.get("attempts").asInt()).isEqualTo(1);
      assertThat(taken.at("/costEstimate/currency").asString()).isEqualTo("USD");
      assertThat(ann.get(project).at("/project/status").asString()).isEqualTo("PROCESSING");
      JsonNode done = data(finish(stage, job, 1), 200);
      assertThat(done.get("status").asString()).isEqualTo("SUCCEEDED");
      assertThat(done.at("/costActual/total").asDouble()).isEqualTo(0.551);
      assertThat(done.get("finishedAt").asString()).isNotEmpty();
      assertThat(ann.get(project).at("/project/status").asString()).isEqualTo("COMPLETED");
      assertThat(finish(stage, job, 1).status()).isEqualTo(409);
      assertThat(ann.status("POST", "/api/v1/jobs/" + job + "/retry")).isEqualTo(409);
      assertThat(ann.status("POST", "/api/v1/jobs/" + job + "/cancel")).isEqualTo(409);
    }
  }

  @EachServer
  @Tag("EP-014")
  void a_failing_job_is_tried_three_times(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      queue(database, "u", "USER", 1);
      for (int attempt = 1; attempt <= 2; attempt++) {
        assertThat(claim(stage).at("/0/attempts").asInt()).isEqualTo(attempt);
        JsonNode failed = data(fail(stage, "job-u-1", attempt, true), 200);
        assertThat(failed.get("status").asString()).isEqualTo("QUEUED");
        assertThat(failed.at("/errorDetail/code").asString()).isEqualTo("SPEECH");
      }
      claim(stage);
      assertThat(data(fail(stage, "job-u-1", 3, true), 200).get("status").asString())
          .isEqualTo("FAILED");
      assertThat(database.value("select status from projects where id = 'project-u-1'"))
          .isEqualTo("FAILED");
      var owner = stage.as("u", "USER");
      Stage.Answer again = owner.ask("POST", "/api/v1/jobs/job-u-1/retry");
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.code()).isEqualTo("EPIC_JOB_ATTEMPTS");
    }
  }

  @EachServer
  @Tag("EP-014")
  void what_cannot_succeed_is_not_tried_again_but_by_its_user(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      queue(database, "u", "USER", 1);
      claim(stage);
      assertThat(data(fail(stage, "job-u-1", 1, false), 200).get("status").asString())
          .isEqualTo("FAILED");
      assertThat(claim(stage)).isEmpty();
      var owner = stage.as("u", "USER");
      assertThat(owner.ask("POST", "/api/v1/jobs/job-u-1/retry").status()).isEqualTo(200);
      assertThat(database.value("select status from projects where id = 'project-u-1'"))
          .isEqualTo("READY");
      assertThat(claim(stage).at("/0/attempts").asInt()).isEqualTo(2);
    }
  }

  @EachServer
  @Tag("EP-014")
  void a_silent_worker_loses_its_job_after_300_seconds_and_reports_in_vain(
      PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      queue(database, "u", "USER", 1);
      assertThat(ids(claim(stage))).containsExactly("job-u-1");
      JobQueue before = queueIn(stage, Duration.ofSeconds(295));
      JobQueue after = queueIn(stage, Duration.ofSeconds(305));
      assertThat(before.claim(1)).isEmpty();
      List<Views.Job> second = after.claim(1);
      assertThat(second).extracting(Views.Job::attempts).containsExactly(2);
      assertThat(second.getFirst().errorDetail().orElseThrow()).containsEntry("code", "TIMEOUT");
      assertThat(finish(stage, "job-u-1", 1).status()).isEqualTo(409);
      assertThat(fail(stage, "job-u-1", 1, false).status()).isEqualTo(409);
      assertThat(database.value("select status from jobs")).isEqualTo("RUNNING");
      assertThat(finish(stage, "job-u-1", 2).status()).isEqualTo(200);
    }
  }

  private static JobQueue queueIn(Stage stage, Duration later) {
    return new JobQueue(stage.data(), () -> Instant.now().plus(later));
  }

  @EachServer
  @Tag("EP-014")
  void cancelling_takes_a_job_from_its_worker(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      queue(database, "u", "USER", 1);
      claim(stage);
      var owner = stage.as("u", "USER");
      assertThat(owner.ask("POST", "/api/v1/jobs/job-u-1/cancel").status()).isEqualTo(200);
      assertThat(owner.ask("POST", "/api/v1/jobs/job-u-1/cancel").status()).isEqualTo(200);
      assertThat(database.value("select status from projects where id = 'project-u-1'"))
          .isEqualTo("FAILED");
      assertThat(finish(stage, "job-u-1", 1).status()).isEqualTo(409);
      assertThat(fail(stage, "job-u-1", 1, true).status()).isEqualTo(409);
      assertThat(database.value("select status from jobs")).isEqualTo("CANCELLED");
    }
  }

  @EachServer
  void reports_of_another_shape_are_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      empty(database);
      queue(database, "u", "USER", 1);
      claim(stage);
      String path = "/api/v1/worker/jobs/job-u-1";
      for (String bad :
          List.of(
              "{\"attempt\": 1}",
              "{\"attempt\": 1, \"cost\": {}}",
              "{\"attempt\": 1, \"cost\": " + COST.replace("0.551", "-1") + "}",
              "{\"attempt\": 1, \"cost\": " + COST.replace("USD", "EUR") + "}",
              "{\"attempt\": \"1\", \"cost\": " + COST + "}")) {
        Stage.Answer answer = stage.operator().ask("POST", path + "/succeed", bad);
        assertThat(answer.status()).as(bad).isEqualTo(400);
      }
      assertThat(finish(stage, "none", 1).status()).isEqualTo(404);
      assertThat(stage.operator().ask("POST", CLAIM + "?limit=11").status()).isEqualTo(400);
    }
  }
}
