package dev.undercroft.apps.simplycaster;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Refusals;
import java.util.Map;

/** What the rules of the database are called towards people. */
final class Wordings {

  static final Refusals REFUSALS =
      new Refusals(
          Map.of(
              "users_email_key",
              conflict("USER_EXISTS", "there is a user with this address", "Sign in instead."),
              "user_invitations_email_role_key",
              conflict(
                  "INVITED_ALREADY",
                  "this address has a pending invitation for this role",
                  "Revoke that one first."),
              "rooms_slug_key",
              conflict("SLUG_TAKEN", "an open room has this name in links", "Choose another."),
              "rooms_status_transition",
              conflict(
                  "ROOM_STATUS", "the room is not in a state that allows this", "Reload the room."),
              "recordings_status_transition",
              conflict(
                  "RECORDING_STATUS",
                  "the recording is not in a state that allows this",
                  "Reload the recording."),
              "recording_files_path_key",
              conflict(
                  "FILE_EXISTS", "the recording has a file at this path", "Choose another path."),
              "feed_episodes_slug_key",
              conflict("SLUG_TAKEN", "an episode has this name in links", "Choose another."),
              "audit_log_remove_young",
              conflict(
                  "ARCHIVE_YOUNG",
                  "entries of the last 90 days stay in the audit log",
                  "Name an earlier day."),
              "audit_log_remove_content",
              conflict(
                  "ARCHIVE_DIFFERS",
                  "the archive does not hold exactly the entries before that day",
                  "Fetch the archive of that day anew and show its checksum."),
              "guests_departure_final",
              conflict("GUEST_GONE", "the guest has left", "Invite again.")));

  private Wordings() {}

  private static Problem conflict(String code, String message, String remedy) {
    return Problem.of("SIMPLYCASTER_" + code, ProblemKind.CONFLICT, message).withRemedy(remedy);
  }

  /** The thing is not there, or not for this caller. */
  static Problem unknown(String what, Object id) {
    return Problem.of(
            "SIMPLYCASTER_UNKNOWN", ProblemKind.NOT_FOUND, "there is no " + what + " " + id)
        .withRemedy("Reload the list.");
  }

  /** The thing is in a state that does not allow this. */
  static Problem state(String code, String message, String remedy) {
    return conflict(code, message, remedy);
  }
}
