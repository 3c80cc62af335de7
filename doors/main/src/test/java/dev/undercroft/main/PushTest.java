package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wanted schema is tried in a development database before there is a migration of it. */
@DatabaseTest
class PushTest {

  private static final String PERSON = "CREATE TABLE person (id bigint PRIMARY KEY, name text);\n";

  @TempDir private Path folder;
  private CommandDesk desk;
  private PostgresDatabase database;

  @BeforeEach
  void a_project(@On(PostgresVersion.V18) PostgresDatabase own) throws Exception {
    database = own;
    desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    desk.file(".env", "DATABASE_URL=" + own.url() + "\n");
    desk.file("schema/10_person.sql", PERSON);
  }

  private int push(String... more) {
    String[] words = {"schema", "push", "--scratch", database.url()};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return desk.run(all);
  }

  @Test
  @Tag("SC-027")
  @Tag("EP-040")
  @Tag("EP-046")
  void an_edit_reaches_the_database_and_lost_rows_must_be_allowed() throws Exception {
    assertThat(push()).as(desk::err).isZero();
    database.execute("INSERT INTO person VALUES (1, 'Ann')");
    desk.file("schema/10_person.sql", PERSON.replace("name text", "name text, email text"));
    assertThat(push()).as(desk::err).isZero();
    assertThat(desk.out()).contains("ADD COLUMN email");
    assertThat(push()).as(desk::err).isZero();
    assertThat(desk.out()).contains("is what the schema says");
    desk.file("schema/10_person.sql", "CREATE TABLE person (id bigint PRIMARY KEY);\n");
    assertThat(push()).isEqualTo(3);
    assertThat(desk.err()).contains("data-loss");
    assertThat(database.value("SELECT name FROM person")).isEqualTo("Ann");
    assertThat(push("--allow", "data-loss")).as(desk::err).isZero();
  }

  @Test
  void what_was_pushed_becomes_a_migration_that_need_not_run() throws Exception {
    desk.file("migrations/20260101000000_person/migration.sql", PERSON);
    assertThat(push()).isEqualTo(1);
    assertThat(desk.err()).contains("PLATFORM_PUSH_PENDING", "migrate deploy");
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
    desk.file("schema/10_person.sql", PERSON.replace("name text", "name text, email text"));
    assertThat(push()).as(desk::err).isZero();
    assertThat(desk.run("migrate", "dev", "--name", "email", "--scratch", database.url()))
        .as(desk::err)
        .isZero();
    assertThat(desk.out()).contains("PLATFORM_PUSHED_BEFORE");
    assertThat(desk.run("migrate", "status", "--drift", "--scratch", database.url()))
        .as(desk::out)
        .isZero();
  }

  @Test
  @Tag("SC-027")
  @Tag("EP-040")
  @Tag("EP-046")
  void it_is_refused_outside_development() {
    assertThat(push("--env", "production")).isEqualTo(1);
    assertThat(desk.err()).contains("PLATFORM_PUSH_REFUSED", "migrate generate");
  }
}
