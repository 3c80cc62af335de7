package dev.undercroft.apps.audiotricks;

import dev.undercroft.testkit.Trial;
import java.sql.SQLException;
import java.util.List;

/** Two users who know nothing of each other, each with one row in every table. */
final class Scene {

  static final String USER_A = "aaaaaaaa-0000-4000-8000-000000000001";
  static final String USER_B = "bbbbbbbb-0000-4000-8000-000000000001";
  static final String SESSION_A = "aaaaaaaa-0000-4000-8000-000000000002";
  static final String SESSION_B = "bbbbbbbb-0000-4000-8000-000000000002";
  static final String ENTRY_A = "aaaaaaaa-0000-4000-8000-000000000003";
  static final String ENTRY_B = "bbbbbbbb-0000-4000-8000-000000000003";

  /** A bcrypt hash of nobody's password. */
  static final String HASH = "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234";

  private static final List<String> STATEMENTS =
      List.of(
          "insert into users (id, email, username, password_hash)"
              + " values ('%1$s-0000-4000-8000-000000000001', '%2$s@example.com', 'user-%2$s', '"
              + HASH
              + "')",
          "insert into sessions (id, user_id, token_hash, expires_at) values"
              + " ('%1$s-0000-4000-8000-000000000002', '%1$s-0000-4000-8000-000000000001',"
              + " repeat('%2$s', 64), timestamp '2100-01-01')",
          "insert into user_settings (user_id, openai_api_key_encrypted)"
              + " values ('%1$s-0000-4000-8000-000000000001', 'sealed-%2$s')",
          "insert into audio_history (id, user_id, title, transcript, processing_options) values"
              + " ('%1$s-0000-4000-8000-000000000003', '%1$s-0000-4000-8000-000000000001',"
              + " 'Talk of %2$s', 'The words of %2$s about gardening', '{\"language\": \"en\"}')");

  private Scene() {}

  static void arrange(Trial trial) throws SQLException {
    trial.asSystem();
    for (String owner : List.of("a", "b")) {
      for (String statement : STATEMENTS) {
        trial.run(statement.formatted(owner.repeat(8), owner));
      }
    }
  }
}
