package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.Theatre.PROJECTS;
import static dev.undercroft.apps.epic.Theatre.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Events;
import dev.undercroft.stage.Events.Event;
import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a job goes on reaches its owner, also when a worker moves it. */
@DatabaseTest
class JobNewsTest {

  private static final String CLAIM = "/api/v1/worker/jobs/claim";

  @TempDir Path folder;

  private static String status(Event event) {
    return event.name() + " " + event.data().get("status").asString();
  }

  @Test
  void a_stream_ends_with_the_session_of_who_follows(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person anna = Theatre.person(stage, "anna");
      String path = PROJECTS + "/" + anna.project("The lighthouse");
      try (Events events = anna.voice().follow(path + "/events")) {
        assertThat(events.next().name()).isEqualTo("ready");
        assertThat(anna.status("DELETE", "/api/auth/session")).isEqualTo(200);
        assertThat(events.endsSilently()).isTrue();
      }
    }
  }

  @Test
  void the_owner_alone_hears_how_a_job_goes_on(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute("delete from jobs");
      Theatre.Person anna = Theatre.person(stage, "anna");
      Theatre.Person mallory = Theatre.person(stage, "mallory");
      String project = anna.project("The lighthouse");
      String path = PROJECTS + "/" + project;
      assertThat(mallory.status("GET", path + "/events")).isEqualTo(404);
      assertThat(stage.nobody().ask("GET", path + "/events").status()).isEqualTo(401);
      data(anna.voice().ask("PATCH", path, "{\"status\": \"READY\"}"), 200);
      try (Events events = anna.voice().follow(path + "/events")) {
        assertThat(events.next().name()).isEqualTo("ready");
        String job = data(anna.voice().ask("POST", path + "/jobs"), 201).get("id").asString();
        Event queued = events.next();
        assertThat(status(queued)).isEqualTo("job QUEUED");
        assertThat(queued.data().get("id").asString()).isEqualTo(job);
        data(stage.operator().ask("POST", CLAIM), 200);
        assertThat(status(events.next())).isEqualTo("job RUNNING");
        data(
            stage
                .operator()
                .ask(
                    "POST",
                    "/api/v1/worker/jobs/" + job + "/fail",
                    "{\"attempt\": 1, \"code\": \"SPEECH\", \"message\": \"no voice\","
                        + " \"retryable\": true}"),
            200);
        assertThat(status(events.next())).isEqualTo("job QUEUED");
        data(anna.voice().ask("POST", "/api/v1/jobs/" + job + "/cancel"), 200);
        assertThat(status(events.next())).isEqualTo("job CANCELLED");
      }
    }
  }
}
