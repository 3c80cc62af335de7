package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history over HTTP. */
@DatabaseTest
class HistoryServiceTest {

  private static final String HISTORY = "/api/history";
  private static final String DEMO = "a0d10000-0000-4000-8000-000000000001";
  private static final String WHOLE =
      """
      {"title": "Talk", "audioUrl": "https://x.example/a.mp3", "fileSizeBytes": 5000000000,
       "durationSeconds": 61, "transcript": "Welcome to the garden", "summary": "A garden",
       "keyMoments": [
         {"timestamp": "00:01:23", "description": "Introduction begins", "confidence": 0.95},
         {"timestamp": "01:00:00", "description": "End", "mood": "calm"}],
       "processingOptions": {"language": "en", "model": "whisper-1", "summaryStyle": "detailed",
         "includeTimestamps": true, "speakerDiarization": false, "further": 1}}
      """;

  @TempDir Path folder;

  private static List<String> ids(Stage.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer
        .json()
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("id").asString())
        .toList();
  }

  /** Entries whose times collide in groups of three, over three months. */
  private static void fill(PostgresDatabase database, int count) throws Exception {
    database.execute(
        ("insert into audio_history (user_id, title, created_at) select '%s', 'e' || n,"
                + " timestamp '2026-01-20' + n / 3 * interval '1 day'"
                + " from generate_series(1, %d) n")
            .formatted(DEMO, count));
  }

  @EachServer
  @Tag("AT-075")
  void pages_have_20_entries_newest_first_and_every_entry_once(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      fill(database, 120);
      var demo = stage.as(DEMO, "user");
      List<String> all = new ArrayList<>();
      for (int offset = 0; offset < 160; offset += 20) {
        all.addAll(ids(demo.ask("GET", HISTORY + "?offset=" + offset)));
      }
      assertThat(all)
          .containsExactlyElementsOf(
              database.column(
                  "select id from audio_history where user_id = '"
                      + DEMO
                      + "' order by created_at desc, id desc"))
          .hasSize(145);
      assertThat(ids(demo.ask("GET", HISTORY))).hasSize(20).isEqualTo(all.subList(0, 20));
    }
  }

  @EachServer
  @Tag("AT-075")
  void pages_continue_after_an_entry_also_when_others_arrive(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      fill(database, 50);
      var demo = stage.as(DEMO, "user");
      List<String> all = new ArrayList<>(ids(demo.ask("GET", HISTORY)));
      demo.ask("POST", HISTORY, "{\"title\": \"arrives meanwhile\"}");
      for (int page = 0; page < 3; page++) {
        all.addAll(ids(demo.ask("GET", HISTORY + "?after=" + all.getLast())));
      }
      assertThat(all).hasSize(75).doesNotHaveDuplicates();
      assertThat(demo.ask("GET", HISTORY + "?after=" + Scene.ENTRY_B).status()).isEqualTo(404);
      assertThat(demo.ask("GET", HISTORY + "?offset=-1").status()).isEqualTo(400);
      assertThat(demo.ask("GET", HISTORY + "?offset=10001").status()).isEqualTo(400);
    }
  }

  @EachServer
  @Tag("AT-051")
  @Tag("AT-052")
  void an_entry_comes_back_as_it_was_given(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var demo = stage.as(DEMO, "user");
      Stage.Answer made = demo.ask("POST", HISTORY, WHOLE);
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      String place = made.headers().firstValue("Location").orElseThrow();
      JsonNode read = demo.ask("GET", place).json();
      JsonNode given = JsonMapper.builder().build().readTree(WHOLE);
      given
          .properties()
          .forEach(field ->
              assertThat(read.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
      assertThat(demo.ask("DELETE", place).status()).isEqualTo(200);
      assertThat(demo.ask("GET", place).status()).isEqualTo(404);
      assertThat(demo.ask("DELETE", place).status()).isEqualTo(404);
    }
  }

  @EachServer
  @Tag("AT-051")
  void bad_shapes_are_refused_with_their_places(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var demo = stage.as(DEMO, "user");
      Stage.Answer answer =
          demo.ask(
              "POST",
              HISTORY,
              """
              {"title": "x", "keyMoments": [
                 {"timestamp": "00:02:00", "description": "a", "confidence": 1.5},
                 {"timestamp": "00:01:00", "description": "b"},
                 {"timestamp": "1:2", "description": "c", "confidence": "high"},
                 {"timestamp": "00:60:00"}],
               "processingOptions": {"language": 1, "includeTimestamps": "yes"}}
              """);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(
              answer
                  .json()
                  .get("errors")
                  .valueStream()
                  .map(error -> error.get("pointer").asString()))
          .containsExactly(
              "/keyMoments/0/confidence",
              "/keyMoments/1/timestamp",
              "/keyMoments/2/timestamp",
              "/keyMoments/2/confidence",
              "/keyMoments/3/timestamp",
              "/keyMoments/3/description",
              "/processingOptions/language",
              "/processingOptions/includeTimestamps");
    }
  }

  @EachServer
  @Tag("AT-038")
  @Tag("AT-051")
  void bad_entries_are_refused(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var demo = stage.as(DEMO, "user");
      for (String bad :
          List.of(
              "{}",
              "{\"title\": \"" + "x".repeat(501) + "\"}",
              "{\"title\": \"x\", \"fileSizeBytes\": -1}",
              "{\"title\": \"x\", \"durationSeconds\": -1}",
              "{\"title\": \"x\\u0000\"}",
              "{\"title\": \"x\", \"keyMoments\": {}}")) {
        assertThat(demo.ask("POST", HISTORY, bad).status()).as(bad).isEqualTo(400);
      }
    }
  }

  @EachServer
  @Tag("AT-093")
  void words_are_searched_ranked_and_excerpted(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var demo = stage.as(DEMO, "user");
      Stage.Answer answer = demo.ask("GET", HISTORY + "/search?q=mastered&limit=2");
      assertThat(ids(answer)).hasSize(2);
      assertThat(answer.json().at("/entries/0/excerpt").asString()).contains("mastering");
      assertThat(ids(demo.ask("GET", HISTORY + "/search?q=nothing-like-it"))).isEmpty();
      assertThat(demo.ask("GET", HISTORY + "/search?q=").status()).isEqualTo(400);
      assertThat(demo.ask("GET", HISTORY + "/search").status()).isEqualTo(400);
    }
  }

  @EachServer
  @Tag("AT-082")
  void the_rows_of_another_are_as_unknown_as_none(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      var ann = stage.as(Theatre.register(stage, "ann"), "user");
      String entry = ids(stage.as(DEMO, "user").ask("GET", HISTORY)).getFirst();
      assertThat(ids(ann.ask("GET", HISTORY))).isEmpty();
      assertThat(ann.ask("GET", HISTORY + "/" + entry).status()).isEqualTo(404);
      assertThat(ann.ask("DELETE", HISTORY + "/" + entry).status()).isEqualTo(404);
      assertThat(ann.ask("GET", HISTORY + "?after=" + entry).status()).isEqualTo(404);
      assertThat(ids(ann.ask("GET", HISTORY + "/search?q=interview"))).isEmpty();
      assertThat(ids(stage.as(DEMO, "user").ask("GET", HISTORY))).contains(entry);
    }
  }

  @EachServer
  @Tag("AT-083")
  void no_statement_contains_what_was_typed(PostgresDatabase database) throws Exception {
    String hostile = "x'); drop table audio_history; -- ' or '1'='1";
    try (Stage stage = Theatre.open(database, folder)) {
      var demo = stage.as(DEMO, "user");
      stage.takeStatements();
      Stage.Answer made = demo.ask("POST", HISTORY, "{\"title\": \"" + hostile + "\"}");
      assertThat(made.json().get("title").asString()).isEqualTo(hostile);
      demo.ask("GET", HISTORY + "/search?q=%27%29%3B%20drop%20table%20users%3B%20--");
      Theatre.login(stage, "' or 1=1 --", "' or 1=1 --");
      Theatre.login(stage, "a@b.org' or '1'='1", "x");
      demo.ask("PUT", "/api/settings", "{\"settings\": {\"theme\": \"" + hostile + "\"}}");
      assertThat(stage.takeStatements())
          .isNotEmpty()
          .noneMatch(sql -> sql.contains("drop table") || sql.contains("1=1"));
      assertThat(ids(demo.ask("GET", HISTORY))).hasSize(20);
    }
  }

  @EachServer
  @Tag("AT-090")
  void months_are_made_ahead(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          "drop table history_partitions.audio_history_y" + month(database) + " cascade");
      Stage.Answer first = stage.as(DEMO, "user").ask("POST", "/api/upkeep");
      assertThat(first.json().get("newMonths")).hasSize(1);
      Stage.Answer second = stage.as(DEMO, "user").ask("POST", "/api/upkeep");
      assertThat(second.json().get("newMonths")).isEmpty();
      assertThat(stage.nobody().ask("POST", "/api/upkeep").status()).isEqualTo(401);
    }
  }

  private static String month(PostgresDatabase database) throws Exception {
    return database.value(
        "select to_char(timezone('utc', now()) + interval '2 months', 'YYYY\"m\"MM')");
  }
}
