package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database that somebody changed otherwise is noticed before more is applied to it. */
@DatabaseTest
class DriftTest {

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void a_project() throws IOException {
    desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    // What is in no cache needs a scratch database.
    desk.file(
        "migrations/20260101000000_person/migration.sql",
        "CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL); -- %s\n"
            .formatted(UUID.randomUUID()));
  }

  private void deployed(PostgresDatabase database) throws Exception {
    desk.file(".env", "DATABASE_URL=" + database.url() + "\n");
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
    desk.file(
        "migrations/20260102000000_pet/migration.sql",
        "CREATE TABLE pet (id bigint PRIMARY KEY);\n");
  }

  private int deploy(PostgresDatabase database, String... more) {
    String[] words =
        Arrays.copyOf(
            new String[] {"migrate", "deploy", "--scratch", database.url()}, 4 + more.length);
    System.arraycopy(more, 0, words, 4, more.length);
    return desk.run(words);
  }

  @EachServer
  void what_somebody_changed_is_told_and_nothing_is_applied(PostgresDatabase database)
      throws Exception {
    deployed(database);
    database.execute("ALTER TABLE person ADD COLUMN nick text");
    database.execute("CREATE INDEX person_name ON person (name)");
    assertThat(deploy(database)).as(() -> desk.out() + desk.err()).isEqualTo(3);
    assertThat(desk.err())
        .contains("PLATFORM_DRIFT", "person.nick", "person_name", "--no-drift-check")
        .contains("DROP COLUMN nick");
    assertThat(database.value("SELECT to_regclass('pet') IS NULL")).isEqualTo("t");
    assertThat(deploy(database, "--no-drift-check")).as(desk::err).isZero();
    assertThat(database.value("SELECT to_regclass('pet') IS NULL")).isEqualTo("f");
  }

  @EachServer
  void what_was_taken_back_is_no_drift_and_neither_are_owners_and_grants(PostgresDatabase database)
      throws Exception {
    deployed(database);
    database.execute("ALTER TABLE person ADD COLUMN nick text");
    assertThat(deploy(database)).isEqualTo(3);
    database.execute("ALTER TABLE person DROP COLUMN nick");
    database.execute("GRANT SELECT ON person TO PUBLIC");
    assertThat(deploy(database)).as(desk::err).isZero();
    assertThat(desk.run("migrate", "status", "--drift", "--scratch", database.url()))
        .as(desk::out)
        .isZero();
    database.execute("DROP TABLE pet");
    assertThat(desk.run("migrate", "status", "--drift", "--scratch", database.url())).isEqualTo(3);
    assertThat(desk.out()).contains("PLATFORM_DRIFT", "table public.pet");
    assertThat(desk.run("migrate", "status")).isZero();
  }

  @EachServer
  void the_history_of_the_tool_that_was_there_before_is_no_drift(PostgresDatabase database)
      throws Exception {
    deployed(database);
    database.execute(
        "CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, logs text)",
        "CREATE TABLE flyway_schema_history (installed_rank integer PRIMARY KEY, script text)",
        "CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (script)");
    assertThat(deploy(database)).as(() -> desk.out() + desk.err()).isZero();
  }

  @EachServer
  void where_no_scratch_database_can_be_had_it_is_told_and_deployed(PostgresDatabase database)
      throws Exception {
    deployed(database);
    database.execute("ALTER TABLE person ADD COLUMN nick text");
    String nowhere = "postgres://nobody@127.0.0.1:1/nothing";
    assertThat(desk.run("migrate", "deploy", "--scratch", nowhere)).as(desk::err).isZero();
    assertThat(desk.out()).contains("PLATFORM_DRIFT_UNKNOWN", "applied");
  }

  @EachServer
  void a_setting_leaves_the_comparison_out(PostgresDatabase database) throws Exception {
    deployed(database);
    database.execute("ALTER TABLE person ADD COLUMN nick text");
    assertThat(deploy(database, "--set", "migrate.drift-check=false")).as(desk::err).isZero();
  }
}
