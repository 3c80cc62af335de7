package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** CodePal on stage, with people who have an account. */
final class Theatre {

  static final String PASSWORD = "correct-horse-7";

  /** People by id; the boss is an administrator of the application. */
  static final List<String> PEOPLE =
      List.of("owner", "admin", "developer", "viewer", "stranger", "boss", "spare", "newcomer");

  private Theatre() {}

  static Stage open(PostgresDatabase database, Path folder) throws Exception {
    InstalledProject project =
        InstalledProject.migrated(database, "codepal", Path.of("").toAbsolutePath());
    for (String person : PEOPLE) {
      database.execute(
          "insert into users (id, name, email, email_verified, role) values ('%1$s', '%1$s',"
                  .formatted(person)
              + " '%s@people.example', now(), '%s')"
                  .formatted(person, person.equals("boss") ? "admin" : "user"));
    }
    return new Stage(project, new CodePal(), folder);
  }

  /** The person's requests. */
  static Stage.Voice as(Stage stage, String person) {
    return stage.as(person, person.equals("boss") ? "admin" : "user");
  }

  /** A project of the owner with an admin, a developer, a viewer and a spare viewer. */
  static void project(PostgresDatabase database, String id) throws SQLException {
    database.execute(
        "insert into projects (id, name, owner_id) values ('%s', 'Lantern', 'owner')".formatted(id),
        ("insert into project_members (project_id, user_id, role) values ('%1$s', 'admin', 'ADMIN'),"
                + " ('%1$s', 'developer', 'DEVELOPER'), ('%1$s', 'viewer', 'VIEWER'),"
                + " ('%1$s', 'spare', 'VIEWER')")
            .formatted(id),
        ("insert into project_files (project_id, path, name, content) values"
                + " ('%1$s', 'README.md', 'README.md', E'one\\ntwo\\n'),"
                + " ('%1$s', 'src/Main.java', 'Main.java', 'void main() {}')")
            .formatted(id));
  }

  static String account(String email) {
    return "{\"email\": \"%s\", \"password\": \"%s\", \"name\": \"Ann\"}"
        .formatted(email, PASSWORD);
  }

  static String credentials(String email, String password) {
    return "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password);
  }

  /** Registers somebody and gives the id. */
  static String register(Stage stage, String email) throws Exception {
    Stage.Answer answer = stage.nobody().ask("POST", "/code/register", account(email));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().get("id").asString();
  }

  static Stage.Answer login(Stage stage, String email, String password) throws Exception {
    return stage.nobody().ask("POST", "/code/login", credentials(email, password));
  }

  /** Signs in and gives the answer. */
  static Stage.Answer enter(Stage stage, String email) throws Exception {
    Stage.Answer answer = login(stage, email, PASSWORD);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  /** Registers somebody, signs in and gives the access token. */
  static String token(Stage stage, String email) throws Exception {
    register(stage, email);
    return enter(stage, email).json().get("accessToken").asString();
  }
}
