package dev.undercroft.apps.simplycaster;

import dev.undercroft.testkit.Trial;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of two hosts that know nothing of each other: every table has one row of A and one of B. */
final class Scene {

  static final String ADMIN = "0b5e8a52-7d0c-4a53-9c37-5c8f6f0a1001";
  static final String HOST_A = "aaaaaaaa-0000-4000-8000-000000000001";
  static final String HOST_B = "bbbbbbbb-0000-4000-8000-000000000001";
  static final String ROOM_A = "aaaaaaaa-0000-4000-8000-000000000002";
  static final String ROOM_B = "bbbbbbbb-0000-4000-8000-000000000002";
  static final String GUEST_A = "aaaaaaaa-0000-4000-8000-000000000003";
  static final String GUEST_B = "bbbbbbbb-0000-4000-8000-000000000003";
  static final String RECORDING_A = "aaaaaaaa-0000-4000-8000-000000000004";
  static final String RECORDING_B = "bbbbbbbb-0000-4000-8000-000000000004";
  static final String FILE_A = "aaaaaaaa-0000-4000-8000-000000000005";
  static final String EPISODE_A = "aaaaaaaa-0000-4000-8000-000000000006";
  static final String EPISODE_B = "bbbbbbbb-0000-4000-8000-000000000006";
  static final String INVITATION_A = "aaaaaaaa-0000-4000-8000-000000000007";
  static final String TOKEN_A = "aaaaaaaa-0000-4000-8000-000000000008";
  static final String ENTRY_A = "aaaaaaaa-0000-4000-8000-000000000009";

  /** The id of A's row by table; B's begins with b instead. */
  static final Map<String, String> ROWS =
      Map.of(
          "users", HOST_A,
          "rooms", ROOM_A,
          "guests", GUEST_A,
          "recordings", RECORDING_A,
          "recording_files", FILE_A,
          "feed_episodes", EPISODE_A,
          "user_invitations", INVITATION_A,
          "password_reset_tokens", TOKEN_A,
          "audit_log", ENTRY_A);

  private static final List<String> STATEMENTS =
      List.of(
          "insert into users (id, email) values ('HOST', 'X@example.com')",
          "insert into rooms (id, name, slug, host_id) values ('ROOM', 'Room X', 'room-X', 'HOST')",
          "insert into guests (id, room_id, display_name, access_token_hash, token_expires_at,"
              + " invited_by) values ('GUEST', 'ROOM', 'Guest X', 'hash-X', now() + interval '1 day',"
              + " 'HOST')",
          "insert into recordings (id, room_id, folder_name, started_at, created_by) values"
              + " ('RECORDING', 'ROOM', 'folder-X', now(), 'HOST')",
          "insert into recording_files (id, recording_id, file_name, file_path, participant_name,"
              + " participant_type, size_bytes) values ('FILE', 'RECORDING', 'f.webm', '/X/f.webm',"
              + " 'Host X', 'host', 10)",
          "insert into user_invitations (id, email, role, token_hash, invited_by, expires_at) values"
              + " ('INVITATION', 'invited-X@example.com', 'host', 'invitation-X', 'HOST', now() +"
              + " interval '7 days')",
          "insert into password_reset_tokens (id, user_id, token_hash, expires_at) values ('TOKEN',"
              + " 'HOST', 'reset-X', now() + interval '1 hour')",
          "insert into audit_log (id, user_id, user_email, user_role, action, entity_type, entity_id)"
              + " values ('ENTRY', 'HOST', 'X@example.com', 'host', 'room.created', 'rooms', 'ROOM')");

  private Scene() {}

  /** Makes the rows; A's episode is published, B's is a draft. */
  static void arrange(Trial trial) throws SQLException {
    trial.asSystem();
    for (String statement : statements()) {
      trial.run(statement);
    }
  }

  /** What makes the rows, in order. */
  static List<String> statements() {
    List<String> all = new ArrayList<>();
    for (String statement : STATEMENTS) {
      all.add(named(statement, "a"));
      all.add(named(statement, "b"));
    }
    all.add(
        "insert into feed_episodes (id, title, slug, audio_file_path, audio_size_bytes,"
            + " duration_seconds, is_published, published_at, created_by) values"
            + (" ('" + EPISODE_A + "', 'Out', 'out', '/out.mp3', 1, 1, true, now(), '" + ADMIN)
            + ("'), ('" + EPISODE_B + "', 'Draft', 'draft', '/draft.mp3', 1, 1, false, null, '")
            + (ADMIN + "')"));
    return all;
  }

  /** The statement with the names of rows replaced by A's or B's ids. */
  static String named(String statement, String owner) {
    String text = statement.replace("-X", "-" + owner).replace("X@", owner + "@");
    text = text.replace(" X'", " " + owner + "'").replace("/X/", "/" + owner + "/");
    String[] names = {
      "HOST", "ROOM", "GUEST", "RECORDING", "FILE", "EPISODE", "INVITATION", "TOKEN", "ENTRY"
    };
    for (int i = 0; i < names.length; i++) {
      text =
          text.replace(
              "'" + names[i] + "'",
              "'" + owner.repeat(8) + "-0000-4000-8000-00000000000" + (i + 1) + "'");
    }
    return text;
  }
}
