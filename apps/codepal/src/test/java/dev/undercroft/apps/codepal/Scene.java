package dev.undercroft.apps.codepal;

import dev.undercroft.testkit.Trial;
import java.sql.SQLException;
import java.util.List;

/**
 * Two owners who know nothing of each other, each with one row in every table. In A's project work
 * a developer and a viewer, too.
 */
final class Scene {

  private static final List<String> STATEMENTS =
      List.of(
          "insert into users (id, email, name) values ('user-X', 'X@example.com', 'User X')",
          "insert into accounts (id, user_id, type, provider, provider_account_id, access_token)"
              + " values ('account-X', 'user-X', 'oauth', 'github', 'X', 'sealed-X')",
          "insert into sessions (id, session_token, user_id, expires)"
              + " values ('session-X', repeat('X', 64), 'user-X', '2100-01-01')",
          "insert into api_keys (id, key, user_id, prefix)"
              + " values ('api_key-X', repeat('X', 64), 'user-X', 'codepal_')",
          "insert into verification_tokens (identifier, token, expires)"
              + " values ('X@example.com', repeat('X', 64), '2100-01-01')",
          "insert into projects (id, name, owner_id) values ('project-X', 'Project X', 'user-X')",
          "insert into project_files (id, project_id, path, name, content, modified_by)"
              + " values ('project_file-X', 'project-X', 'src/X.txt', 'X.txt', 'Words of X', 'user-X')");

  private Scene() {}

  static void arrange(Trial trial) throws SQLException {
    trial.asSystem();
    trial.run(
        "insert into users (id, email, role) values ('admin', 'admin@example.com', 'admin'),"
            + " ('developer', 'developer@example.com', 'user'), ('viewer', 'viewer@example.com',"
            + " 'user'), ('stranger', 'stranger@example.com', 'user')");
    for (String owner : List.of("a", "b")) {
      for (String statement : STATEMENTS) {
        trial.run(of(owner, statement));
      }
    }
    trial.run(
        "insert into project_members (id, project_id, user_id, role) values"
            + " ('member-developer', 'project-a', 'developer', 'DEVELOPER'),"
            + " ('member-viewer', 'project-a', 'viewer', 'VIEWER')");
  }

  /** The statement with X, where it stands for the owner, replaced. */
  static String of(String owner, String statement) {
    return statement
        .replace("-X'", "-" + owner + "'")
        .replace("'X@", "'" + owner + "@")
        .replace("X.txt", owner + ".txt")
        .replace("'X'", "'" + owner + "'")
        .replace(" X'", " " + owner + "'");
  }
}
