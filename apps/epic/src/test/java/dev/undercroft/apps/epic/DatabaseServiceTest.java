package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.stage.Backstage;
import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The operations on the database as a whole, and the handle for one user's rows. */
@DatabaseTest
class DatabaseServiceTest {

  private static final ScopedProjects.Asked ALL = ScopedProjects.Asked.ALL;

  @TempDir Path folder;

  private static Backstage open(PostgresDatabase database) throws Exception {
    return new Backstage(InstalledProject.migrated(database, "epic", Path.of("").toAbsolutePath()));
  }

  private static DatabaseService service(Backstage backstage) {
    return new DatabaseService(backstage.data(), InstantSource.system());
  }

  private static void other(PostgresDatabase database) throws Exception {
    database.execute("insert into users (id, email) values ('other', 'other@example.com')");
  }

  @EachServer
  @Tag("EP-003")
  @Tag("EP-050")
  void the_handle_of_a_user_reaches_the_rows_of_that_user_alone(PostgresDatabase database)
      throws Exception {
    try (Backstage backstage = open(database)) {
      other(database);
      UserScopedClient demo = service(backstage).getUserScopedClient(Theatre.DEMO);
      assertThat(demo.projects().list(ALL).items()).hasSize(1);
      assertThat(demo.projects().count()).isEqualTo(1);
      assertThat(demo.scenes().count()).isEqualTo(3);
      assertThat(demo.jobs().count()).isEqualTo(1);
      assertThat(demo.assets().count()).isEqualTo(1);
      assertThat(demo.presets().count()).isEqualTo(3);
      UserScopedClient other = service(backstage).getUserScopedClient("other");
      Page.Asked page = Page.Asked.FIRST;
      assertThat(other.projects().list(ALL).items()).isEmpty();
      assertThat(other.projects().detail("demo-project")).isEmpty();
      assertThat(other.projects().find("demo-project")).isEmpty();
      assertThat(other.projects().delete("demo-project")).isFalse();
      assertThat(other.projects().count()).isZero();
      assertThat(other.scenes().list("demo-project")).isEmpty();
      assertThat(other.scenes().find("demo-scene-1")).isEmpty();
      assertThat(other.scenes().delete("demo-scene-1")).isFalse();
      assertThat(other.scenes().count()).isZero();
      assertThat(other.jobs().list(page).items()).isEmpty();
      assertThat(other.jobs().find("demo-job")).isEmpty();
      assertThat(other.jobs().cancel("demo-job")).isEmpty();
      assertThat(other.jobs().retry("demo-job")).isEmpty();
      assertThat(other.jobs().count()).isZero();
      assertThat(other.assets().list(page, Optional.empty()).items()).isEmpty();
      assertThat(other.assets().find("demo-asset-1")).isEmpty();
      assertThat(
              other
                  .assets()
                  .update(
                      "demo-asset-1", new ScopedAssets.Change(Optional.empty(), Optional.empty())))
          .isEmpty();
      assertThat(other.assets().delete("demo-asset-1")).isFalse();
      assertThat(other.presets().find("demo-preset-dark-glass")).isEmpty();
      assertThat(other.presets().delete("demo-preset-dark-glass")).isFalse();
      assertThat(other.presets().count()).isZero();
    }
  }

  @EachServer
  @Tag("EP-051")
  void ownership_is_true_for_the_owner_alone(PostgresDatabase database) throws Exception {
    try (Backstage backstage = open(database)) {
      other(database);
      DatabaseService service = service(backstage);
      for (DatabaseService.Kind kind : DatabaseService.Kind.values()) {
        String id =
            switch (kind) {
              case project -> "demo-project";
              case asset -> "demo-asset-1";
              case preset -> "demo-preset-dark-glass";
              case job -> "demo-job";
              case scene -> "demo-scene-1";
            };
        assertThat(service.verifyUserOwnership(Theatre.DEMO, kind, id)).as(id).isTrue();
        assertThat(service.verifyUserOwnership("other", kind, id)).as(id).isFalse();
        assertThat(service.verifyUserOwnership("nobody", kind, id)).as(id).isFalse();
        assertThat(service.verifyUserOwnership(Theatre.DEMO, kind, "none")).isFalse();
      }
      database.execute("drop table scenes");
      assertThatThrownBy(() ->
              service.verifyUserOwnership(Theatre.DEMO, DatabaseService.Kind.scene, "demo-scene-1"))
          .isInstanceOf(ProblemException.class);
    }
  }

  @EachServer
  @Tag("EP-073")
  void cleaning_up_removes_exactly_what_has_expired(PostgresDatabase database) throws Exception {
    try (Backstage backstage = open(database)) {
      database.execute(
          "insert into assets (id, user_id, type, uri, expires_at) values"
              + " ('old', 'demo-user-id', 'IMAGE', 'a', now() - interval '1 second'),"
              + " ('older', 'demo-user-id', 'AUDIO', 'a', now() - interval '1 year'),"
              + " ('later', 'demo-user-id', 'IMAGE', 'a', now() + interval '1 hour'),"
              + " ('never', 'demo-user-id', 'IMAGE', 'a', null)",
          "update scenes set image_asset_id = 'old' where id = 'demo-scene-2'");
      assertThat(service(backstage).cleanupExpiredAssets()).isEqualTo(2);
      assertThat(database.column("select id from assets order by id"))
          .containsExactly("demo-asset-1", "later", "never");
      assertThat(
              database.value("select image_asset_id is null from scenes where id = 'demo-scene-2'"))
          .isEqualTo("t");
      assertThat(service(backstage).cleanupExpiredAssets()).isZero();
      database.execute("drop table assets cascade");
      assertThatThrownBy(() -> service(backstage).cleanupExpiredAssets())
          .isInstanceOf(ProblemException.class);
    }
  }

  @EachServer
  @Tag("EP-022")
  @Tag("EP-076")
  void expired_things_vanish_by_themselves_and_the_last_run_is_told(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String path = "/api/maintenance";
      assertThat(stage.operator().ask("GET", path).json().has("last")).isFalse();
      Theatre.Person ann = Theatre.person(stage, "ann");
      String image = ann.image("a.png");
      database.execute(
          "update assets set expires_at = now() - interval '1 second' where id = '" + image + "'",
          "update sessions set expires = now() - interval '1 second'");
      assertThat(stage.doChores())
          .containsExactly(Map.of("assets", 1, "sessions", 1, "purged", 0, "jobs", 0));
      JsonNode last = stage.operator().ask("GET", path).json().get("last");
      assertThat(last.get("expiredAssets").asInt()).isEqualTo(1);
      assertThat(last.get("expiredSessions").asInt()).isEqualTo(1);
      assertThat(last.get("at").asString()).endsWith("Z");
      assertThat(database.value("select count(*) from assets where id = '" + image + "'"))
          .isEqualTo("0");
      JsonNode again = stage.operator().ask("POST", path).json();
      assertThat(again.get("expiredAssets").asInt()).isZero();
    }
  }

  @EachServer
  @Tag("EP-074")
  void a_dropped_table_a_dropped_column_and_orphans_are_reported(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String path = "/api/maintenance/schema";
      JsonNode whole = stage.operator().ask("GET", path).json();
      assertThat(whole.get("valid").asBoolean()).as(whole.toString()).isTrue();
      assertThat(whole.get("issues")).isEmpty();
      database.execute(
          "alter table scenes drop constraint scenes_project_id_fkey",
          "alter table jobs drop constraint jobs_project_id_fkey",
          "insert into scenes (project_id, scene_index, text) values ('gone', 0, 'x')",
          "insert into jobs (project_id, config) values ('gone', '{}')");
      JsonNode orphans = stage.operator().ask("GET", path).json();
      assertThat(orphans.get("valid").asBoolean()).isFalse();
      assertThat(orphans.get("issues").toString())
          .contains("1 scenes have no project", "1 jobs have no project", "foreign key");
      database.execute(
          "drop table verification_tokens", "alter table accounts drop column token_type");
      assertThat(stage.operator().ask("GET", path).json().get("issues").toString())
          .contains("the table verification_tokens is missing", "accounts.token_type is missing");
    }
  }

  @EachServer
  @Tag("EP-075")
  void the_benchmark_times_every_question_and_tells_which_failed(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String path = "/api/maintenance/benchmark";
      JsonNode all = stage.operator().ask("GET", path).json();
      assertThat(all.get("queries").valueStream().map(one -> one.get("name").asString()))
          .containsExactly(
              "simple_select", "count_users", "count_projects", "projects_with_relations");
      double sum = 0;
      for (JsonNode one : all.get("queries")) {
        assertThat(one.get("success").asBoolean()).isTrue();
        assertThat(one.has("error")).isFalse();
        assertThat(one.get("duration").asDouble()).isPositive();
        sum += one.get("duration").asDouble();
      }
      assertThat(all.get("totalDuration").asDouble()).isGreaterThanOrEqualTo(sum * 0.999);
      database.execute("drop table scenes");
      JsonNode failed = stage.operator().ask("GET", path).json().get("queries").get(3);
      assertThat(failed.get("success").asBoolean()).isFalse();
      assertThat(failed.get("error").asString()).isEqualTo("POSTGRES_WRONG_STATEMENT");
    }
  }

  @EachServer
  @Tag("EP-067")
  void counts_of_a_user_come_in_one_statement(PostgresDatabase database) throws Exception {
    try (Backstage backstage = open(database)) {
      DatabaseService.ResourceCounts counts =
          service(backstage).getUserResourceCounts(Theatre.DEMO);
      assertThat(counts).isEqualTo(new DatabaseService.ResourceCounts(1, 1, 1, 1, 3));
    }
  }
}
