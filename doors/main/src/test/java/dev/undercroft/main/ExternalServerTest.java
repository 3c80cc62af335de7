package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.main.TestingFolder.Said;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A server that somebody else runs, named by {@code DATABASE_URL}. */
@DatabaseTest
class ExternalServerTest {

  @TempDir private Path folder;

  @Test
  @Tag("SC-003")
  @Tag("SC-006")
  @Tag("SC-030")
  void setup_makes_everything_once_and_a_second_one_changes_nothing(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder caster =
        TestingFolder.withApplication(folder, "simplycaster")
            .with("DATABASE_URL", database.url())) {
      JsonNode first = caster.run("setup", "--json").json().path("projects").path(0);
      assertThat(first.path("applied").size()).isPositive();
      assertThat(first.path("seeds").size()).isPositive();
      String users = database.value("SELECT string_agg(email, ' ' ORDER BY email) FROM users");
      assertThat(users).isEqualTo("admin@simplycaster.com host@simplycaster.com");
      JsonNode second = caster.run("setup", "--json").json().path("projects").path(0);
      assertThat(second.path("applied").size()).isZero();
      assertThat(database.value("SELECT string_agg(email, ' ' ORDER BY email) FROM users"))
          .isEqualTo(users);
      assertThat(caster.run("migrate", "status", "--json").exit()).isZero();
      assertThat(folder.resolve(".undercroft/data")).doesNotExist();
    }
  }

  @Test
  @Tag("SC-005")
  @Tag("SF-110")
  void the_url_alone_decides_which_database_is_served(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder).with("DATABASE_URL", database.url())) {
      JsonNode summary = shop.up();
      assertThat(summary.path("projects").path(0).path("database").asString())
          .isEqualTo(database.name());
      assertThat(summary.toString()).doesNotContain(database.password());
      assertThat(shop.get(summary, "/api/health").statusCode()).isEqualTo(200);
      assertThat(database.value("SELECT name FROM item")).isEqualTo("lamp");
    }
  }

  @Test
  @Tag("SF-108")
  void a_start_without_its_database_fails_and_says_why() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder)
            .with("DATABASE_URL", "postgres://shop:hunter2@127.0.0.1:1/shop")) {
      var up = shop.run("up", "--detach", "--port", "0");
      assertThat(up.exit()).isEqualTo(1);
      assertThat(up.err()).contains("127.0.0.1:1").doesNotContain("hunter2");
      assertThat(shop.serving()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simplycaster", "seda", "audiotricks", "epic", "codepal"})
  @Tag("long")
  @Tag("SC-003")
  @Tag("SC-006")
  @Tag("SC-030")
  void each_application_is_set_up_once_by_the_command(
      String name, @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder app =
        TestingFolder.withApplication(folder, name).with("DATABASE_URL", database.url())) {
      Said first = app.run("setup", "--json");
      assertThat(first.exit()).as(first.toString()).isZero();
      Said status = app.run("migrate", "status", "--json");
      assertThat(status.exit()).as(status.toString()).isZero();
      for (JsonNode migration : status.json().path("projects").path(0).path("migrations")) {
        assertThat(migration.path("state").asString()).isEqualTo("APPLIED");
      }
      String before = dump(database);
      Said second = app.run("setup", "--json");
      assertThat(second.exit()).as(second.toString()).isZero();
      assertThat(dump(database)).isEqualTo(before);
    }
  }

  /** Structure, rows and rights; without the random words in which a dump wraps itself. */
  private static String dump(PostgresDatabase database) throws Exception {
    Process process =
        new ProcessBuilder(
                PostgresVersion.V15.binaries().program("pg_dump").toString(),
                "--dbname",
                database.url())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    assertThat(text).contains("COPY ");
    return text.lines()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  @Tag("SC-005")
  void every_printed_form_of_a_url_leads_to_the_same_database(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    String url = database.url();
    String jdbc =
        database.jdbcUrl()
            + "?user="
            + database.user()
            + "&password="
            + URLEncoder.encode(database.password(), StandardCharsets.UTF_8).replace("+", "%20");
    try (TestingFolder shop = TestingFolder.withShop(folder).with("DATABASE_URL", url)) {
      assertThat(shop.run("setup").exit()).isZero();
      for (String form :
          List.of(
              url.replaceFirst("postgres:", "postgresql:"),
              jdbc,
              url.replaceFirst("@", "@127.0.0.1:1,"),
              url + "?sslmode=disable&connect_timeout=5")) {
        Said said = shop.with("DATABASE_URL", form).run("migrate", "status");
        assertThat(said.exit()).as(said.toString()).isZero();
      }
      Said pooled = shop.with("DATABASE_URL", url + "?pgbouncer=true").run("migrate", "deploy");
      assertThat(pooled.exit()).isEqualTo(1);
      assertThat(pooled.err()).contains("ACCESS_NO_DIRECT_URL", "DIRECT_URL");
      Said direct = shop.with("DIRECT_URL", url).run("migrate", "deploy");
      assertThat(direct.exit()).as(direct.toString()).isZero();
    }
  }

  @Test
  @Tag("SC-005")
  void a_wrong_url_is_told_clearly_and_never_with_its_password(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    String url = database.url();
    database.execute("CREATE ROLE nobodys LOGIN PASSWORD 'hunter2'");
    Map<String, String> wrong =
        Map.of(
            url.replaceFirst("@[^/]*", "@no-such-host.invalid"),
            "POSTGRES_UNKNOWN_HOST",
            url.replaceFirst("@[^/]*", "@127.0.0.1:1"),
            "POSTGRES_REFUSED",
            database.url("nobodys", "hunter3"),
            "POSTGRES_WRONG_PASSWORD",
            url + "?sslmode=require",
            "POSTGRES_TLS_NOT_OFFERED",
            database.url("nobodys", "hunter2").replaceFirst("/[^/]*$", "/no_such"),
            "POSTGRES_NO_DATABASE",
            "mysql://root:hunter2@localhost/shop",
            "ACCESS_URL");
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      for (Map.Entry<String, String> one : wrong.entrySet()) {
        Said said = shop.with("DATABASE_URL", one.getKey()).run("setup");
        assertThat(said.exit()).as(said.toString()).isEqualTo(1);
        assertThat(said.err())
            .contains(one.getValue(), "→")
            .doesNotContain(database.password(), "hunter");
      }
    } finally {
      database.execute("DROP ROLE nobodys");
    }
  }

  @Test
  void a_file_of_sqlite_is_served_too() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder).with("DATABASE_URL", "file:./dev.db")) {
      JsonNode summary = shop.up();
      assertThat(folder.resolve("dev.db")).exists();
      var health = shop.get(summary, "/api/health");
      assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
      assertThat(
              TestingFolder.json(health).path("databases").path("shop").path("status").asString())
          .isEqualTo("healthy");
    }
  }

  @Test
  void a_file_of_sqlite_is_set_up_asked_and_deployed_to_like_a_server() throws Exception {
    try (TestingFolder shop =
        TestingFolder.withShop(folder).with("DATABASE_URL", "sqlite:./shop.db")) {
      Said before = shop.run("migrate", "status", "--json");
      assertThat(before.exit()).as(before.toString()).isEqualTo(3);
      assertThat(before.json().path("projects").path(0).path("setUp").asBoolean()).isFalse();
      assertThat(folder.resolve("shop.db")).as("asking makes no file").doesNotExist();
      assertThat(shop.run("setup").exit()).isZero();
      assertThat(shop.run("setup").exit()).isZero();
      assertThat(shop.run("migrate", "status").exit()).isZero();
      shop.write("migrations/20260102000000_more/migration.sql", "CREATE TABLE more (id int);\n");
      assertThat(shop.run("migrate", "status").exit()).isEqualTo(3);
      assertThat(shop.run("migrate", "deploy").exit()).isZero();
      assertThat(shop.run("url").out()).startsWith("sqlite:").contains("shop.db");
      Said superuser = shop.run("url", "--role", "superuser");
      assertThat(superuser.exit()).isEqualTo(1);
      assertThat(superuser.err()).contains("MAIN_NO_SUPERUSER", "→");
      JsonNode summary = shop.up();
      assertThat(summary.path("projects").path(0).path("migrationsApplied").asInt()).isEqualTo(2);
      assertThat(shop.get(summary, "/api/health").statusCode()).isEqualTo(200);
      assertThat(shop.run("migrate", "status").exit()).isZero();
    }
  }
}
