package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Epic Auto Video Machine on stage. */
final class Theatre {

  static final String PROJECTS = "/api/v1/projects";
  static final String DEMO = "demo-user-id";
  static final String TEXT = "A lighthouse stands at the edge of the sea, and nobody lights it.";

  private Theatre() {}

  static Stage open(PostgresDatabase database, Path folder) throws Exception {
    InstalledProject project =
        InstalledProject.migrated(database, "epic", Path.of("").toAbsolutePath());
    return new Stage(project, new Epic(), folder);
  }

  /** Signs somebody in by a letter and gives the answer. */
  static Stage.Answer enter(Stage stage, String email) throws Exception {
    Stage.Answer asked =
        stage.nobody().ask("POST", "/api/auth/email", "{\"email\": \"%s\"}".formatted(email));
    assertThat(asked.status()).as(asked.body()).isEqualTo(200);
    return enter(stage, email, code(stage));
  }

  static Stage.Answer enter(Stage stage, String email, String code) throws Exception {
    return stage
        .nobody()
        .ask(
            "POST",
            "/api/auth/session",
            "{\"email\": \"%s\", \"token\": \"%s\"}".formatted(email, code));
  }

  /** The code in the last letter. */
  static String code(Stage stage) {
    return stage.letters().getLast().text().strip().lines().toList().getLast();
  }

  /** Signs somebody in. */
  static Person person(Stage stage, String name) throws Exception {
    Stage.Answer answer = enter(stage, name + "@example.com");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    String token = answer.json().get("token").asString();
    return new Person(answer.json().get("userId").asString(), stage.bearer(token));
  }

  /** Somebody who has signed in. */
  record Person(String id, Stage.Voice voice) {

    JsonNode get(String path) throws Exception {
      return data(voice.ask("GET", path), 200);
    }

    JsonNode post(String path, String json) throws Exception {
      return data(voice.ask("POST", path, json), 201);
    }

    int status(String method, String path, String json) throws Exception {
      return voice.ask(method, path, json).status();
    }

    int status(String method, String path) throws Exception {
      return voice.ask(method, path).status();
    }

    /** Makes a project and gives its id. */
    String project(String title) throws Exception {
      return post(PROJECTS, "{\"title\": \"%s\"}".formatted(title)).get("id").asString();
    }

    /** Makes a project that is ready, queues its job, and gives the job's id. */
    String job(String title) throws Exception {
      String project = project(title);
      String path = PROJECTS + "/" + project;
      data(voice.ask("PATCH", path, "{\"status\": \"READY\"}"), 200);
      return data(voice.ask("POST", path + "/jobs"), 201).get("id").asString();
    }

    String image(String uri) throws Exception {
      return post("/api/v1/assets", "{\"type\": \"IMAGE\", \"uri\": \"%s\"}".formatted(uri))
          .get("id")
          .asString();
    }
  }

  static JsonNode data(Stage.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().get("success").asBoolean()).isTrue();
    return answer.json().get("data");
  }

  static List<String> ids(JsonNode list) {
    return list.valueStream().map(one -> one.get("id").asString()).toList();
  }

  static String scenes(String... texts) {
    return "{\"scenes\": ["
        + String.join(
            ", ", List.of(texts).stream().map(text -> "{\"text\": \"" + text + "\"}").toList())
        + "]}";
  }

  /** Makes somebody an administrator or a PREMIUM user. */
  static void promote(PostgresDatabase database, Person person, String role) throws Exception {
    database.execute("update users set role = '%s' where id = '%s'".formatted(role, person.id()));
  }
}
