package dev.undercroft.apps.codepal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways from person to person over projects. */
@DatabaseTest
class WayServiceTest {

  @TempDir private Path folder;

  private static void project(PostgresDatabase database, String id, String owner, String member)
      throws Exception {
    database.execute(
        "insert into projects (id, name, owner_id) values ('%1$s', '%1$s', '%2$s')"
            .formatted(id, owner),
        "insert into project_members (project_id, user_id, role) values ('%s', '%s', 'VIEWER')"
            .formatted(id, member));
  }

  private static Stage.Answer way(Stage stage, String asking, String from, String to)
      throws Exception {
    return Theatre.as(stage, asking).ask("GET", "/code/ways?from=" + from + "&to=" + to);
  }

  @Test
  @Tag("CP-211")
  void a_shortest_way_over_memberships_is_found_for_administrators(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      project(database, "one", "owner", "developer");
      project(database, "two", "developer", "viewer");
      project(database, "detour", "owner", "spare");
      project(database, "longer", "spare", "newcomer");
      project(database, "longest", "newcomer", "viewer");
      Stage.Answer answer = way(stage, "boss", "owner", "viewer");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.json().get("steps").valueStream())
          .extracting(step -> step.get("project").asString() + " " + step.get("userId").asString())
          .containsExactly("one developer", "two viewer");
      database.execute("update projects set status = 'DELETED' where id = 'two'");
      assertThat(way(stage, "boss", "owner", "viewer").json().get("steps").valueStream())
          .extracting(step -> step.get("project").asString())
          .containsExactly("detour", "longer", "longest");
      assertThat(way(stage, "boss", "owner", "owner").json().get("steps")).isEmpty();
      assertThat(way(stage, "boss", "owner", "stranger").code()).isEqualTo("CODEPAL_NO_WAY");
      assertThat(way(stage, "owner", "owner", "developer").status()).isEqualTo(403);
    }
  }
}
