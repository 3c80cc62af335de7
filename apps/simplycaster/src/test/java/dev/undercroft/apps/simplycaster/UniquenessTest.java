package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What may exist once, and when it may exist again. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UniquenessTest {

  private final Trials trials;

  UniquenessTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  private void refuses(String constraint, String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      var refusal = trial.refusal(Scene.named(statement, "a"));
      assertThat(refusal.state()).isEqualTo("23505");
      assertThat(refusal.constraint()).isEqualTo(constraint);
    });
  }

  private void accepts(String... statements) {
    trials.each(trial -> {
      Scene.arrange(trial);
      for (String statement : statements) {
        assertThat(trial.run(Scene.named(statement, "a"))).isEqualTo(1);
      }
    });
  }

  @Test
  @Tag("SC-014")
  void an_address_is_taken_in_any_case() {
    refuses("users_email_key", "insert into users (email) values ('A@EXAMPLE.COM')");
  }

  @Test
  @Tag("SC-013")
  void the_address_of_a_deleted_user_is_free_again() {
    accepts(
        "update users set deleted_at = now() where id = 'HOST'",
        "insert into users (email) values ('a@example.com')");
  }

  @Test
  void an_unused_reset_token_is_unique() {
    refuses(
        "password_reset_tokens_token_hash_key",
        "insert into password_reset_tokens (user_id, token_hash, expires_at)"
            + " values ('HOST', 'reset-b', now() + interval '1 hour')");
  }

  @Test
  void a_person_has_one_pending_invitation_per_role() {
    refuses(
        "user_invitations_email_role_key",
        "insert into user_invitations (email, role, token_hash, invited_by, expires_at) values"
            + " ('INVITED-a@example.com', 'host', 'other', 'HOST', now() + interval '1 day')");
    accepts(
        "insert into user_invitations (email, role, token_hash, invited_by, expires_at) values"
            + " ('invited-a@example.com', 'admin', 'other', 'HOST', now() + interval '1 day')");
    accepts(
        "update user_invitations set status = 'revoked' where id = 'INVITATION'",
        "insert into user_invitations (email, role, token_hash, invited_by, expires_at) values"
            + " ('invited-a@example.com', 'host', 'invitation-a', 'HOST', now() + interval '1 day')");
  }

  @Test
  @Tag("SC-018")
  void a_slug_names_one_open_room() {
    refuses("rooms_slug_key", "insert into rooms (slug, host_id) values ('room-b', 'HOST')");
    accepts(
        "update rooms set status = 'closed', closed_at = now() where id = 'ROOM'",
        "insert into rooms (slug, host_id) values ('room-a', 'HOST')");
    accepts(
        "insert into rooms (host_id) values ('HOST')",
        "insert into rooms (host_id) values ('HOST')");
  }

  @Test
  void a_link_of_a_present_guest_is_unique() {
    refuses(
        "guests_access_token_hash_key",
        "insert into guests (room_id, display_name, access_token_hash, token_expires_at, invited_by)"
            + " values ('ROOM', 'Again', 'hash-b', now() + interval '1 day', 'HOST')");
  }

  @Test
  @Tag("SC-019")
  void a_folder_belongs_to_one_recording() {
    refuses(
        "recordings_folder_name_key",
        "insert into recordings (room_id, folder_name, started_at, created_by)"
            + " values ('ROOM', 'folder-b', now(), 'HOST')");
    accepts(
        "update recordings set deleted_at = now() where id = 'RECORDING'",
        "insert into recordings (room_id, folder_name, started_at, created_by)"
            + " values ('ROOM', 'folder-a', now(), 'HOST')");
  }

  @Test
  @Tag("SC-020")
  void a_path_occurs_once_per_recording() {
    refuses(
        "recording_files_path_key",
        "insert into recording_files (recording_id, file_name, file_path, participant_name,"
            + " participant_type, size_bytes) values ('RECORDING', 'x', '/a/f.webm', 'x', 'guest', 1)");
  }

  @Test
  void a_slug_names_one_episode_that_is_not_deleted() {
    refuses(
        "feed_episodes_slug_key",
        "insert into feed_episodes (title, slug, audio_file_path, audio_size_bytes,"
            + " duration_seconds, created_by) values ('x', 'out', 'x', 1, 1, 'HOST')");
    accepts(
        "update feed_episodes set deleted_at = now() where id = 'EPISODE'",
        "insert into feed_episodes (title, slug, audio_file_path, audio_size_bytes,"
            + " duration_seconds, created_by) values ('x', 'out', 'x', 1, 1, 'HOST')");
  }
}
