package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;

/** AudioTricks on stage. */
final class Theatre {

  static final String PASSWORD = "Correct-horse-7";

  private Theatre() {}

  static Stage open(PostgresDatabase database, Path folder) throws Exception {
    InstalledProject project =
        InstalledProject.migrated(database, "audiotricks", Path.of("").toAbsolutePath());
    return new Stage(project, new AudioTricks(), folder);
  }

  static String account(String name) {
    return account(name + "@example.com", name, PASSWORD);
  }

  static String account(String email, String username, String password) {
    return "{\"email\": \"%s\", \"username\": \"%s\", \"password\": \"%s\"}"
        .formatted(email, username, password);
  }

  /** Registers somebody and gives the user's id. */
  static String register(Stage stage, String name) throws Exception {
    Stage.Answer answer = stage.nobody().ask("POST", "/api/auth/register", account(name));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().at("/user/id").asString();
  }

  static Stage.Answer login(Stage stage, String who, String password) throws Exception {
    return stage
        .nobody()
        .ask(
            "POST",
            "/api/auth/login",
            "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(who, password));
  }

  /** Registers somebody, signs in and gives the token. */
  static String token(Stage stage, String name) throws Exception {
    register(stage, name);
    Stage.Answer answer = login(stage, name + "@example.com", PASSWORD);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("token").asString();
  }
}
