package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule that the tables themselves keep: a statement that breaks it, and who refuses it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("SC-023")
class ChecksTest {

  /** The rule, and a statement that breaks it in the names of {@link Scene}. */
  private static final String BREACHES =
      """
      users_email_format | insert into users (email) values ('no-at.example.com')
      users_email_format | insert into users (email) values ('two@at@example.com')
      users_email_format | insert into users (email) values ('with blank@example.com')
      users_email_format | insert into users (email) values ('no@dot')
      users_email_format | insert into users (email) values ('empty@label..com')
      users_email_format | update users set email = '' where id = 'HOST'
      users_role_permanent | insert into users (email, role) values ('g@example.com', 'guest')
      users_failed_login_attempts_range | update users set failed_login_attempts = -1 where id = 'HOST'
      users_password_complete | update users set password_hash = 'h' where id = 'HOST'
      users_password_complete | update users set password_salt = 's' where id = 'HOST'
      password_reset_tokens_expiry | update password_reset_tokens set expires_at = created_at where id = 'TOKEN'
      password_reset_tokens_used_in_time | update password_reset_tokens set used_at = expires_at + interval '1 second' where id = 'TOKEN'
      user_invitations_role_permanent | update user_invitations set role = 'guest' where id = 'INVITATION'
      user_invitations_accepted_at | update user_invitations set accepted_at = now() where id = 'INVITATION'
      user_invitations_accepted_at | update user_invitations set status = 'accepted' where id = 'INVITATION'
      user_invitations_expiry | update user_invitations set expires_at = created_at where id = 'INVITATION'
      user_invitations_status_start | insert into user_invitations (email, role, token_hash, invited_by, status, expires_at) values ('n@example.com', 'host', 'n', 'HOST', 'revoked', now() + interval '1 day')
      rooms_slug_format | update rooms set slug = 'ABC' where id = 'ROOM'
      rooms_slug_format | update rooms set slug = '-' where id = 'ROOM'
      rooms_slug_format | update rooms set slug = 'a-' where id = 'ROOM'
      rooms_slug_format | update rooms set slug = '' where id = 'ROOM'
      rooms_max_participants_range | update rooms set max_participants = 0 where id = 'ROOM'
      rooms_max_participants_range | update rooms set max_participants = 101 where id = 'ROOM'
      rooms_recording_started | update rooms set status = 'active' where id = 'ROOM'; update rooms set status = 'recording' where id = 'ROOM'
      rooms_recording_stopped_after_start | update rooms set recording_stopped_at = now() where id = 'ROOM'
      rooms_recording_stopped_after_start | update rooms set recording_started_at = now(), recording_stopped_at = now() where id = 'ROOM'
      rooms_closed_at | update rooms set closed_at = now() where id = 'ROOM'
      rooms_closed_at | update rooms set status = 'closed' where id = 'ROOM'
      guests_token_expiry | update guests set token_expires_at = created_at where id = 'GUEST'
      guests_last_seen_after_join | update guests set last_seen_at = joined_at - interval '1 second' where id = 'GUEST'
      guests_left_or_kicked | update guests set left_at = now(), kicked_at = now() where id = 'GUEST'
      recordings_duration_range | update recordings set duration_seconds = -1 where id = 'RECORDING'
      recordings_size_range | update recordings set total_size_bytes = -1 where id = 'RECORDING'
      recordings_stopped_after_start | update recordings set stopped_at = started_at where id = 'RECORDING'
      recordings_completed_after_stop | update recordings set stopped_at = started_at + interval '2 seconds', completed_at = started_at + interval '1 second' where id = 'RECORDING'
      recordings_status_times | update recordings set status = 'uploading' where id = 'RECORDING'
      recordings_status_times | update recordings set stopped_at = started_at + interval '1 second', completed_at = started_at + interval '2 seconds' where id = 'RECORDING'
      recording_files_participant_type | update recording_files set participant_type = 'admin' where id = 'FILE'
      recording_files_size_range | update recording_files set size_bytes = 0 where id = 'FILE'
      recording_files_checksum_format | update recording_files set checksum_sha256 = 'ABC' where id = 'FILE'
      feed_episodes_slug_format | update feed_episodes set slug = 'With Blank' where id = 'EPISODE'
      feed_episodes_size_range | update feed_episodes set audio_size_bytes = 0 where id = 'EPISODE'
      feed_episodes_duration_range | update feed_episodes set duration_seconds = 0 where id = 'EPISODE'
      feed_episodes_published_at | update feed_episodes set published_at = null where id = 'EPISODE'
      """;

  private final Trials trials;

  ChecksTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  static Stream<String[]> breaches() {
    return BREACHES.lines().map(line -> line.split(" \\| ", 2));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("breaches")
  @Tag("SC-014")
  @Tag("SC-018")
  @Tag("SC-019")
  @Tag("SC-020")
  void a_breach_is_refused_by_the_rule_that_names_it(String rule, String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      var refusal = trial.refusal(Scene.named(statement, "a"));
      assertThat(refusal.constraint()).isEqualTo(rule);
      assertThat(refusal.state()).isEqualTo("23514");
    });
  }

  @Test
  void every_check_of_the_database_has_a_breach() {
    var named = breaches().map(breach -> breach[0]).toList();
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select conname from pg_constraint where contype = 'c'"
                        + " and connamespace = 'public'::regnamespace"))
            .isNotEmpty()
            .allSatisfy(check -> assertThat(named).contains(check)));
  }

  @Test
  @Tag("SC-085")
  void the_information_schema_lists_the_checks_to_the_owner() {
    trials.each(trial ->
        assertThat(
                trial
                    .as("owner", "", "")
                    .column(
                        "select constraint_name from information_schema.check_constraints"
                            + " where constraint_schema = 'public'"))
            .contains("rooms_slug_format", "users_password_complete", "guests_left_or_kicked"));
  }
}
