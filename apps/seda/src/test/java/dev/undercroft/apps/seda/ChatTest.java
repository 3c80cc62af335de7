package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms, messages, reactions and moderation over HTTP: what is allowed, and what is not. */
@DatabaseTest
class ChatTest {

  private static final String OPEN = "/chat/rooms/" + People.OPEN_ROOM;
  private static final String PRIVATE = "/chat/rooms/" + People.PRIVATE_ROOM;

  private final PostgresDatabase database;
  private final Stage stage;

  ChatTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.stage = Theatre.open(database, folder);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Answer ask(String user, String method, String path) throws Exception {
    return stage.as(user, "USER").ask(method, path);
  }

  private Answer send(String user, String path, String json) throws Exception {
    return stage.as(user, "USER").ask("POST", path, json);
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status() + " " + answer.code())
        .as(answer.body())
        .isEqualTo(status + " " + code);
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  @Test
  @Tag("SF-011")
  void a_room_is_made_and_its_creator_moderates_it() throws Exception {
    Answer made =
        send(
            People.STRANGER,
            "/chat/rooms",
            "{\"name\": \" Vinyl \", \"description\": \"Old ones\", \"isPrivate\": true}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().get("name").asString()).isEqualTo("Vinyl");
    assertThat(made.json().get("isPrivate").asBoolean()).isTrue();
    assertThat(made.json().get("memberCount").asInt()).isEqualTo(1);
    String id = made.json().get("id").asString();
    assertThat(made.headers().firstValue("Location")).contains("/chat/rooms/" + id);
    assertThat(
            database.value(
                "select user_id || ' ' || is_mod from room_memberships where room_id = '"
                    + id
                    + "'"))
        .isEqualTo(People.STRANGER + " true");
  }

  @Test
  void a_room_without_a_name_or_with_endless_words_is_refused_and_everything_named()
      throws Exception {
    Answer refusal =
        send(
            People.STRANGER,
            "/chat/rooms",
            "{\"name\": \" \", \"description\": \"" + "x".repeat(1001) + "\"}");
    refused(refusal, 400, "SEDA_ROOM_NAME");
    assertThat(refusal.body()).contains("SEDA_ROOM_DESCRIPTION");
    assertThat(send(People.STRANGER, "/chat/rooms", "{}").status()).isEqualTo(400);
    assertThat(send(People.STRANGER, "/chat/rooms", "{\"name\": 7}").status()).isEqualTo(400);
    assertThat(send(People.STRANGER, "/chat/rooms", "nonsense").status()).isEqualTo(400);
    assertThat(send(People.STRANGER, "/chat/rooms", "{\"name\": \"x\", \"color\": 1}").status())
        .isEqualTo(400);
    assertThat(stage.nobody().ask("POST", "/chat/rooms", "{\"name\": \"x\"}").status())
        .isEqualTo(401);
  }

  @Test
  @Tag("SF-014")
  void one_joins_twice_without_effect_and_leaves_once() throws Exception {
    String room =
        send(People.ARTIST, "/chat/rooms", "{\"name\": \"New\"}").json().get("id").asString();
    String path = "/chat/rooms/" + room;
    done(ask(People.STRANGER, "POST", path + "/join"));
    done(ask(People.STRANGER, "POST", path + "/join"));
    assertThat(
            database.value("select count(*) from room_memberships where room_id = '" + room + "'"))
        .isEqualTo("2");
    done(ask(People.STRANGER, "POST", path + "/leave"));
    refused(ask(People.STRANGER, "POST", path + "/leave"), 409, "SEDA_NOT_A_MEMBER");
    refused(ask(People.ARTIST, "POST", path + "/leave"), 409, "SEDA_CREATOR_STAYS");
    refused(
        ask(People.STRANGER, "POST", "/chat/rooms/" + People.CARD + "/join"),
        404,
        "SEDA_ROOM_UNKNOWN");
  }

  @Test
  @Tag("SF-049")
  void a_private_room_is_entered_by_invitation_of_its_creator_only() throws Exception {
    refused(ask(People.STRANGER, "POST", PRIVATE + "/join"), 404, "SEDA_ROOM_UNKNOWN");
    String invitation = "{\"userId\": \"" + People.STRANGER + "\"}";
    refused(send(People.LISTENER, PRIVATE + "/members", invitation), 403, "SEDA_CREATOR_INVITES");
    refused(send(People.STRANGER, PRIVATE + "/members", invitation), 404, "SEDA_ROOM_UNKNOWN");
    done(send(People.ARTIST, PRIVATE + "/members", invitation));
    assertThat(ask(People.STRANGER, "GET", PRIVATE + "/messages").status()).isEqualTo(200);
    refused(
        send(People.ARTIST, PRIVATE + "/members", "{\"userId\": \"" + People.CARD + "\"}"),
        404,
        "SEDA_USER_UNKNOWN");
  }

  @Test
  @Tag("SF-170")
  void rooms_are_listed_newest_first_with_those_one_may_read() throws Exception {
    assertThat(ask(People.STRANGER, "GET", "/chat/rooms").json().get("rooms")).hasSize(1);
    var rooms = ask(People.LISTENER, "GET", "/chat/rooms").json().get("rooms");
    assertThat(rooms.valueStream().map(room -> room.get("name").asString()))
        .containsExactly("Rehearsal", "New releases");
    assertThat(rooms.get(0).get("memberCount").asInt()).isEqualTo(2);
    assertThat(ask(People.LISTENER, "GET", "/chat/rooms?limit=1&offset=1").json().get("rooms"))
        .hasSize(1);
  }

  @Test
  @Tag("SF-012")
  void a_message_comes_back_as_a_page_shows_it() throws Exception {
    Answer sent =
        send(
            People.STRANGER,
            OPEN + "/messages",
            "{\"text\": \" What a fucking record \", \"parentId\": \"" + People.WELCOME + "\"}");
    assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    assertThat(sent.json().get("text").asString()).isEqualTo("What a ******* record");
    assertThat(sent.json().get("type").asString()).isEqualTo("REPLY");
    assertThat(sent.json().get("user").get("email").asString()).isEqualTo("listener.two@seda.fm");
    assertThat(sent.json().get("reactions")).isEmpty();
    assertThat(sent.json().get("replies")).isEmpty();
  }

  @Test
  @Tag("SF-015")
  @Tag("SF-060")
  @Tag("SF-061")
  void a_track_makes_a_track_card_and_is_remembered_once() throws Exception {
    String track =
        "{\"trackRef\": {\"url\": \"https://youtu.be/abc?t=1\", \"title\": \"T\", \"artist\": \"A\","
            + " \"duration\": 200, \"extra\": [1, {\"deep\": null}]}}";
    Answer sent = send(People.STRANGER, OPEN + "/messages", track);
    assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    assertThat(sent.json().get("type").asString()).isEqualTo("TRACK_CARD");
    assertThat(sent.json().get("trackRef").get("extra").get(0).asInt()).isEqualTo(1);
    assertThat(sent.json().has("text")).isFalse();
    done(send(People.STRANGER, OPEN + "/messages", track));
    assertThat(
            database.column(
                "select provider || ' ' || provider_id || ' ' || url || ' ' || duration from"
                    + " track_refs where provider_id = 'abc'"))
        .containsExactly("youtube abc https://www.youtube.com/watch?v=abc 200");
    refused(
        send(
            People.STRANGER,
            OPEN + "/messages",
            "{\"trackRef\": {\"x\": \"" + "y".repeat(9000) + "\"}}"),
        400,
        "SEDA_TRACK_TOO_LARGE");
  }

  @Test
  void what_may_not_be_said_is_refused_with_its_reason() throws Exception {
    refused(send(People.STRANGER, OPEN + "/messages", "{}"), 400, "SEDA_MESSAGE_EMPTY");
    refused(
        send(People.STRANGER, OPEN + "/messages", "{\"text\": \"SHOUTING AT ALL\"}"),
        400,
        "SEDA_MESSAGE_SHOUTS");
    refused(
        send(People.STRANGER, OPEN + "/messages", "{\"text\": \"x\", \"type\": \"SYSTEM\"}"),
        400,
        "SEDA_MESSAGE_TYPE");
    refused(
        send(People.STRANGER, OPEN + "/messages", "{\"text\": \"a\\u0000b\"}"),
        400,
        "SEDA_MESSAGE_CONTROL_CHARACTER");
    refused(
        send(People.STRANGER, PRIVATE + "/messages", "{\"text\": \"x\"}"),
        404,
        "SEDA_ROOM_UNKNOWN");
    done(ask(People.STRANGER, "POST", OPEN + "/leave"));
    refused(
        send(People.STRANGER, OPEN + "/messages", "{\"text\": \"x\"}"), 403, "SEDA_NOT_A_MEMBER");
  }

  @Test
  @Tag("SF-062")
  void a_reply_answers_a_message_of_its_room_that_is_no_reply() throws Exception {
    String reply = "{\"text\": \"x\", \"parentId\": \"%s\"}";
    refused(
        send(People.LISTENER, OPEN + "/messages", reply.formatted(People.SECRET)),
        400,
        "SEDA_PARENT_ELSEWHERE");
    refused(
        send(People.LISTENER, OPEN + "/messages", reply.formatted(People.REPLY)),
        400,
        "SEDA_REPLY_TO_REPLY");
    refused(
        send(People.STRANGER, OPEN + "/messages", reply.formatted(People.SECRET)),
        400,
        "SEDA_PARENT_UNKNOWN");
  }

  @Test
  @Tag("SF-023")
  void the_muted_are_silent_everywhere_until_their_time() throws Exception {
    String mute = "update users set muted_until = now() + interval '%s' where id = '%s'";
    database.execute(mute.formatted("1 hour", People.STRANGER));
    refused(send(People.STRANGER, OPEN + "/messages", "{\"text\": \"x\"}"), 403, "SEDA_MUTED");
    refused(
        stage
            .as(People.STRANGER, "USER")
            .ask("PATCH", "/chat/messages/" + People.STRANGERS_REPLY, "{\"text\": \"x\"}"),
        403,
        "SEDA_MUTED");
    database.execute(mute.formatted("-1 second", People.STRANGER));
    done(send(People.STRANGER, OPEN + "/messages", "{\"text\": \"x\"}"));
  }

  @Test
  void ten_messages_a_minute_also_when_sent_at_once() throws Exception {
    List<Callable<Integer>> senders = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      senders.add(() -> send(People.LISTENER, OPEN + "/messages", "{\"text\": \"x\"}").status());
    }
    List<Integer> statuses = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> status : threads.invokeAll(senders)) {
        statuses.add(status.get());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(Messages.MOST_PER_MINUTE);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(6);
    Answer refusal = send(People.LISTENER, OPEN + "/messages", "{\"text\": \"x\"}");
    refused(refusal, 429, "SEDA_TOO_MANY_MESSAGES");
    assertThat(refusal.headers().firstValue("Retry-After")).contains("60");
    done(send(People.LISTENER, PRIVATE + "/messages", "{\"text\": \"x\"}"));
  }

  @Test
  void only_the_author_edits() throws Exception {
    String path = "/chat/messages/" + People.STRANGERS_REPLY;
    Answer edited = stage.as(People.STRANGER, "USER").ask("PATCH", path, "{\"text\": \"Better\"}");
    assertThat(edited.json().get("text").asString()).isEqualTo("Better");
    refused(
        stage.as(People.ADMIN, "USER").ask("PATCH", path, "{\"text\": \"Forged\"}"),
        403,
        "SEDA_MESSAGE_OF_ANOTHER");
    refused(
        stage
            .as(People.STRANGER, "USER")
            .ask("PATCH", "/chat/messages/" + People.SECRET, "{\"text\": \"x\"}"),
        404,
        "SEDA_MESSAGE_UNKNOWN");
  }

  @Test
  @Tag("SF-064")
  void author_and_moderator_delete_and_only_the_moderator_is_logged() throws Exception {
    String path = "/chat/messages/" + People.STRANGERS_REPLY;
    refused(ask(People.LISTENER, "DELETE", path), 403, "SEDA_MESSAGE_OF_ANOTHER");
    done(ask(People.STRANGER, "DELETE", path));
    refused(ask(People.STRANGER, "DELETE", path), 404, "SEDA_MESSAGE_UNKNOWN");
    assertThat(database.value("select count(*) from moderation_logs")).isEqualTo("0");
    done(ask(People.ADMIN, "DELETE", "/chat/messages/" + People.REPLY));
    assertThat(database.value("select target_id || ' ' || action from moderation_logs"))
        .isEqualTo(People.REPLY + " DELETE_MESSAGE");
    assertThat(database.value("select count(*) from messages where deleted_at is not null"))
        .isEqualTo("2");
  }

  @Test
  @Tag("SF-013")
  void a_reaction_is_one_emoji_once_by_a_member() throws Exception {
    String path = "/chat/messages/" + People.WELCOME + "/reactions";
    done(send(People.STRANGER, path, "{\"emoji\": \"👩‍🎤\"}"));
    refused(send(People.STRANGER, path, "{\"emoji\": \"👩‍🎤\"}"), 400, "SEDA_REACTION_TWICE");
    done(send(People.STRANGER, path, "{\"emoji\": \"❤️\"}"));
    for (String wrong : List.of("", "x", "7", "👍👍", "<b>")) {
      refused(send(People.STRANGER, path, "{\"emoji\": \"" + wrong + "\"}"), 400, "SEDA_EMOJI");
    }
    String emoji = URLEncoder.encode("👩‍🎤", StandardCharsets.UTF_8);
    done(ask(People.STRANGER, "DELETE", path + "/" + emoji));
    refused(ask(People.STRANGER, "DELETE", path + "/" + emoji), 404, "SEDA_REACTION_UNKNOWN");
    refused(
        send(
            People.STRANGER,
            "/chat/messages/" + People.SECRET + "/reactions",
            "{\"emoji\": \"👍\"}"),
        404,
        "SEDA_MESSAGE_UNKNOWN");
    done(ask(People.LISTENER, "POST", OPEN + "/leave"));
    refused(send(People.LISTENER, path, "{\"emoji\": \"👍\"}"), 403, "SEDA_NOT_A_MEMBER");
    database.execute("update messages set deleted_at = now() where id = '" + People.WELCOME + "'");
    refused(send(People.STRANGER, path, "{\"emoji\": \"👍\"}"), 404, "SEDA_MESSAGE_UNKNOWN");
  }

  @Test
  void thirty_reactions_a_minute() throws Exception {
    String path = "/chat/messages/" + People.WELCOME + "/reactions";
    for (int i = 0; i < 15; i++) {
      done(send(People.STRANGER, path, "{\"emoji\": \"👍\"}"));
      done(ask(People.STRANGER, "DELETE", path + "/%F0%9F%91%8D"));
    }
    refused(send(People.STRANGER, path, "{\"emoji\": \"👍\"}"), 429, "SDK_TOO_OFTEN");
    done(send(People.LISTENER, path, "{\"emoji\": \"👍\"}"));
  }

  @Test
  void a_hundred_requests_a_minute_from_one_address() throws Exception {
    for (int i = 0; i < Politeness.MOST_PER_MINUTE; i++) {
      done(ask(People.STRANGER, "GET", "/chat/rooms"));
    }
    refused(ask(People.STRANGER, "GET", "/chat/rooms"), 429, "SDK_TOO_OFTEN");
    assertThat(stage.nobody().ask("GET", "/health/database").status()).isEqualTo(200);
  }
}
