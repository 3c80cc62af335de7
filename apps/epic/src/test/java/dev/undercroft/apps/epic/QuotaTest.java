package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.Theatre.PROJECTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much a user may in a day, also when everything comes at once. */
@DatabaseTest
class QuotaTest {

  private static final String ASSETS = "/api/v1/assets";
  private static final String IMAGE = "{\"type\": \"IMAGE\", \"uri\": \"a.png\"}";

  @TempDir Path folder;

  private static List<Integer> atOnce(int count, Callable<Integer> request) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> one : threads.invokeAll(Collections.nCopies(count, request))) {
        statuses.add(one.get());
      }
    }
    return statuses;
  }

  private static String[] texts(int count, int length) {
    return Collections.nCopies(count, "x".repeat(length)).toArray(String[]::new);
  }

  @EachServer
  @Tag("EP-056")
  void three_projects_a_day_also_when_twelve_come_at_once(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      List<Integer> statuses = atOnce(12, () -> ann.status("POST", PROJECTS, "{\"title\": \"x\"}"));
      assertThat(statuses).containsOnly(201, 403);
      assertThat(Collections.frequency(statuses, 201)).isEqualTo(3);
      Stage.Answer refused = ann.voice().ask("POST", PROJECTS, "{\"title\": \"x\"}");
      assertThat(refused.code()).isEqualTo("IDENTITY_QUOTA");
      String deleted = ann.get(PROJECTS).at("/0/id").asString();
      ann.status("DELETE", PROJECTS + "/" + deleted);
      assertThat(ann.status("POST", PROJECTS, "{\"title\": \"x\"}")).isEqualTo(403);
      Theatre.promote(database, ann, "PREMIUM");
      assertThat(ann.status("POST", PROJECTS, "{\"title\": \"x\"}")).isEqualTo(201);
    }
  }

  @EachServer
  @Tag("EP-056")
  void the_day_begins_at_midnight_of_the_user(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      for (int i = 0; i < 3; i++) {
        ann.project("x");
      }
      String midnight =
          "date_trunc('day', now() at time zone 'Asia/Taipei') at time zone 'Asia/Taipei'";
      database.execute("update projects set created_at = " + midnight);
      assertThat(ann.status("POST", PROJECTS, "{\"title\": \"x\"}")).isEqualTo(403);
      database.execute("update projects set created_at = " + midnight + " - interval '1 second'");
      assertThat(ann.status("POST", PROJECTS, "{\"title\": \"x\"}")).isEqualTo(201);
    }
  }

  @EachServer
  @Tag("EP-056")
  void scenes_and_characters_are_limited_by_role(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String sea = PROJECTS + "/" + ann.project("Sea");
      String zoo = PROJECTS + "/" + ann.project("Zoo");
      String sun = PROJECTS + "/" + ann.project("Sun");
      assertThat(ann.status("PUT", sea + "/scenes", Theatre.scenes(texts(21, 50)))).isEqualTo(403);
      assertThat(ann.status("PUT", sea + "/scenes", Theatre.scenes(texts(20, 280)))).isEqualTo(200);
      assertThat(ann.status("PUT", sea + "/scenes", Theatre.scenes(texts(20, 280)))).isEqualTo(200);
      assertThat(ann.status("PUT", zoo + "/scenes", Theatre.scenes(texts(20, 220)))).isEqualTo(200);
      assertThat(ann.status("PUT", sun + "/scenes", Theatre.scenes(texts(1, 50)))).isEqualTo(403);
      String scene = ann.get(zoo).at("/scenes/0/id").asString();
      String longer = "{\"sceneId\": \"%s\", \"text\": \"%s\"}".formatted(scene, "y".repeat(221));
      assertThat(ann.status("PATCH", zoo + "/scenes/edit", longer)).isEqualTo(403);
      String same = longer.replace("y".repeat(221), "y".repeat(220));
      assertThat(ann.status("PATCH", zoo + "/scenes/edit", same)).isEqualTo(200);
      Theatre.promote(database, ann, "PREMIUM");
      assertThat(ann.status("PUT", sun + "/scenes", Theatre.scenes(texts(100, 280))))
          .isEqualTo(200);
      assertThat(ann.status("PUT", sun + "/scenes", Theatre.scenes(texts(101, 50)))).isEqualTo(400);
      assertThat(ann.get(sun).get("scenes")).hasSize(100);
    }
  }

  @EachServer
  @Tag("EP-056")
  void fifty_pictures_a_day_also_at_once(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      database.execute(
          ("insert into assets (user_id, type, uri) select '%s', 'IMAGE', 'x'"
                  + " from generate_series(1, 48)")
              .formatted(ann.id()));
      List<Integer> statuses = atOnce(8, () -> ann.status("POST", ASSETS, IMAGE));
      assertThat(Collections.frequency(statuses, 201)).isEqualTo(2);
      assertThat(Collections.frequency(statuses, 403)).isEqualTo(6);
      String text = IMAGE.replace("IMAGE", "TEXT");
      assertThat(ann.status("POST", ASSETS, text)).isEqualTo(201);
    }
  }

  @Test
  @Tag("EP-056")
  void ten_minutes_of_speech_a_day(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      Theatre.Person ann = Theatre.person(stage, "ann");
      String speech =
          "{\"type\": \"AUDIO\", \"uri\": \"a.mp3\", \"metadata\": {\"duration_seconds\": %s}}";
      for (String bad : List.of("-1", "\"60\"", "null", "1e300", "90000")) {
        assertThat(ann.status("POST", ASSETS, speech.formatted(bad))).as(bad).isEqualTo(400);
      }
      assertThat(ann.status("POST", ASSETS, "{\"type\": \"AUDIO\", \"uri\": \"a.mp3\"}"))
          .isEqualTo(400);
      assertThat(ann.status("POST", ASSETS, speech.formatted("599.5"))).isEqualTo(201);
      database.execute(
          ("insert into assets (user_id, type, uri, metadata)"
                  + " values ('%s', 'AUDIO', 'x', '{\"duration_seconds\": \"long\"}')")
              .formatted(ann.id()));
      assertThat(ann.status("POST", ASSETS, speech.formatted("2"))).isEqualTo(403);
      assertThat(ann.status("POST", ASSETS, speech.formatted("1"))).isEqualTo(201);
    }
  }
}
