package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step from one status to another, the allowed and the others, as the database sees it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransitionsTest {

  private static final Set<String> ROOM =
      Set.of(
          "waiting>active",
          "waiting>closed",
          "active>recording",
          "active>closed",
          "recording>active",
          "recording>closed");
  private static final Set<String> RECORDING =
      Set.of(
          "recording>uploading",
          "recording>failed",
          "uploading>processing",
          "uploading>failed",
          "processing>completed",
          "processing>failed",
          "failed>uploading");
  private static final Set<String> INVITATION =
      Set.of("pending>accepted", "pending>expired", "pending>revoked");

  private final Trials trials;

  TransitionsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  private static Stream<String[]> steps(Set<String> allowed, String... statuses) {
    List<String[]> steps = new ArrayList<>();
    for (String from : statuses) {
      for (String to : statuses) {
        boolean legal = from.equals(to) || allowed.contains(from + ">" + to);
        steps.add(new String[] {from, to, legal ? "allowed" : "refused"});
      }
    }
    return steps.stream();
  }

  static Stream<String[]> roomSteps() {
    return steps(ROOM, "waiting", "active", "recording", "closed");
  }

  static Stream<String[]> recordingSteps() {
    return steps(RECORDING, "recording", "uploading", "processing", "completed", "failed");
  }

  static Stream<String[]> invitationSteps() {
    return steps(INVITATION, "pending", "accepted", "expired", "revoked");
  }

  /** Puts a row into a status no matter how it got there, then tries the step. */
  private void attempt(String table, String id, String[] columns, String[] step) {
    trials.each(trial -> {
      Scene.arrange(trial);
      String update = "update " + table + " set status = '%s'::" + columns[0] + columns[1];
      trial.as("owner", "", "");
      trial.run("alter table " + table + " disable trigger user");
      trial.asSystem().run(update.formatted(step[0], step[0]) + " where id = '" + id + "'");
      trial.as("owner", "", "").run("alter table " + table + " enable trigger user");
      trial.asSystem();
      String statement = update.formatted(step[1], step[1]) + " where id = '" + id + "'";
      if (step[2].equals("allowed")) {
        assertThat(trial.run(statement)).isEqualTo(1);
      } else {
        assertThat(trial.refusal(statement).constraint()).isEqualTo(table + "_status_transition");
      }
    });
  }

  @ParameterizedTest(name = "{0} to {1} is {2}")
  @MethodSource("roomSteps")
  @Tag("SC-018")
  void a_room_moves_along_its_path_only(String from, String to, String verdict) {
    String times =
        ", recording_started_at = now(), closed_at = case '%s' when 'closed' then now() end";
    attempt(
        "rooms",
        Scene.ROOM_A,
        new String[] {"room_status", times},
        new String[] {from, to, verdict});
  }

  @ParameterizedTest(name = "{0} to {1} is {2}")
  @MethodSource("recordingSteps")
  @Tag("SC-019")
  void a_recording_moves_along_its_path_only(String from, String to, String verdict) {
    String times =
        ", stopped_at = started_at + interval '1 minute', completed_at = case '%s' when 'completed'"
            + " then started_at + interval '1 hour' end";
    attempt(
        "recordings",
        Scene.RECORDING_A,
        new String[] {"recording_status", times},
        new String[] {from, to, verdict});
  }

  @ParameterizedTest(name = "{0} to {1} is {2}")
  @MethodSource("invitationSteps")
  void an_invitation_leaves_pending_once(String from, String to, String verdict) {
    String times = ", accepted_at = case '%s' when 'accepted' then now() end";
    attempt(
        "user_invitations",
        Scene.INVITATION_A,
        new String[] {"invitation_status", times},
        new String[] {from, to, verdict});
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("roomStarts")
  @Tag("SC-018")
  void a_room_starts_waiting(String status) {
    trials.each(trial ->
        assertThat(
                trial
                    .refusal(
                        "insert into rooms (host_id, status, recording_started_at, closed_at)"
                            + " values (?::uuid, ?::room_status, now(), now())",
                        Scene.ADMIN,
                        status)
                    .constraint())
            .isEqualTo("rooms_status_start"));
  }

  static Stream<String> roomStarts() {
    return Stream.of("active", "recording", "closed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordingStarts")
  @Tag("SC-019")
  void a_recording_starts_recording(String status) {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial
                  .refusal(
                      "insert into recordings (room_id, folder_name, started_at, created_by, status)"
                          + " values (?::uuid, 'f', now(), ?::uuid, ?::recording_status)",
                      Scene.ROOM_A,
                      Scene.HOST_A,
                      status)
                  .constraint())
          .isEqualTo("recordings_status_start");
    });
  }

  static Stream<String> recordingStarts() {
    return Stream.of("uploading", "processing", "completed", "failed");
  }

  @Test
  void every_status_has_a_step() {
    trials.each(trial -> {
      assertThat(trial.column("select unnest(enum_range(null::room_status))"))
          .containsExactly("waiting", "active", "recording", "closed");
      assertThat(trial.column("select unnest(enum_range(null::recording_status))"))
          .containsExactly("recording", "uploading", "processing", "completed", "failed");
      assertThat(trial.column("select unnest(enum_range(null::invitation_status))"))
          .containsExactly("pending", "accepted", "expired", "revoked");
      assertThat(trial.column("select unnest(enum_range(null::user_role))"))
          .containsExactly("guest", "host", "admin");
    });
  }
}
