package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what in a project, every answer of every operation. */
@DatabaseTest
class PermissionMatrixTest {

  private static final List<String> CALLERS =
      List.of("owner", "admin", "developer", "viewer", "stranger", "boss");

  /** Operation, path below the project, body, and the status for each caller. */
  private static final String ROLES =
      """
      GET    |                        |                            | 200 | 200 | 200 | 200 | 404 | 200
      GET    | /stats                 |                            | 200 | 200 | 200 | 200 | 404 | 403
      GET    | /members               |                            | 200 | 200 | 200 | 200 | 404 | 403
      GET    | /files                 |                            | 200 | 200 | 200 | 200 | 404 | 403
      GET    | /file?path=README.md   |                            | 200 | 200 | 200 | 200 | 404 | 403
      PUT    | /file?path=new.txt     | {"content": "x"}           | 201 | 201 | 201 | 403 | 404 | 403
      PUT    | /file?path=README.md   | {"content": "x"}           | 200 | 200 | 200 | 403 | 404 | 403
      DELETE | /file?path=README.md   |                            | 200 | 200 | 403 | 403 | 404 | 403
      POST   | /members               | {"email": "newcomer@people.example", "role": "VIEWER"} | 201 | 201 | 403 | 403 | 404 | 403
      PUT    | /members/spare         | {"role": "DEVELOPER"}      | 200 | 200 | 403 | 403 | 404 | 403
      DELETE | /members/spare         |                            | 200 | 200 | 403 | 403 | 404 | 403
      PATCH  |                        | {"name": "Torch", "status": "ARCHIVED", "settings": {"language": "java"}} | 200 | 200 | 403 | 403 | 404 | 403
      DELETE |                        |                            | 200 | 200 | 403 | 403 | 404 | 403
      GET    |                        |                            | 404 | 404 | 200 | 200 | 404 | 200
      """;

  /** The permission besides READ that each operation takes. */
  private static final Map<Integer, Permission> TAKES =
      Map.of(
          5, Permission.WRITE,
          6, Permission.WRITE,
          7, Permission.DELETE,
          8, Permission.MANAGE_TEAM,
          11, Permission.MANAGE_SETTINGS);

  @TempDir Path folder;

  private record Operation(String method, String path, String body, List<Integer> statuses) {

    static List<Operation> all() {
      return ROLES.lines().map(Operation::of).toList();
    }

    private static Operation of(String line) {
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
      List<Integer> statuses =
          cells.subList(3, cells.size()).stream().map(Integer::valueOf).toList();
      return new Operation(cells.get(0), cells.get(1), cells.get(2), statuses);
    }

    Stage.Answer by(Stage.Voice voice, String project) throws Exception {
      String at = "/code/projects/" + project + path;
      return body.isEmpty() ? voice.ask(method, at) : voice.ask(method, at, body);
    }
  }

  @Test
  @Tag("CP-013")
  @Tag("CP-135")
  void each_role_may_do_what_its_permissions_say_and_nothing_more(PostgresDatabase database)
      throws Exception {
    SoftAssertions all = new SoftAssertions();
    try (Stage stage = Theatre.open(database, folder)) {
      for (int who = 0; who < CALLERS.size(); who++) {
        String project = "project-of-" + CALLERS.get(who);
        Theatre.project(database, project);
        for (Operation operation : Operation.all()) {
          Stage.Answer answer = operation.by(Theatre.as(stage, CALLERS.get(who)), project);
          all.assertThat(answer.status())
              .as(
                  "%s: %s %s: %s",
                  CALLERS.get(who), operation.method, operation.path, answer.body())
              .isEqualTo(operation.statuses.get(who));
        }
      }
    }
    all.assertAll();
  }

  @Test
  @Tag("CP-135")
  void a_list_of_permissions_counts_instead_of_the_role(PostgresDatabase database)
      throws Exception {
    SoftAssertions all = new SoftAssertions();
    try (Stage stage = Theatre.open(database, folder)) {
      for (Permission listed : Permission.values()) {
        String project = "project-" + listed;
        Theatre.project(database, project);
        database.execute(
            "update project_members set permissions = '[\"READ\", \"%s\"]' where user_id in"
                    .formatted(listed)
                + " ('admin', 'viewer')");
        List<Operation> operations = new ArrayList<>(Operation.all());
        for (String member : List.of("admin", "viewer")) {
          database.execute(
              "delete from project_members where user_id = 'newcomer'",
              "delete from project_files where path = 'new.txt'",
              "insert into project_files (project_id, path, name) values ('%s', 'README.md', 'README.md') on conflict do nothing"
                  .formatted(project));
          for (var one : TAKES.entrySet()) {
            Operation operation = operations.get(one.getKey());
            Stage.Answer answer = operation.by(Theatre.as(stage, member), project);
            all.assertThat(answer.status() < 300)
                .as("%s with %s: %s", member, listed, answer.body())
                .isEqualTo(one.getValue() == listed);
          }
        }
      }
    }
    all.assertAll();
  }

  @Test
  @Tag("CP-135")
  void a_member_without_the_permission_to_read_sees_no_project(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      database.execute("update project_members set permissions = '[]' where user_id = 'developer'");
      Stage.Voice developer = Theatre.as(stage, "developer");
      for (Operation operation : Operation.all()) {
        assertThat(operation.by(developer, "p").status()).isEqualTo(404);
      }
      assertThat(developer.ask("GET", "/code/projects").json().get("projects").size()).isZero();
    }
  }

  @Test
  void nothing_is_open_without_a_token(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      for (Operation operation : Operation.all()) {
        assertThat(operation.by(stage.nobody(), "p").status()).isEqualTo(401);
        assertThat(operation.by(stage.bearer("codepal_live_x"), "p").status()).isEqualTo(401);
      }
      for (String path :
          List.of("/code/me", "/code/sessions", "/code/keys", "/code/users", "/code/audit")) {
        assertThat(stage.nobody().ask("GET", path).status()).as(path).isEqualTo(401);
      }
      assertThat(stage.nobody().ask("POST", "/code/upkeep").status()).isEqualTo(401);
    }
  }

  @Test
  void what_cannot_be_an_id_is_unknown_and_no_statement_is_made(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      stage.takeStatements();
      for (String bad :
          List.of("a%00b", "'%20or%201=1--", "..%2Fp", "%F0%9F%92%A5", "x".repeat(65), "%25")) {
        // A server that refuses an address before its body was read closes the connection.
        for (Operation operation :
            Operation.all().stream().filter(one -> one.body.isEmpty()).toList()) {
          assertThat(operation.by(Theatre.as(stage, "owner"), bad).status())
              .as("%s %s %s", operation.method, bad, operation.path)
              .isIn(400, 404);
        }
      }
      assertThat(stage.takeStatements()).isEmpty();
    }
  }
}
