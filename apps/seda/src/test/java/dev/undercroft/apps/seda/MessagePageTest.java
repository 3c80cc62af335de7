package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pages of messages over HTTP. */
@DatabaseTest
class MessagePageTest {

  private static final String PAGE = "/chat/rooms/" + People.OPEN_ROOM + "/messages";

  @TempDir Path folder;

  private static JsonNode page(Stage stage, String query) throws Exception {
    Stage.Answer answer = stage.as(People.STRANGER, "USER").ask("GET", PAGE + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("messages");
  }

  private static List<String> ids(JsonNode messages) {
    return messages.valueStream().map(message -> message.get("id").asString()).toList();
  }

  /** Messages with times that collide in groups of three. */
  private static void fill(PostgresDatabase database, int count) throws Exception {
    database.execute(
        ("insert into messages (room_id, user_id, text, created_at) select '%s', '%s', 'm' || n,"
                + " timestamptz '2026-02-01 00:00:00+00' + n / 3 * interval '1 second'"
                + " from generate_series(1, %d) n")
            .formatted(People.OPEN_ROOM, People.LISTENER, count));
  }

  @EachServer
  @Tag("SF-125")
  @Tag("SF-064")
  void undeleted_messages_of_the_room_only(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      assertThat(ids(page(stage, ""))).hasSize(5).doesNotContain(People.SECRET);
      database.execute(
          "update messages set deleted_at = now() where id = '" + People.WELCOME + "'");
      assertThat(ids(page(stage, ""))).hasSize(4).doesNotContain(People.WELCOME);
    }
  }

  @EachServer
  @Tag("SF-125")
  @Tag("SF-129")
  @Tag("SF-170")
  void fifty_newest_first_unless_told_otherwise(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      fill(database, 120);
      JsonNode page = page(stage, "");
      assertThat(page).hasSize(50);
      List<String> times =
          page.valueStream().map(message -> message.get("createdAt").asString()).toList();
      assertThat(times).isSortedAccordingTo(java.util.Comparator.reverseOrder());
      assertThat(page(stage, "?limit=7")).hasSize(7);
      assertThat(page(stage, "?limit=100")).hasSize(100);
      var voice = stage.as(People.STRANGER, "USER");
      assertThat(voice.ask("GET", PAGE + "?limit=101").status()).isEqualTo(400);
      assertThat(voice.ask("GET", PAGE + "?limit=0").status()).isEqualTo(400);
    }
  }

  @EachServer
  @Tag("SF-126")
  void the_author_with_id_address_and_full_profile_and_nothing_else(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode card = message(page(stage, ""), People.CARD);
      JsonNode author = card.get("user");
      assertThat(author.propertyNames()).containsExactlyInAnyOrder("id", "email", "artistProfile");
      assertThat(author.get("id").asString()).isEqualTo(People.ARTIST);
      assertThat(author.get("email").asString()).isEqualTo("artist@seda.fm");
      JsonNode profile = author.get("artistProfile");
      assertThat(profile.get("id").asString()).isEqualTo(People.PROFILE);
      assertThat(profile.get("artistName").asString()).isEqualTo("The Cellar Doors");
      assertThat(profile.get("verified").asBoolean()).isTrue();
      JsonNode welcome = message(page(stage, ""), People.WELCOME).get("user");
      assertThat(welcome.propertyNames()).containsExactlyInAnyOrder("id", "email");
    }
  }

  @EachServer
  @Tag("SF-127")
  void reactions_with_who_reacted(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode reactions = message(page(stage, ""), People.CARD).get("reactions");
      assertThat(reactions).hasSize(3);
      assertThat(reactions.valueStream().map(one -> one.get("emoji").asString()))
          .containsExactlyInAnyOrder("🔥", "🔥", "🎧");
      assertThat(reactions.get(0).get("user").propertyNames())
          .containsExactlyInAnyOrder("id", "email");
      assertThat(message(page(stage, ""), People.WELCOME).get("reactions")).isEmpty();
    }
  }

  @EachServer
  @Tag("SF-128")
  @Tag("SF-062")
  @Tag("SF-068")
  void the_three_oldest_replies_without_deleted_ones(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          ("insert into messages (room_id, user_id, text, parent_id) values ('%s', '%s',"
                  + " 'the fourth', '%s')")
              .formatted(People.OPEN_ROOM, People.LISTENER, People.CARD));
      JsonNode replies = message(page(stage, ""), People.CARD).get("replies");
      assertThat(replies.valueStream().map(reply -> reply.get("text").asString()))
          .containsExactly("Morning walk music.", "That bass line.", "Pinned for the week.");
      database.execute("update messages set deleted_at = now() where id = '" + People.REPLY + "'");
      replies = message(page(stage, ""), People.CARD).get("replies");
      assertThat(replies.valueStream().map(reply -> reply.get("text").asString()))
          .containsExactly("That bass line.", "Pinned for the week.", "the fourth");
      JsonNode thread = page(stage, "?parentId=" + People.CARD);
      assertThat(thread).hasSize(3);
      assertThat(thread.get(0).get("parentId").asString()).isEqualTo(People.CARD);
    }
  }

  @EachServer
  @Tag("SF-061")
  void a_track_reference_is_an_object(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      JsonNode track = message(page(stage, ""), People.CARD).get("trackRef");
      assertThat(track.isObject()).isTrue();
      assertThat(track.get("providerId").asString()).isEqualTo("seed-track-1");
    }
  }

  @EachServer
  @Tag("SF-130")
  void pages_join_without_gap_or_repeat_also_under_inserts(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      fill(database, 100);
      List<String> expected =
          database.column(
              "select id from messages where room_id = '"
                  + People.OPEN_ROOM
                  + "' order by created_at desc, id desc");
      List<String> read = new ArrayList<>(ids(page(stage, "?limit=7")));
      while (true) {
        database.execute(
            "insert into messages (room_id, user_id, text) values ('%s', '%s', 'later')"
                .formatted(People.OPEN_ROOM, People.LISTENER));
        List<String> next = ids(page(stage, "?limit=7&cursor=" + read.getLast()));
        if (next.isEmpty()) {
          break;
        }
        read.addAll(next);
      }
      assertThat(read).isEqualTo(expected);
      assertThat(new HashSet<>(read)).hasSameSizeAs(read);
    }
  }

  @EachServer
  @Tag("SF-130")
  void a_deleted_cursor_keeps_its_place_and_an_unknown_one_is_refused(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      List<String> all = ids(page(stage, ""));
      database.execute("update messages set deleted_at = now() where id = '" + all.get(2) + "'");
      assertThat(ids(page(stage, "?cursor=" + all.get(2)))).isEqualTo(all.subList(3, 5));
      var voice = stage.as(People.STRANGER, "USER");
      var foreign = voice.ask("GET", PAGE + "?cursor=" + People.SECRET);
      assertThat(foreign.status()).isEqualTo(400);
      assertThat(foreign.code()).isEqualTo("SEDA_CURSOR_UNKNOWN");
      assertThat(voice.ask("GET", PAGE + "?cursor=nonsense").status()).isEqualTo(400);
    }
  }

  @EachServer
  @Tag("SF-171")
  @Tag("SF-169")
  void one_statement_however_long_the_page(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      fill(database, 100);
      stage.takeStatements();
      page(stage, "?limit=1");
      List<String> small = stage.takeStatements();
      page(stage, "?limit=100");
      List<String> large = stage.takeStatements();
      assertThat(small).hasSize(1);
      assertThat(large).isEqualTo(small);
      assertThat(large.getFirst()).doesNotContain("supabase_id").doesNotContain("*");
    }
  }

  @EachServer
  @Tag("SF-049")
  void a_private_room_does_not_exist_for_strangers(PostgresDatabase database) throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      String path = "/chat/rooms/" + People.PRIVATE_ROOM + "/messages";
      var refused = stage.as(People.STRANGER, "USER").ask("GET", path);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.code()).isEqualTo("SEDA_ROOM_UNKNOWN");
      assertThat(stage.as(People.LISTENER, "USER").ask("GET", path).json().get("messages"))
          .hasSize(1);
      assertThat(stage.nobody().ask("GET", path).status()).isEqualTo(401);
    }
  }

  private static JsonNode message(JsonNode page, String id) {
    return page.valueStream()
        .filter(message -> message.get("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
