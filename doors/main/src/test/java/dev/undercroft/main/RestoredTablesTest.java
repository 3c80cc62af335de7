package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.OpenFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two tables brought back out of a backup, and what a killed server loses. */
class RestoredTablesTest {

  private static final String KEYS =
      "SELECT string_agg(conrelid::regclass || ' ' || contype, ',' ORDER BY 1) FROM (SELECT"
          + " conrelid, contype::text FROM pg_constraint WHERE contype <> 'n' AND"
          + " conrelid::regclass::text IN ('users', 'messages')) AS known";
  private static final String INDEXES =
      "SELECT string_agg(indexname, ',' ORDER BY indexname) FROM pg_indexes WHERE tablename IN"
          + " ('users', 'messages')";

  @TempDir(factory = OpenFolder.class)
  private Path folder;

  private Connection administrator(JsonNode project) throws Exception {
    URI url = URI.create(project.path("url").asString());
    String password =
        Files.readString(folder.resolve(".undercroft/secrets/postgres-superuser")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(),
        "postgres",
        password);
  }

  private static void execute(Connection connection, String... statements) throws Exception {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  @Tag("SF-142")
  void two_tables_come_back_with_rows_indexes_and_keys_and_the_others_stay_as_they_are()
      throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      JsonNode project = shop.up().path("projects").path(0);
      try (Connection postgres = administrator(project)) {
        execute(
            postgres,
            "CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE)",
            "CREATE TABLE messages (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users,"
                + " text text)",
            "CREATE INDEX messages_user ON messages (user_id)",
            "INSERT INTO users SELECT g, g || '@example.com' FROM generate_series(1, 20) g",
            "INSERT INTO messages SELECT g, g % 20 + 1, 'words' FROM generate_series(1, 300) g");
        String keys = TestingFolder.value(postgres, KEYS);
        String indexes = TestingFolder.value(postgres, INDEXES);
        assertThat(shop.run("backup", "create").exit()).isZero();
        execute(
            postgres,
            "DROP TABLE messages, users",
            "INSERT INTO item VALUES (2, 'after the backup')");
        for (String table : List.of("users", "messages")) {
          var restored = shop.run("restore", "--from", "latest", "--table", table);
          assertThat(restored.exit()).as(restored.toString()).isZero();
        }
        assertThat(TestingFolder.value(postgres, "SELECT count(*) FROM users")).isEqualTo("20");
        assertThat(TestingFolder.value(postgres, "SELECT count(*) FROM messages")).isEqualTo("300");
        assertThat(keys).contains("messages f", "messages p", "users p", "users u");
        assertThat(TestingFolder.value(postgres, KEYS)).isEqualTo(keys);
        assertThat(TestingFolder.value(postgres, INDEXES)).isEqualTo(indexes);
        assertThat(TestingFolder.value(postgres, "SELECT count(*) FROM item")).isEqualTo("2");
      }
    }
  }

  @Test
  @Tag("CP-144")
  @Tag("CP-145")
  void a_killed_server_and_its_lost_disk_cost_less_than_five_minutes_of_work() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder)
            .with("BACKUP_CONTINUOUS", "true")
            .with("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07")) {
      JsonNode project = shop.up().path("projects").path(0);
      Instant killed;
      try (Connection postgres = administrator(project)) {
        execute(
            postgres,
            "CREATE TABLE work (done timestamptz DEFAULT clock_timestamp())",
            "GRANT SELECT ON work TO PUBLIC");
        assertThat(shop.run("backup", "create").exit()).isZero();
        // Somebody works for as long as it takes until some of it is stored, and a moment longer.
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        Instant first = Instant.now();
        while (!storedUntil(shop).isAfter(first)) {
          execute(postgres, "INSERT INTO work DEFAULT VALUES");
          assertThat(Instant.now()).isBefore(end);
        }
        execute(postgres, "INSERT INTO work DEFAULT VALUES");
      } finally {
        killed = Instant.now();
        ProcessHandle instance = shop.serving().orElseThrow();
        ProcessHandle.of(shop.serverPid()).ifPresent(ProcessHandle::destroyForcibly);
        instance.destroyForcibly();
      }
      Path copy = folder.resolve("copy");
      var restored = shop.run("restore", "--into", copy.toString(), "--json");
      assertThat(restored.exit()).as(restored.toString()).isZero();
      JsonNode again = shop.up("--data", copy.toString()).path("projects").path(0);
      try (Connection app = TestingFolder.connect(again)) {
        String last =
            TestingFolder.value(app, "SELECT extract(epoch FROM max(done))::bigint FROM work");
        assertThat(Duration.between(Instant.ofEpochSecond(Long.parseLong(last)), killed))
            .isLessThan(Duration.ofMinutes(5));
      }
    }
  }

  /** Each question is a process of its own, so there is no need to pause between them. */
  private static Instant storedUntil(TestingFolder shop) throws Exception {
    JsonNode windows = shop.run("backup", "list", "--json").json().path("windows");
    return windows.isEmpty()
        ? Instant.EPOCH
        : Instant.parse(windows.path(windows.size() - 1).path("until").asString());
  }
}
