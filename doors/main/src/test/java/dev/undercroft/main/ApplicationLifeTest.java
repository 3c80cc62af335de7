package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.SchemaDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What developers and operators of the five applications type, on a server of their own. */
@DatabaseTest
class ApplicationLifeTest {

  private static final String USERS = "SELECT string_agg(email, ' ' ORDER BY email) FROM users";
  private static final String NICKNAMES =
      "SELECT count(*) FROM information_schema.columns"
          + " WHERE table_name = 'users' AND column_name = 'nickname'";

  @TempDir private Path folder;

  private CommandDesk desk(String name, String url) throws IOException {
    Path project = folder.resolve(name);
    TestingFolder.copyProject(name, project);
    CommandDesk desk = new CommandDesk(project);
    desk.file(".env", "DATABASE_URL=" + url + "\n");
    return desk;
  }

  private static void inEnvironment(CommandDesk desk, String environment, String url)
      throws IOException {
    desk.file(".env", "DATABASE_URL=" + url + "\nNODE_ENV=" + environment + "\n");
  }

  private static CommandDesk done(CommandDesk desk, String... words) {
    int exit = desk.run(words);
    assertThat(exit).as("%s: %s %s", List.of(words), desk.out(), desk.err()).isZero();
    return desk;
  }

  private static JsonNode project(CommandDesk desk) {
    return desk.json().path("projects").path(0);
  }

  private static List<String> migrations(CommandDesk desk) throws IOException {
    try (Stream<Path> entries = Files.list(desk.folder().resolve("migrations"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** What a migration does, without its comments. */
  private static String statements(CommandDesk desk, String migration) throws IOException {
    Path file = desk.folder().resolve("migrations").resolve(migration).resolve("migration.sql");
    return String.join(
        "\n",
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("--") && !line.isBlank())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "simplycaster, add_nickname",
    "seda, add_new_feature",
    "audiotricks, add_user_preferences",
    "epic, add_nickname",
    "codepal, add_nickname"
  })
  @Tag("SC-025")
  @Tag("SC-036")
  @Tag("SC-037")
  @Tag("SC-038")
  @Tag("SF-005")
  @Tag("SF-095")
  @Tag("AT-064")
  @Tag("AT-065")
  @Tag("EP-041")
  @Tag("EP-045")
  @Tag("CP-020")
  void an_edited_schema_becomes_a_named_migration_that_says_just_that_and_is_applied(
      String name, String wish, @On(PostgresVersion.V15) PostgresDatabase database)
      throws Exception {
    CommandDesk desk = desk(name, database.url());
    done(desk, "setup");
    List<String> before = migrations(desk);
    desk.file("schema/95_nickname.sql", "ALTER TABLE users ADD COLUMN nickname text;\n");
    done(desk, "migrate", "dev", "--name", wish, "--scratch", database.url());
    List<String> after = migrations(desk);
    assertThat(after).hasSize(before.size() + 1).containsAll(before);
    assertThat(after.getLast()).matches("\\d{14}_" + wish);
    assertThat(statements(desk, after.getLast()))
        .isEqualToIgnoringWhitespace("ALTER TABLE public.users ADD COLUMN nickname text;");
    assertThat(database.value(NICKNAMES)).isEqualTo("1");
    done(desk, "migrate", "status");
    done(desk, "migrate", "generate", "--name", "again", "--scratch", database.url());
    assertThat(migrations(desk)).as("nothing is left to do").isEqualTo(after);
  }

  @Test
  @Tag("SF-093")
  void the_first_migration_is_made_from_the_schema_alone_and_applied(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    CommandDesk desk = desk("seda", database.url());
    for (String old : migrations(desk)) {
      Path place = desk.folder().resolve("migrations").resolve(old);
      try (Stream<Path> files = Files.list(place)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(place);
    }
    done(desk, "migrate", "dev", "--name", "init", "--scratch", database.url());
    assertThat(migrations(desk))
        .singleElement()
        .satisfies(one -> assertThat(one).matches("\\d{14}_init"));
    assertThat(
            database.value(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                    + " AND tablename IN ('users', 'artist_profiles', 'verification_requests',"
                    + " 'rooms', 'messages', 'reactions', 'room_memberships', 'track_refs',"
                    + " 'crawler_cache', 'admin_actions', 'moderation_logs')"))
        .isEqualTo("11");
    done(desk, "seed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simplycaster", "epic"})
  @Tag("SC-031")
  @Tag("EP-042")
  void a_reset_leaves_what_a_fresh_setup_leaves_and_production_refuses_it(
      String name, @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    CommandDesk desk = desk(name, database.url());
    done(desk, "setup");
    List<String> schema = SchemaDump.of(database);
    String users = database.value(USERS);
    database.execute(
        "CREATE TABLE stray (id int)",
        "ALTER TABLE users ADD COLUMN nickname text",
        "UPDATE users SET email = 'somebody.else@example.com'"
            + " WHERE email = (SELECT min(email) FROM users)");
    inEnvironment(desk, "production", database.url());
    assertThat(desk.run("reset", "--confirm", name)).isEqualTo(1);
    assertThat(desk.err()).contains("MIGRATE_GUARDED", "production", "--force");
    assertThat(database.value(NICKNAMES)).as("nothing was done").isEqualTo("1");
    inEnvironment(desk, "development", database.url());
    assertThat(desk.run("reset", "--confirm", "another")).isEqualTo(1);
    assertThat(database.value(NICKNAMES)).isEqualTo("1");
    done(desk, "reset", "--confirm", name);
    assertThat(SchemaDump.of(database)).isEqualTo(schema);
    assertThat(database.value(USERS)).isEqualTo(users);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seda", "epic"})
  @Tag("SF-099")
  @Tag("EP-047")
  @Tag("EP-092")
  void in_production_a_deploy_applies_what_is_pending_and_guards_the_database_for_good(
      String name, @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    CommandDesk desk = desk(name, database.url());
    inEnvironment(desk, "production", database.url());
    int all = migrations(desk).size();
    assertThat(project(done(desk, "migrate", "deploy", "--json")).path("applied").size())
        .isEqualTo(all);
    assertThat(database.value("SELECT count(*) FROM users")).as("no seeds").isEqualTo("0");
    desk.file(
        "migrations/20990101000000_nickname/migration.sql",
        "ALTER TABLE users ADD COLUMN nickname text;\n");
    assertThat(desk.run("migrate", "status")).isEqualTo(3);
    JsonNode second = project(done(desk, "migrate", "deploy", "--json"));
    assertThat(second.path("applied").toString()).isEqualTo("[\"20990101000000_nickname\"]");
    assertThat(database.value(NICKNAMES)).isEqualTo("1");
    done(desk, "migrate", "status");
    assertThat(project(done(desk, "migrate", "deploy", "--json")).path("applied").size()).isZero();
    inEnvironment(desk, "development", database.url());
    assertThat(desk.run("reset", "--confirm", name))
        .as("the database knows what it is, whatever the settings say")
        .isEqualTo(1);
    assertThat(desk.err()).contains("MIGRATE_GUARDED");
    assertThat(database.value(NICKNAMES)).isEqualTo("1");
  }

  @Test
  @Tag("EP-027")
  @Tag("EP-028")
  @Tag("EP-029")
  @Tag("EP-033")
  @Tag("EP-035")
  @Tag("EP-044")
  @Tag("EP-048")
  void a_local_database_becomes_ready_by_one_command_and_seeds_can_be_edited_and_repeated(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    String local = "epic_auto_video_machine";
    database.execute("CREATE DATABASE " + local);
    try {
      String url = database.url().replaceFirst("@[^:]+:(\\d+)/.*", "@localhost:$1/" + local);
      CommandDesk desk = desk("epic", url.replaceFirst("postgres:", "postgresql:"));
      done(desk, "setup");
      CommandDesk asked = done(desk, "migrate", "status", "--json");
      assertThat(project(asked).path("database").asString()).isEqualTo(local);
      done(desk, "dump", "--url", url, "--out", "before/");
      String before = rows(desk, "before");
      assertThat(before).contains("demo@example.com", "Classic Clean");
      for (String table :
          List.of("accounts", "sessions", "projects", "jobs", "scenes", "assets", "presets")) {
        assertThat(desk.folder().resolve("before")).as(table).isNotEmptyDirectory();
        assertThat(before).contains("CREATE TABLE public." + table + " ");
      }
      done(desk, "seed");
      done(desk, "dump", "--url", url, "--out", "again/");
      assertThat(rows(desk, "again")).isEqualTo(before);
      desk.file(
          "seed/90_more.sql",
          "INSERT INTO users (id, email) VALUES ('second', 'second@example.com')"
              + " ON CONFLICT DO NOTHING;\n");
      done(desk, "seed");
      done(desk, "seed");
      done(desk, "dump", "--url", url, "--out", "more/");
      assertThat(rows(desk, "more")).contains("second@example.com", "demo@example.com");
    } finally {
      database.execute("DROP DATABASE " + local + " WITH (FORCE)");
    }
  }

  /** What a dump wrote of the application, in the order of its files. */
  private static String rows(CommandDesk desk, String place) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(desk.folder().resolve(place))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
