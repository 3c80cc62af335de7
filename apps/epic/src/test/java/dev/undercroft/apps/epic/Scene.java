package dev.undercroft.apps.epic;

import dev.undercroft.testkit.Trial;
import java.sql.SQLException;
import java.util.List;

/**
 * Two users who know nothing of each other, each with one row in every table, and an administrator.
 * The ids are the name of the table's row and the letter: {@code project-a}, {@code job-b}.
 */
final class Scene {

  private static final List<String> STATEMENTS =
      List.of(
          "insert into users (id, email) values ('user-X', 'X@example.com')",
          "insert into accounts (id, user_id, type, provider, provider_account_id, access_token)"
              + " values ('account-X', 'user-X', 'oauth', 'google', 'X', 'sealed-X')",
          "insert into sessions (id, session_token, user_id, expires)"
              + " values ('session-X', repeat('X', 64), 'user-X', '2100-01-01')",
          "insert into verification_tokens (identifier, token, expires)"
              + " values ('X@example.com', repeat('X', 64), '2100-01-01')",
          "insert into projects (id, user_id, title, config)"
              + " values ('project-X', 'user-X', 'Story of X', '{\"aspect_ratio\": \"9:16\"}')",
          "insert into assets (id, user_id, type, uri) values ('asset-X', 'user-X', 'IMAGE', 'X.png')",
          "insert into scenes (id, project_id, scene_index, text, image_asset_id)"
              + " values ('scene-X', 'project-X', 0, 'Scene of X', 'asset-X')",
          "insert into jobs (id, project_id, config) values ('job-X', 'project-X', '{}')",
          "insert into presets (id, user_id, name, config)"
              + " values ('preset-X', 'user-X', 'Preset of X', '{}')");

  private Scene() {}

  static void arrange(Trial trial) throws SQLException {
    trial.asSystem();
    trial.run("insert into users (id, email, role) values ('admin', 'admin@example.com', 'ADMIN')");
    for (String owner : List.of("a", "b")) {
      for (String statement : STATEMENTS) {
        trial.run(of(owner, statement));
      }
    }
  }

  /** The statement with X, where it stands for the owner, replaced. */
  static String of(String owner, String statement) {
    return statement
        .replace("-X'", "-" + owner + "'")
        .replace("'X@", "'" + owner + "@")
        .replace("'X.", "'" + owner + ".")
        .replace("'X'", "'" + owner + "'")
        .replace(" X'", " " + owner + "'");
  }
}
