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

/** What the columns of users, profiles and rooms default to, demand and refuse. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleRulesTest {

  private final Trials trials;

  PeopleRulesTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old);
  }

  @Test
  @Tag("SF-019")
  void a_user_gets_an_id() {
    accepts(
        "insert into users (email, supabase_id) values ('new@example.com', 'new')",
        "select id is not null from users where email = 'new@example.com'",
        "t");
  }

  @Test
  @Tag("SF-020")
  void an_address_is_taken_once() {
    refuses(
        "insert into users (email, supabase_id) values ('admin@seda.fm', 'new')",
        "23505",
        "idx_users_email");
  }

  @Test
  @Tag("SF-021")
  void a_sign_in_subject_is_taken_once() {
    refuses(
        "insert into users (email, supabase_id) values ('new@example.com', 'seed-admin')",
        "23505",
        "idx_users_supabase_id");
  }

  @Test
  @Tag("SF-022")
  void a_user_starts_as_user() {
    accepts(
        "insert into users (email, supabase_id) values ('new@example.com', 'new')",
        "select role from users where email = 'new@example.com'",
        "USER");
  }

  @Test
  @Tag("SF-022")
  void an_unknown_role_is_refused() {
    refuses("update users set role = 'OWNER' where id = 'ADMIN'", "22P02", "");
  }

  @Test
  @Tag("SF-024")
  void a_user_knows_since_when() {
    accepts(
        "insert into users (email, supabase_id) values ('new@example.com', 'new')",
        "select created_at = now() from users where email = 'new@example.com'",
        "t");
  }

  @Test
  @Tag("SF-032")
  void a_profile_gets_an_id() {
    accepts(
        "insert into artist_profiles (user_id, artist_name) values ('STRANGER', 'New')",
        "select id is not null from artist_profiles where user_id = 'STRANGER'",
        "t");
  }

  @Test
  @Tag("SF-033")
  void a_user_has_one_profile() {
    refuses(
        "insert into artist_profiles (user_id, artist_name) values ('ARTIST', 'Second')",
        "23505",
        "artist_profiles_user_id_key");
  }

  @Test
  @Tag("SF-034")
  void a_profile_needs_a_name() {
    refuses("update artist_profiles set artist_name = null", "23502", "");
  }

  @Test
  @Tag("SF-035")
  void a_profile_needs_no_bio() {
    accepts(
        "insert into artist_profiles (user_id, artist_name) values ('STRANGER', 'New')",
        "select bio is null from artist_profiles where user_id = 'STRANGER'",
        "t");
  }

  @Test
  @Tag("SF-036")
  void a_profile_starts_unverified() {
    accepts(
        "insert into artist_profiles (user_id, artist_name) values ('STRANGER', 'New')",
        "select verified from artist_profiles where user_id = 'STRANGER'",
        "f");
  }

  @Test
  @Tag("SF-037")
  void a_verified_profile_says_since_when() {
    refuses(
        "update artist_profiles set verified_at = null", "23514", "artist_profiles_verified_at");
  }

  @Test
  @Tag("SF-038")
  void a_profile_keeps_a_website() {
    accepts(
        "update artist_profiles set website_url = 'https://example.com/'",
        "select website_url from artist_profiles",
        "https://example.com/");
  }

  @Test
  @Tag("SF-039")
  void a_profile_keeps_a_spotify_address() {
    accepts(
        "update artist_profiles set spotify_url = 'https://open.spotify.com/artist/1'",
        "select spotify_url from artist_profiles",
        "https://open.spotify.com/artist/1");
  }

  @Test
  @Tag("SF-040")
  void a_profile_keeps_a_soundcloud_address() {
    accepts(
        "update artist_profiles set soundcloud_url = 'https://soundcloud.com/1'",
        "select soundcloud_url from artist_profiles",
        "https://soundcloud.com/1");
  }

  @Test
  @Tag("SF-041")
  void a_profile_knows_since_when() {
    accepts(
        "insert into artist_profiles (user_id, artist_name) values ('STRANGER', 'New')",
        "select created_at = now() from artist_profiles where user_id = 'STRANGER'",
        "t");
  }

  @Test
  @Tag("SF-046")
  void a_room_gets_an_id() {
    accepts(
        "insert into rooms (name, created_by) values ('New', 'STRANGER')",
        "select id is not null from rooms where name = 'New'",
        "t");
  }

  @Test
  @Tag("SF-047")
  void a_room_needs_a_name() {
    refuses("update rooms set name = null", "23502", "");
  }

  @Test
  @Tag("SF-048")
  void a_room_needs_no_description() {
    accepts(
        "insert into rooms (name, created_by) values ('New', 'STRANGER')",
        "select description is null from rooms where name = 'New'",
        "t");
  }

  @Test
  @Tag("SF-049")
  void a_room_starts_public() {
    accepts(
        "insert into rooms (name, created_by) values ('New', 'STRANGER')",
        "select is_private from rooms where name = 'New'",
        "f");
  }

  @Test
  @Tag("SF-050")
  void a_room_needs_a_creator() {
    refuses("insert into rooms (name) values ('New')", "23502", "");
  }

  @Test
  @Tag("SF-051")
  void a_room_knows_since_when() {
    accepts(
        "insert into rooms (name, created_by) values ('New', 'STRANGER')",
        "select created_at = now() from rooms where name = 'New'",
        "t");
  }

  @Test
  @Tag("SF-056")
  void a_message_gets_an_id() {
    accepts(
        "insert into messages (room_id, user_id, text) values ('OPEN_ROOM', 'LISTENER', 'new')",
        "select id is not null from messages where text = 'new'",
        "t");
  }

  @Test
  @Tag("SF-057")
  void a_message_needs_a_known_room() {
    refuses(
        "insert into messages (room_id, user_id, text) values ('ADMIN', 'LISTENER', 'new')",
        "23503",
        "messages_room_id_fkey");
  }

  @Test
  @Tag("SF-057")
  void a_message_needs_a_room() {
    refuses("insert into messages (user_id, text) values ('LISTENER', 'new')", "23502", "");
  }

  @Test
  @Tag("SF-058")
  void a_message_needs_a_known_author() {
    refuses(
        "insert into messages (room_id, user_id, text) values ('OPEN_ROOM', 'CARD', 'new')",
        "23503",
        "messages_user_id_fkey");
  }

  @Test
  @Tag("SF-058")
  void a_message_needs_an_author() {
    refuses("insert into messages (room_id, text) values ('OPEN_ROOM', 'new')", "23502", "");
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
