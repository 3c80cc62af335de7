package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the columns of messages, tracks and requests default to, demand and refuse. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatRulesTest {

  private final Trials trials;

  ChatRulesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old);
  }

  @Test
  @Tag("SF-059")
  void a_message_starts_as_text() {
    accepts(
        "insert into messages (room_id, user_id, text) values ('OPEN_ROOM', 'LISTENER', 'new')",
        "select type from messages where text = 'new'",
        "TEXT");
  }

  @Test
  @Tag("SF-059")
  void an_unknown_type_is_refused() {
    refuses("update messages set type = 'VIDEO'", "22P02", "");
  }

  @Test
  @Tag("SF-060")
  void a_message_may_be_a_track_alone() {
    accepts(
        "insert into messages (room_id, user_id, type, track_ref) values ('OPEN_ROOM', 'STRANGER', 'TRACK_CARD', '{}')",
        "select count(*) from messages where text is null",
        "1");
  }

  @Test
  @Tag("SF-060")
  void a_message_is_not_empty() {
    refuses(
        "insert into messages (room_id, user_id) values ('OPEN_ROOM', 'STRANGER')",
        "23514",
        "messages_content");
  }

  @Test
  @Tag("SF-061")
  void a_track_reference_is_any_object() {
    accepts(
        "update messages set track_ref = '{\"a\": {\"b\": [1]}}' where id = 'CARD'",
        "select track_ref #>> '{a,b,0}' from messages where id = 'CARD'",
        "1");
  }

  @Test
  @Tag("SF-061")
  void a_track_reference_is_no_string_in_a_string() {
    refuses(
        "update messages set track_ref = '\"{}\"' where id = 'CARD'",
        "23514",
        "messages_track_ref_object");
  }

  @Test
  @Tag("SF-063")
  void a_message_knows_when() {
    accepts(
        "insert into messages (room_id, user_id, text) values ('OPEN_ROOM', 'LISTENER', 'new')",
        "select created_at = now() from messages where text = 'new'",
        "t");
  }

  @Test
  @Tag("SF-073")
  void a_track_gets_an_id() {
    accepts(
        "insert into track_refs (provider, provider_id, url, title, artist) values ('tidal', '1', 'https://tidal.example/1', 'T', 'A')",
        "select id is not null from track_refs where provider = 'tidal'",
        "t");
  }

  @Test
  @Tag("SF-074")
  void a_new_provider_needs_no_migration() {
    accepts(
        "insert into track_refs (provider, provider_id, url, title, artist) values ('tidal', '1', 'https://tidal.example/1', 'T', 'A')",
        "select count(*) from track_refs where provider = 'tidal'",
        "1");
  }

  @Test
  @Tag("SF-074")
  void a_track_needs_a_provider() {
    refuses("update track_refs set provider = null", "23502", "");
  }

  @Test
  @Tag("SF-075")
  void a_track_needs_the_provider_s_id() {
    refuses("update track_refs set provider_id = null", "23502", "");
  }

  @Test
  @Tag("SF-076")
  void an_address_belongs_to_one_track() {
    refuses("update track_refs set url = 'x'", "23505", "idx_track_refs_url");
  }

  @Test
  @Tag("SF-077")
  void a_track_needs_a_title() {
    refuses("update track_refs set title = null", "23502", "");
  }

  @Test
  @Tag("SF-078")
  void a_track_needs_an_artist() {
    refuses("update track_refs set artist = null", "23502", "");
  }

  @Test
  @Tag("SF-079")
  void a_track_needs_no_artwork() {
    accepts(
        "insert into track_refs (provider, provider_id, url, title, artist) values ('tidal', '1', 'https://tidal.example/1', 'T', 'A')",
        "select artwork is null from track_refs where provider = 'tidal'",
        "t");
  }

  @Test
  @Tag("SF-080")
  void a_track_needs_no_duration() {
    accepts(
        "insert into track_refs (provider, provider_id, url, title, artist) values ('tidal', '1', 'https://tidal.example/1', 'T', 'A')",
        "select duration is null from track_refs where provider = 'tidal'",
        "t");
  }

  @Test
  @Tag("SF-080")
  void a_duration_is_positive() {
    refuses("update track_refs set duration = 0", "23514", "track_refs_duration_range");
  }

  @Test
  @Tag("SF-081")
  void a_track_knows_since_when() {
    accepts(
        "insert into track_refs (provider, provider_id, url, title, artist) values ('tidal', '1', 'https://tidal.example/1', 'T', 'A')",
        "select created_at = now() from track_refs where provider = 'tidal'",
        "t");
  }

  @Test
  @Tag("SF-082")
  void a_provider_s_id_occurs_once() {
    refuses(
        "update track_refs set provider = 'spotify', provider_id = 'seed-track-1' where provider = 'youtube'",
        "23505",
        "track_refs_provider_provider_id_key");
  }

  @Test
  @Tag("SF-013")
  void the_same_emoji_twice_by_one_user_is_refused() {
    refuses(
        "insert into reactions (message_id, user_id, emoji) select message_id, user_id, emoji from reactions",
        "23505",
        "reactions_message_id_user_id_emoji_key");
  }

  @Test
  @Tag("SF-014")
  void a_double_membership_is_refused() {
    refuses(
        "insert into room_memberships (room_id, user_id) select room_id, user_id from room_memberships",
        "23505",
        "room_memberships_room_id_user_id_key");
  }

  @Test
  @Tag("SF-010")
  void a_claim_code_is_unique() {
    trials.each(trial -> {
      trial.run(request(People.STRANGER, "SEDA-1"));
      assertThat(trial.refusal(request(People.LISTENER, "SEDA-1")).constraint())
          .isEqualTo("verification_requests_claim_code_key");
    });
  }

  @Test
  void a_user_has_one_open_request() {
    trials.each(trial -> {
      trial.run(request(People.STRANGER, "SEDA-1"));
      assertThat(trial.refusal(request(People.STRANGER, "SEDA-2")).constraint())
          .isEqualTo("verification_requests_one_open_key");
      trial.run("update verification_requests set status = 'EXPIRED'");
      assertThat(trial.run(request(People.STRANGER, "SEDA-2"))).isEqualTo(1);
    });
  }

  @Test
  void a_request_expires_after_it_was_made() {
    trials.each(trial ->
        assertThat(
                trial
                    .refusal(
                        "insert into verification_requests (user_id, claim_code, expires_at)"
                            + " values (?::uuid, 'SEDA-1', now())",
                        People.STRANGER)
                    .constraint())
            .isEqualTo("verification_requests_expiry"));
  }

  private static String request(String user, String code) {
    return ("insert into verification_requests (user_id, claim_code, expires_at) values ('%s', '%s',"
            + " now() + interval '7 days')")
        .formatted(user, code);
  }

  @Test
  @Tag("SF-016")
  void a_page_is_cached_once() {
    trials.each(trial -> {
      String insert = "insert into crawler_cache (url, expires_at) values ('https://a/', now())";
      trial.run(insert);
      assertThat(trial.refusal(insert).constraint()).isEqualTo("crawler_cache_url_key");
    });
  }

  private void accepts(String statement, String query, String expected) {
    trials.each(trial -> {
      assertThat(trial.run(People.named(statement))).isPositive();
      assertThat(trial.value(People.named(query))).isEqualTo(expected);
    });
  }

  private void refuses(String statement, String state, String constraint) {
    trials.each(trial -> {
      var refusal = trial.refusal(People.named(statement));
      assertThat(refusal.state()).isEqualTo(state);
      assertThat(refusal.constraint()).isEqualTo(constraint);
    });
  }
}
