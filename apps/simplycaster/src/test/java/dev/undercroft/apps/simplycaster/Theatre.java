package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;

/** SimplyCaster on stage, with the administrator of the seeds and two hosts. */
final class Theatre {

  private Theatre() {}

  static InstalledProject install(PostgresDatabase database) throws Exception {
    InstalledProject project =
        InstalledProject.migrated(database, "simplycaster", Path.of("").toAbsolutePath());
    database.execute(
        "insert into users (id, email) values ('%s', 'a@example.com'), ('%s', 'b@example.com')"
            .formatted(Scene.HOST_A, Scene.HOST_B));
    return project;
  }

  static Stage open(PostgresDatabase database, Path folder) throws Exception {
    return new Stage(install(database), new SimplyCaster(), folder);
  }

  /** Asks as an operator on behalf of a host. */
  static Answer host(Stage stage, String host, String request, String... json) throws Exception {
    return ask(stage.as(host, "host"), request, json);
  }

  /** Asks as an operator on behalf of the administrator. */
  static Answer admin(Stage stage, String request, String... json) throws Exception {
    return ask(stage.as(Scene.ADMIN, "admin"), request, json);
  }

  /** Asks: method, blank, path; and a body if there is one. */
  static Answer ask(Stage.Voice voice, String request, String... json) throws Exception {
    String[] words = request.split(" ", 2);
    return voice.ask(words[0], words[1], json.length == 0 ? null : json[0]);
  }

  static Answer done(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }

  static void refused(Answer answer, int status, String code) {
    assertThat(answer.status() + " " + answer.code())
        .as(answer.body())
        .isEqualTo(status + " " + code);
  }

  static String id(Answer answer) {
    return done(answer).json().get("id").asString();
  }

  /** An episode as it is sent. */
  static String episode(String title) {
    return ("{\"title\": \"%s\", \"description\": \"About <it> & more ]]>\", \"audioFilePath\":"
            + " \"out/number one.mp3\", \"audioSizeBytes\": 1234, \"durationSeconds\": 61,"
            + " \"episodeNumber\": 7, \"seasonNumber\": 2, \"explicit\": true}")
        .formatted(title);
  }
}
