package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.ask;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.id;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Episodes over HTTP. */
@DatabaseTest
class EpisodeServicesTest {

  private final PostgresDatabase database;
  private final Stage stage;

  EpisodeServicesTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private String draft(String title) throws Exception {
    return id(admin(stage, "POST /episodes", Theatre.episode(title)));
  }

  private String published(String title) throws Exception {
    String id = draft(title);
    done(admin(stage, "POST /episodes/" + id + "/publish"));
    return id;
  }

  private static List<String> titles(Answer answer) {
    return done(answer)
        .json()
        .get("episodes")
        .valueStream()
        .map(episode -> episode.get("title").asString())
        .toList();
  }

  @Test
  @Tag("SC-060")
  @Tag("SC-061")
  @Tag("SC-013")
  void published_episodes_for_everyone_and_drafts_for_administrators() throws Exception {
    published("First");
    published("Second");
    draft("Draft");
    String gone = published("Gone");
    String withdrawn = published("Withdrawn");
    done(admin(stage, "DELETE /episodes/" + gone));
    done(admin(stage, "POST /episodes/" + withdrawn + "/withdraw"));
    assertThat(titles(ask(stage.nobody(), "GET /episodes"))).containsExactly("Second", "First");
    assertThat(titles(admin(stage, "GET /episodes/all")))
        .containsExactly("Withdrawn", "Draft", "Second", "First");
    refused(host(stage, Scene.HOST_A, "GET /episodes/all"), 403, "SIMPLYCASTER_FORBIDDEN");
    assertThat(ask(stage.nobody(), "GET /episodes/" + withdrawn).status()).isEqualTo(404);
    assertThat(ask(stage.nobody(), "GET /episodes/" + gone).status()).isEqualTo(404);
    assertThat(admin(stage, "GET /episodes/" + gone).status()).isEqualTo(404);
    assertThat(database.value("select count(*) from feed_episodes")).isEqualTo("5");
  }

  @Test
  void only_administrators_make_and_change_episodes() throws Exception {
    String id = published("First");
    refused(
        host(stage, Scene.HOST_A, "POST /episodes", Theatre.episode("x")),
        403,
        "SIMPLYCASTER_FORBIDDEN");
    for (String request :
        List.of(
            "POST /episodes/" + id + "/publish",
            "POST /episodes/" + id + "/withdraw",
            "DELETE /episodes/" + id)) {
      refused(host(stage, Scene.HOST_A, request), 403, "SIMPLYCASTER_FORBIDDEN");
    }
    refused(
        admin(stage, "POST /episodes", Theatre.episode("First")), 409, "SIMPLYCASTER_SLUG_TAKEN");
    Answer wrong =
        admin(
            stage,
            "POST /episodes",
            "{\"title\": \"\", \"audioFilePath\": \"\", \"audioSizeBytes\": 0, \"durationSeconds\":"
                + " 0, \"slug\": \"-\", \"episodeNumber\": 0}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains(
            "/title",
            "/audioFilePath",
            "/audioSizeBytes",
            "/durationSeconds",
            "/slug",
            "/episodeNumber");
    Answer edited = done(admin(stage, "PUT /episodes/" + id, Theatre.episode("Renamed")));
    assertThat(edited.json().get("title").asString()).isEqualTo("Renamed");
    assertThat(edited.json().get("isPublished").asBoolean()).isTrue();
  }

  @Test
  void an_episode_that_is_published_again_keeps_its_time() throws Exception {
    String id = published("First");
    String time = admin(stage, "GET /episodes/" + id).json().get("publishedAt").asString();
    done(admin(stage, "POST /episodes/" + id + "/withdraw"));
    Answer again = done(admin(stage, "POST /episodes/" + id + "/publish"));
    assertThat(again.json().get("publishedAt").asString()).isEqualTo(time);
  }
}
