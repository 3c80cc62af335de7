package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Projects over HTTP. */
@DatabaseTest
class ProjectServiceTest {

  private static final String PROJECTS = "/code/projects";

  @TempDir Path folder;

  private static List<String> ids(Stage.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .get("projects")
        .valueStream()
        .map(project -> project.get("id").asString())
        .toList();
  }

  @Test
  @Tag("CP-012")
  void a_new_project_has_its_owner_as_first_member(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Answer made =
          Theatre.as(stage, "owner")
              .ask(
                  "POST",
                  PROJECTS,
                  """
                  {"name": " Lantern ", "description": "two\\nlines", "template": "web-server",
                   "settings": {"language": "java", "aiEnabled": true}}\
                  """);
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      JsonNode project = made.json();
      assertThat(project.get("name").asString()).isEqualTo("Lantern");
      assertThat(project.get("status").asString()).isEqualTo("ACTIVE");
      assertThat(project.get("ownerId").asString()).isEqualTo("owner");
      assertThat(project.get("role").asString()).isEqualTo("ADMIN");
      assertThat(project.get("permissions")).hasSize(5);
      assertThat(project.at("/settings/language").asString()).isEqualTo("java");
      String at = made.headers().firstValue("Location").orElseThrow();
      assertThat(Theatre.as(stage, "owner").ask("GET", at).json()).isEqualTo(project);
      assertThat(Theatre.as(stage, "stranger").ask("GET", at).status()).isEqualTo(404);
    }
  }

  @Test
  @Tag("CP-012")
  void bad_projects_are_refused_and_nothing_is_smuggled_in(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Voice owner = Theatre.as(stage, "owner");
      stage.takeStatements();
      for (String bad :
          List.of(
              "{}",
              "{\"name\": \"\"}",
              "{\"name\": \"   \"}",
              "{\"name\": \"a\\nb\"}",
              "{\"name\": \"a\\u0000\"}",
              "{\"name\": \"" + "x".repeat(101) + "\"}",
              "{\"name\": \"x\", \"description\": \"" + "x".repeat(2001) + "\"}",
              "{\"name\": \"x\", \"ownerId\": \"stranger\"}",
              "{\"name\": \"x\", \"id\": \"mine\"}",
              "{\"name\": \"x\", \"status\": \"DELETED\"}",
              "{\"name\": \"x\", \"settings\": {\"aiEnabled\": \"yes\"}}",
              "{\"name\": \"x\", \"settings\": {\"unknown\": 1}}",
              "{\"name\": \"x\", \"settings\": []}")) {
        assertThat(owner.ask("POST", PROJECTS, bad).status()).as(bad).isEqualTo(400);
      }
      for (String bad :
          List.of(
              "{\"status\": \"DELETED\"}",
              "{\"ownerId\": \"stranger\"}",
              "{\"createdAt\": \"2026-01-01T00:00:00Z\"}",
              "{\"name\": \"\"}")) {
        assertThat(owner.ask("PATCH", PROJECTS + "/p", bad).status()).as(bad).isEqualTo(400);
      }
      assertThat(stage.takeStatements()).isEmpty();
    }
  }

  @Test
  @Tag("CP-012")
  void what_is_given_changes_and_the_rest_stays(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Stage.Voice owner = Theatre.as(stage, "owner");
      JsonNode made =
          owner
              .ask(
                  "POST",
                  PROJECTS,
                  "{\"name\": \"A\", \"description\": \"B\", \"settings\": {\"language\": \"java\"}}")
              .json();
      String at = PROJECTS + "/" + made.get("id").asString();
      JsonNode one =
          owner
              .ask("PATCH", at, "{\"settings\": {\"aiEnabled\": false}, \"status\": \"ARCHIVED\"}")
              .json();
      assertThat(one.get("name").asString()).isEqualTo("A");
      assertThat(one.get("description").asString()).isEqualTo("B");
      assertThat(one.get("status").asString()).isEqualTo("ARCHIVED");
      assertThat(one.at("/settings/language").asString()).isEqualTo("java");
      assertThat(one.at("/settings/aiEnabled").asBoolean()).isFalse();
      JsonNode two =
          owner
              .ask("PATCH", at, "{\"name\": \"C\", \"description\": \"\", \"status\": \"ACTIVE\"}")
              .json();
      assertThat(two.get("name").asString()).isEqualTo("C");
      assertThat(two.path("description").asString("")).isEmpty();
      assertThat(two.get("status").asString()).isEqualTo("ACTIVE");
      assertThat(owner.ask("PATCH", at, "{}").json().get("name").asString()).isEqualTo("C");
    }
  }

  @Test
  @Tag("CP-012")
  void a_deleted_project_is_gone_for_everybody_and_for_good(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p");
      Stage.Voice owner = Theatre.as(stage, "owner");
      assertThat(owner.ask("DELETE", PROJECTS + "/p").status()).isEqualTo(200);
      for (String person : Theatre.PEOPLE) {
        Stage.Voice voice = Theatre.as(stage, person);
        assertThat(ids(voice.ask("GET", PROJECTS))).doesNotContain("p");
        for (String path : List.of("", "/stats", "/members", "/files", "/file?path=README.md")) {
          assertThat(voice.ask("GET", PROJECTS + "/p" + path).status())
              .as(person + path)
              .isEqualTo(404);
        }
        assertThat(voice.ask("PATCH", PROJECTS + "/p", "{\"status\": \"ACTIVE\"}").status())
            .isEqualTo(404);
        assertThat(voice.ask("DELETE", PROJECTS + "/p/members/" + person).status()).isEqualTo(404);
      }
      assertThat(database.value("select status from projects where id = 'p'")).isEqualTo("DELETED");
    }
  }

  @Test
  @Tag("CP-118")
  void projects_are_listed_by_membership_newest_first_in_pages(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      for (int i = 0; i < 7; i++) {
        Theatre.project(database, "p" + i);
      }
      // Two were made at the same moment.
      database.execute(
          "update projects set created_at = (select created_at from projects where id = 'p3')"
              + " where id = 'p4'",
          "update projects set status = 'ARCHIVED' where id = 'p2'",
          "insert into projects (id, name, owner_id) values ('other', 'Other', 'stranger')");
      Stage.Voice viewer = Theatre.as(stage, "viewer");
      List<String> seen = new ArrayList<>();
      List<String> page = ids(viewer.ask("GET", PROJECTS + "?limit=2"));
      while (!page.isEmpty()) {
        seen.addAll(page);
        page = ids(viewer.ask("GET", PROJECTS + "?limit=2&after=" + seen.getLast()));
      }
      assertThat(seen).containsExactly("p6", "p5", "p4", "p3", "p2", "p1", "p0");
      assertThat(ids(viewer.ask("GET", PROJECTS + "?status=ARCHIVED"))).containsExactly("p2");
      assertThat(ids(viewer.ask("GET", PROJECTS + "?after=other"))).isEmpty();
      assertThat(ids(Theatre.as(stage, "boss").ask("GET", PROJECTS))).isEmpty();
      for (String bad : List.of("limit=0", "limit=201", "status=DELETED", "after=%00", "q=1")) {
        assertThat(viewer.ask("GET", PROJECTS + "?" + bad).status()).as(bad).isEqualTo(400);
      }
    }
  }

  @Test
  @Tag("CP-119")
  @Tag("CP-007")
  void lists_take_as_many_statements_for_many_rows_as_for_one(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.project(database, "p0");
      Stage.Voice owner = Theatre.as(stage, "owner");
      List<String> lists =
          List.of(PROJECTS, PROJECTS + "/p0/members", PROJECTS + "/p0/files", "/code/audit");
      List<Integer> few = new ArrayList<>();
      for (String list : lists) {
        stage.takeStatements();
        owner.ask("GET", list);
        few.add(stage.takeStatements().size());
      }
      for (int i = 1; i < 30; i++) {
        Theatre.project(database, "p" + i);
      }
      database.execute(
          "insert into users (id) select 'u' || n from generate_series(1, 30) n",
          "insert into project_members (project_id, user_id, role) select 'p0', 'u' || n, 'VIEWER'"
              + " from generate_series(1, 30) n",
          "insert into project_files (project_id, path, name) select 'p0', n::text, n::text from"
              + " generate_series(1, 30) n");
      for (int i = 0; i < lists.size(); i++) {
        stage.takeStatements();
        assertThat(owner.ask("GET", lists.get(i)).status()).isEqualTo(200);
        assertThat(stage.takeStatements()).as(lists.get(i)).hasSize(few.get(i));
      }
    }
  }

  @Test
  @Tag("CP-120")
  void a_project_without_its_first_member_is_not_made(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          "create function fail() returns trigger language plpgsql as $$ begin"
              + " raise exception 'no'; end $$",
          "create trigger fail before insert on project_members execute function fail()");
      assertThat(Theatre.as(stage, "owner").ask("POST", PROJECTS, "{\"name\": \"x\"}").status())
          .isGreaterThanOrEqualTo(400);
      assertThat(database.value("select count(*) from projects where owner_id = 'owner'"))
          .isEqualTo("0");
      assertThat(
              database.value(
                  "select count(*) from audit_log where table_name = 'projects' and user_id ="
                      + " 'owner'"))
          .isEqualTo("0");
    }
  }

  @Test
  void a_person_owns_so_many_projects_at_most(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          "insert into projects (id, name, owner_id) select 'q' || n, 'x', 'owner' from"
              + " generate_series(1, %d) n".formatted(Projects.MOST));
      Stage.Voice owner = Theatre.as(stage, "owner");
      Stage.Answer refused = owner.ask("POST", PROJECTS, "{\"name\": \"x\"}");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("CODEPAL_QUOTA");
      assertThat(owner.ask("DELETE", PROJECTS + "/q1").status()).isEqualTo(200);
      assertThat(owner.ask("POST", PROJECTS, "{\"name\": \"x\"}").status()).isEqualTo(201);
    }
  }
}
