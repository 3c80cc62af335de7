package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database does by itself when rows change, and what it refuses. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriggersTest {

  private final Trials trials;

  TriggersTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("seda", young, old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"artist_profiles", "rooms", "messages", "track_refs"})
  void an_update_stamps_the_row(String table) {
    stamps(table);
  }

  @Test
  @Tag("SF-025")
  void an_update_stamps_the_user() {
    stamps("users");
  }

  private void stamps(String table) {
    trials.each(trial -> {
      String query = "select max(updated_at) from " + table;
      String before = trial.value(query);
      trial.run("update " + table + " set id = id");
      String between = trial.value(query);
      trial.run("update " + table + " set id = id");
      assertThat(List.of(before, between, trial.value(query))).doesNotHaveDuplicates();
    });
  }

  @Test
  @Tag("SF-023")
  void a_muted_user_is_silent_until_that_time() {
    trials.each(trial -> {
      String say =
          People.named(
              "insert into messages (room_id, user_id, text) values ('OPEN_ROOM', 'STRANGER', 'x')");
      mute(trial, "1 hour");
      trial.asCaller(People.STRANGER, "USER");
      assertThat(trial.refusal(say).constraint()).isEqualTo("messages_author_not_muted");
      mute(trial, "-1 second");
      assertThat(trial.asCaller(People.STRANGER, "USER").run(say)).isEqualTo(1);
    });
  }

  private static void mute(Trial trial, String time) throws SQLException {
    trial
        .asSystem()
        .run(
            "update users set muted_until = now() + ?::interval where id = ?::uuid",
            time,
            People.STRANGER);
  }

  @Test
  @Tag("SF-062")
  void a_reply_is_linked_to_its_parent_in_the_same_room() {
    trials.each(trial -> {
      String reply =
          "insert into messages (room_id, user_id, text, parent_id)"
              + " values ('%s', 'LISTENER', 'x', '%s')";
      assertThat(trial.run(People.named(reply.formatted("OPEN_ROOM", "CARD")))).isEqualTo(1);
      assertThat(
              trial.value("select count(*) from messages where parent_id = ?::uuid", People.CARD))
          .isEqualTo("4");
      assertThat(trial.refusal(People.named(reply.formatted("PRIVATE_ROOM", "CARD"))).constraint())
          .isEqualTo("messages_parent_same_room");
      assertThat(trial.refusal(People.named(reply.formatted("OPEN_ROOM", "REPLY"))).constraint())
          .isEqualTo("messages_reply_depth");
      assertThat(trial.refusal(People.named(reply.formatted("OPEN_ROOM", "ADMIN"))).constraint())
          .isEqualTo("messages_parent_id_fkey");
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "room_id = 'PRIVATE_ROOM'",
        "user_id = 'STRANGER'",
        "created_at = now()",
        "parent_id = 'WELCOME'"
      })
  void a_message_stays_where_it_was_said(String change) {
    trials.each(trial ->
        assertThat(
                trial
                    .refusal(People.named("update messages set " + change + " where id = 'REPLY'"))
                    .constraint())
            .isEqualTo("messages_place_fixed"));
  }

  @Test
  @Tag("SF-064")
  @Tag("SF-166")
  void a_deleted_message_is_kept_and_stays_deleted() {
    trials.each(trial -> {
      trial.run("update messages set deleted_at = now() where id = ?::uuid", People.CARD);
      assertThat(trial.value("select count(*) from messages where id = ?::uuid", People.CARD))
          .isEqualTo("1");
      assertThat(
              trial
                  .refusal("update messages set deleted_at = null where id = ?::uuid", People.CARD)
                  .constraint())
          .isEqualTo("messages_deleted_final");
    });
  }

  @Test
  void nobody_edits_the_words_of_others_while_moderating() {
    trials.each(trial -> {
      trial.asCaller(People.ADMIN, "USER");
      String where = " where id = '" + People.STRANGERS_REPLY + "'";
      assertThat(
              trial
                  .refusal("update messages set deleted_at = now(), text = 'forged'" + where)
                  .state())
          .isEqualTo("42501");
      assertThat(trial.run("update messages set deleted_at = now()" + where)).isEqualTo(1);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"verified = true, verified_at = now()", "user_id = 'ADMIN'"})
  void nobody_verifies_their_own_profile(String change) {
    trials.each(trial -> {
      trial.run(
          "insert into artist_profiles (user_id, artist_name) values (?::uuid, 'New')",
          People.STRANGER);
      String update =
          People.named("update artist_profiles set " + change + " where user_id = 'STRANGER'");
      assertThat(trial.asCaller(People.STRANGER, "USER").refusal(update).state())
          .isEqualTo("42501");
      assertThat(
              trial.run(
                  "update artist_profiles set bio = 'x' where user_id = ?::uuid", People.STRANGER))
          .isEqualTo(1);
    });
  }

  @Test
  void only_a_super_administrator_grants_admin() {
    trials.each(trial -> {
      String raise = People.named("update users set role = $$ADMIN$$ where id = 'STRANGER'");
      String lower = People.named("update users set role = 'USER' where id = 'ADMIN'");
      String artist = People.named("update users set role = $$ARTIST$$ where id = 'STRANGER'");
      trial.asCaller(People.STRANGER, "USER");
      assertThat(trial.refusal(raise).state()).isEqualTo("42501");
      assertThat(trial.refusal(artist).state()).isEqualTo("42501");
      trial.asCaller(People.ADMIN, "ADMIN");
      assertThat(trial.run(artist)).isEqualTo(1);
      assertThat(trial.refusal(raise).state()).isEqualTo("42501");
      assertThat(trial.refusal(lower).state()).isEqualTo("42501");
      trial.asCaller(People.ADMIN, "SUPER_ADMIN");
      assertThat(trial.run(raise)).isEqualTo(1);
    });
  }

  private static final Set<String> STEPS =
      Set.of(
          "PENDING>CRAWLING",
          "PENDING>EXPIRED",
          "CRAWLING>APPROVED",
          "CRAWLING>AWAITING_ADMIN",
          "AWAITING_ADMIN>APPROVED",
          "AWAITING_ADMIN>DENIED");

  static Stream<String[]> steps() {
    List<String> statuses =
        List.of("PENDING", "CRAWLING", "AWAITING_ADMIN", "APPROVED", "DENIED", "EXPIRED");
    List<String[]> steps = new ArrayList<>();
    for (String from : statuses) {
      for (String to : statuses) {
        boolean legal = from.equals(to) || STEPS.contains(from + ">" + to);
        steps.add(new String[] {from, to, legal ? "allowed" : "refused"});
      }
    }
    return steps.stream();
  }

  @ParameterizedTest(name = "{0} to {1} is {2}")
  @MethodSource("steps")
  void a_verification_request_moves_along_its_path_only(String from, String to, String verdict) {
    trials.each(trial -> {
      trial.run(
          "insert into verification_requests (user_id, claim_code, expires_at) values (?::uuid,"
              + " 'SEDA-1', now() + interval '7 days')",
          People.STRANGER);
      trial.as("owner", "", "").run("alter table verification_requests disable trigger user");
      String update = "update verification_requests set status = '%s'::verification_status";
      trial.asSystem().run(update.formatted(from));
      trial.as("owner", "", "").run("alter table verification_requests enable trigger user");
      trial.asSystem();
      if (verdict.equals("allowed")) {
        assertThat(trial.run(update.formatted(to))).isEqualTo(1);
      } else {
        assertThat(trial.refusal(update.formatted(to)).constraint())
            .isEqualTo("verification_requests_status_transition");
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRAWLING", "AWAITING_ADMIN", "APPROVED", "DENIED", "EXPIRED"})
  void a_verification_request_starts_pending(String status) {
    trials.each(trial ->
        assertThat(
                trial
                    .refusal(
                        "insert into verification_requests (user_id, claim_code, expires_at,"
                            + " status) values (?::uuid, 'SEDA-1', now() + interval '7 days',"
                            + " ?::verification_status)",
                        People.STRANGER,
                        status)
                    .constraint())
            .isEqualTo("verification_requests_status_start"));
  }
}
