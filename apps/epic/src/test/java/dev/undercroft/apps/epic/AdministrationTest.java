package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.Theatre.PROJECTS;
import static dev.undercroft.apps.epic.Theatre.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What administrators see and do, and what is written down about it. */
@DatabaseTest
class AdministrationTest {

  private static final String USERS = "/api/v1/admin/users";

  @TempDir Path folder;

  private static Theatre.Person admin(Stage stage, PostgresDatabase database) throws Exception {
    Theatre.Person admin = Theatre.person(stage, "root");
    Theatre.promote(database, admin, "ADMIN");
    return admin;
  }

  private static String reads(PostgresDatabase database, Theatre.Person admin) throws Exception {
    return database.value(
        "select coalesce(string_agg(entity || ':' || coalesce(entity_id, '') || ':' || actor_role,"
            + " ' ' order by id), '') from audit_log where action = 'ADMIN_READ' and user_id = '"
            + admin.id()
            + "'");
  }

  @EachServer
  @Tag("EP-021")
  @Tag("EP-057")
  void administrators_see_all_users_and_every_look_is_recorded(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person admin = admin(stage, database);
      Theatre.Person ann = Theatre.person(stage, "ann");
      ann.project("Sea");
      assertThat(ids(admin.get(USERS))).contains(ann.id(), admin.id(), Theatre.DEMO);
      assertThat(ids(admin.get(USERS + "?role=ADMIN"))).containsExactly(admin.id());
      assertThat(admin.voice().ask("GET", USERS + "?limit=1").json().get("total").asInt())
          .isEqualTo(3);
      JsonNode detail = admin.get(USERS + "/" + ann.id());
      assertThat(detail.at("/profile/email").asString()).isEqualTo("ann@example.com");
      assertThat(detail.at("/counts/totalProjects").asInt()).isEqualTo(1);
      assertThat(detail.at("/counts/projectsToday").asInt()).isEqualTo(1);
      assertThat(admin.get("/api/v1/admin/projects?user=" + ann.id())).hasSize(1);
      assertThat(reads(database, admin))
          .isEqualTo(
              "users::ADMIN users::ADMIN users::ADMIN users:%s:ADMIN projects::ADMIN"
                  .formatted(ann.id()));
      assertThat(admin.status("GET", USERS + "/nobody")).isEqualTo(404);
    }
  }

  @EachServer
  @Tag("EP-057")
  void a_role_is_given_by_administrators_alone_and_counts_at_once(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person admin = admin(stage, database);
      Theatre.Person ann = Theatre.person(stage, "ann");
      String path = USERS + "/" + ann.id();
      assertThat(admin.status("PATCH", path, "{\"role\": \"ADMIN\"}")).isEqualTo(200);
      assertThat(ann.status("GET", USERS)).isEqualTo(200);
      assertThat(ann.status("PATCH", USERS + "/" + admin.id(), "{\"role\": \"USER\"}"))
          .isEqualTo(200);
      assertThat(admin.status("GET", USERS)).isEqualTo(403);
      assertThat(ann.status("PATCH", path, "{\"role\": \"USER\"}")).isEqualTo(409);
      assertThat(ann.status("PATCH", USERS + "/nobody", "{\"role\": \"USER\"}")).isEqualTo(404);
      for (String bad : new String[] {"{}", "{\"role\": \"ROOT\"}", "{\"role\": null}"}) {
        assertThat(ann.status("PATCH", USERS + "/" + admin.id(), bad)).isEqualTo(400);
      }
      assertThat(
              database.value(
                  "select string_agg(user_id || ' ' || (new_values ->> 'role'), ', ' order by id)"
                      + " from audit_log where action = 'ROLE_CHANGE' and user_id is not null"))
          .isEqualTo("%s ADMIN, %s USER".formatted(admin.id(), ann.id()));
    }
  }

  @EachServer
  @Tag("EP-019")
  @Tag("EP-057")
  void a_deleted_project_is_listed_and_restored_until_it_is_purged(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person admin = admin(stage, database);
      Theatre.Person ann = Theatre.person(stage, "ann");
      String project = ann.project("Sea");
      ann.status("DELETE", PROJECTS + "/" + project);
      assertThat(ids(admin.get("/api/v1/admin/projects?deleted=true"))).containsExactly(project);
      assertThat(admin.get(USERS + "/" + ann.id()).at("/deletedProjects/0/title").asString())
          .isEqualTo("Sea");
      String restore = "/api/v1/admin/projects/" + project + "/restore";
      assertThat(ann.status("POST", restore)).isEqualTo(403);
      assertThat(admin.status("POST", restore)).isEqualTo(200);
      assertThat(ann.status("GET", PROJECTS + "/" + project)).isEqualTo(200);
      assertThat(admin.status("POST", restore)).isEqualTo(404);
      ann.status("DELETE", PROJECTS + "/" + project);
      age(database, "29 days", project);
      assertThat(stage.doChores()).hasSize(1);
      assertThat(ids(admin.get("/api/v1/admin/projects?deleted=true"))).containsExactly(project);
      age(database, "31 days", project);
      assertThat(stage.doChores()).hasSize(1);
      assertThat(admin.get("/api/v1/admin/projects?deleted=true")).isEmpty();
      assertThat(admin.status("POST", restore)).isEqualTo(404);
    }
  }

  private static void age(PostgresDatabase database, String age, String project) throws Exception {
    database.execute(
        "update projects set deleted_at = now() - interval '%s' where id = '%s'"
            .formatted(age, project));
  }

  @EachServer
  @Tag("EP-021")
  void every_change_of_a_user_is_in_the_log_with_who_made_it(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String project = ann.project("Sea");
      String path = PROJECTS + "/" + project;
      ann.voice().ask("PATCH", path, "{\"title\": \"Lake\"}");
      ann.voice().ask("PUT", path + "/scenes", Theatre.scenes(Theatre.TEXT));
      ann.voice().ask("DELETE", path);
      assertThat(
              database.column(
                  "select action || ' ' || entity from audit_log where user_id = '"
                      + ann.id()
                      + "' order by id"))
          .containsExactly(
              "CREATE projects", "UPDATE projects", "CREATE scenes", "UPDATE projects");
      assertThat(
              database.value(
                  "select (old_values ->> 'title') || ' to ' || (new_values ->> 'title')"
                      + " from audit_log where entity_id = '"
                      + project
                      + "' and new_values ? 'title' and action = 'UPDATE'"))
          .isEqualTo("Sea to Lake");
    }
  }

  @EachServer
  @Tag("EP-067")
  void metrics_count_in_the_database(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person admin = admin(stage, database);
      stage.takeStatements();
      JsonNode stats = admin.get("/api/metrics");
      assertThat(stage.takeStatements()).filteredOn(sql -> sql.contains("count")).hasSize(1);
      assertThat(stats.get("users").asInt()).isEqualTo(2);
      assertThat(stats.get("projects").asInt()).isEqualTo(1);
      assertThat(stats.get("jobs").asInt()).isEqualTo(1);
      assertThat(stats.get("assets").asInt()).isEqualTo(1);
      assertThat(stats.get("activeJobs").asInt()).isEqualTo(1);
      assertThat(stats.get("timestamp").asString()).endsWith("Z");
    }
  }
}
