package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent to an endpoint of an application: no defect, no word of the inside, no value of
 * another, and refusals are problem bodies.
 */
class HostileInputTest {

  /** Stands in rows of others. */
  private static final String SECRET = "Kept-secret-7f3a";

  /**
   * An application's attacker, and how rows of others come to be.
   *
   * @param tenant who attacks
   * @param role in which role
   * @param rows what makes the attacker, and rows of others with the secret in them
   * @param ids what gives ids of others
   */
  private record Ground(String tenant, String role, List<String> rows, String ids) {}

  private static final String UUID_A = "aaaaaaaa-0000-4000-8000-000000000001";
  private static final String UUID_B = "bbbbbbbb-0000-4000-8000-000000000001";

  private static final Map<String, Ground> GROUNDS =
      Map.of(
          "simplycaster",
          new Ground(
              UUID_A,
              "host",
              List.of(
                  "insert into users (id, email) values ('%s', 'mallory@example.com')"
                      .formatted(UUID_A),
                  "insert into users (id, email) values ('%s', '%s@example.com')"
                      .formatted(UUID_B, SECRET),
                  "insert into rooms (id, name, slug, host_id) values ('%1$s', '%2$s', 'r', '%1$s')"
                      .formatted(UUID_B, SECRET),
                  ("insert into recordings (id, room_id, folder_name, started_at, created_by) values"
                          + " ('%1$s', '%1$s', '%2$s', now(), '%1$s')")
                      .formatted(UUID_B, SECRET)),
              "select id::text from users union select id::text from rooms"),
          "seda",
          new Ground(
              "5eda0000-0000-4000-8000-000000000004",
              "USER",
              List.of(
                  ("insert into messages (room_id, user_id, text) values"
                          + " ('5eda0000-0000-4000-8000-000000000022',"
                          + " '5eda0000-0000-4000-8000-000000000002', '%s')")
                      .formatted(SECRET)),
              "select id::text from rooms union select id::text from messages"
                  + " union select id::text from users"),
          "audiotricks",
          new Ground(
              UUID_A,
              "user",
              List.of(
                  "insert into users (id, email, username, password_hash) values ('%s', 'm@example.com', 'm12', 'x')"
                      .formatted(UUID_A),
                  "update audio_history set title = '%1$s', transcript = '%1$s'".formatted(SECRET)),
              "select id::text from audio_history union select id::text from users"),
          "epic",
          new Ground(
              "mallory",
              "USER",
              List.of(
                  "insert into users (id, email) values ('mallory', 'mallory@example.com')",
                  "update projects set title = '%s', description = '%s'".formatted(SECRET, SECRET)),
              "select id from projects union select id from jobs union select id from users"
                  + " union select id from assets union select id from scenes"),
          "codepal",
          new Ground(
              "mallory",
              "user",
              List.of(
                  "insert into users (id, email, email_verified) values ('mallory', 'mallory@example.com', now())",
                  "update projects set name = '%1$s', description = '%1$s'".formatted(SECRET),
                  "update project_files set content = '%1$s'".formatted(SECRET)),
              "select id from projects union select id from users union select id from sessions"));

  @TempDir private Path folder;

  @Test
  void hostile_input_to_seda_gets_nothing_but_refusals() throws Exception {
    try (TestingFolder project = TestingFolder.withApplication(folder, "seda")) {
      assertThat(walk(project, project.up(), "seda", 4)).isEmpty();
    }
  }

  @Test
  @Tag("long")
  void hostile_input_to_each_application_gets_nothing_but_refusals() throws Exception {
    try (TestingFolder workspace = TestingFolder.withApplications(folder)) {
      JsonNode summary = workspace.up();
      List<String> wrong = new ArrayList<>();
      for (String name : List.of("simplycaster", "seda", "audiotricks", "epic", "codepal")) {
        wrong.addAll(walk(workspace, summary, name, 12));
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static List<String> walk(
      TestingFolder workspace, JsonNode summary, String name, int times) throws Exception {
    Ground ground = GROUNDS.get(name);
    List<String> known = prepare(workspace, name, ground);
    long seed = Long.getLong("undercroft.seed", new Random().nextLong());
    System.out.println("undercroft.seed=" + seed + " " + name);
    HostileWalk.Target target =
        new HostileWalk.Target(
            summary.path("address").asString(),
            name,
            voices(summary, ground),
            List.of(SECRET),
            known);
    try (HostileWalk walk = new HostileWalk(target, seed)) {
      walk.walk(times);
      System.out.println(name + " answered " + walk.statuses());
      assertThat(walk.statuses()).containsKeys(200, 400, 401);
      return walk.wrong();
    }
  }

  private static Map<String, List<String>> voices(JsonNode summary, Ground ground)
      throws Exception {
    String token = Files.readString(Path.of(summary.path("tokenFile").asString())).strip();
    String operator = "Bearer " + token;
    Map<String, List<String>> voices = new LinkedHashMap<>();
    voices.put("nobody", List.of());
    voices.put("a forged token", List.of("Authorization", "Bearer " + "eyJhbGciOiJub25lIn0.e30."));
    voices.put(
        "mallory",
        List.of(
            "Authorization",
            operator,
            "Undercroft-Tenant",
            ground.tenant(),
            "Undercroft-Role",
            ground.role()));
    return voices;
  }

  private static List<String> prepare(TestingFolder workspace, String name, Ground ground)
      throws Exception {
    String[] lines = workspace.run("url", "--role", "superuser").out().strip().split("\\s+", -1);
    URI url = URI.create(lines[lines.length - 1]);
    String[] login = url.getUserInfo().split(":", 2);
    List<String> known = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s"
                    .formatted(url.getHost(), url.getPort(), database(name)),
                login[0],
                login[1]);
        Statement statement = connection.createStatement()) {
      for (String row : ground.rows()) {
        statement.execute(row);
      }
      try (var ids = statement.executeQuery(ground.ids() + " order by 1 limit 40")) {
        while (ids.next()) {
          known.add(ids.getString(1));
        }
      }
    }
    return known;
  }

  private static String database(String name) {
    return name.equals("epic") ? "epic_auto_video_machine" : name + "_dev";
  }
}
