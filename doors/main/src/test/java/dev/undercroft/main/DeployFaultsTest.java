package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.main.TestingFolder.Said;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says when a deploy goes wrong, and that nothing is lost. */
@DatabaseTest
class DeployFaultsTest {

  @TempDir private Path folder;

  private TestingFolder shop(PostgresDatabase database) throws Exception {
    return TestingFolder.withShop(folder).with("DATABASE_URL", database.url());
  }

  @Test
  void a_file_that_was_cut_off_is_refused_before_anything_runs(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = shop(database)) {
      shop.write(
          "migrations/20260102000000_cut/migration.sql",
          "CREATE TABLE cut (id int);\nINSERT INTO cut VALUES (1);\nCOMMENT ON TABLE cut IS 'ha");
      Said said = shop.run("migrate", "deploy");
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err()).contains("20260102000000_cut", ":3:", "→");
      assertThat(
              database.value("SELECT to_regclass('item') IS NULL AND to_regclass('cut') IS NULL"))
          .isEqualTo("t");
    }
  }

  @Test
  @Tag("SC-026")
  @Tag("SC-030")
  void a_migration_that_fails_in_the_middle_leaves_a_known_state_and_no_seeds(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = shop(database)) {
      shop.write(
          "migrations/20260102000000_half/migration.sql",
          "CREATE TABLE half (id int);\nINSERT INTO half VALUES ('x');\n");
      Said said = shop.run("setup");
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err()).contains("20260102000000_half", ":2:", "^", "22P02", "→");
      assertThat(database.value("SELECT to_regclass('half') IS NULL")).isEqualTo("t");
      assertThat(database.value("SELECT count(*) FROM item")).as("no seeds").isEqualTo("0");
      Said status = shop.run("migrate", "status");
      assertThat(status.exit()).isEqualTo(3);
      assertThat(status.out()).contains("1 applied", "1 failed");
      shop.write("migrations/20260102000000_half/migration.sql", "CREATE TABLE half (id int);\n");
      Said repaired = shop.run("setup");
      assertThat(repaired.exit()).as(repaired.toString()).isZero();
      assertThat(database.value("SELECT name FROM item")).isEqualTo("lamp");
    }
  }

  @Test
  void a_damaged_history_is_told_and_not_guessed_at(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = shop(database)) {
      assertThat(shop.run("setup").exit()).isZero();
      database.execute("ALTER TABLE undercroft.migration RENAME checksum TO sum");
      for (String verb : new String[] {"status", "deploy"}) {
        Said said = shop.run("migrate", verb);
        assertThat(said.exit()).as(verb).isEqualTo(1);
        assertThat(said.err()).contains("MIGRATE_HISTORY_DAMAGED", "checksum", "→");
      }
      database.execute("ALTER TABLE undercroft.migration RENAME sum TO checksum");
      assertThat(shop.run("migrate", "status").exit()).isZero();
    }
  }

  @Test
  void two_deployers_at_once_apply_everything_once(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = shop(database)) {
      shop.write(
          "migrations/20260102000000_slow/migration.sql",
          "SELECT pg_sleep(1);\nCREATE TABLE slow (id int);\n");
      Path out = Files.createTempFile(folder, "first", ".out");
      Process first = shop.start(out.toFile(), out.toFile(), "migrate", "deploy");
      Said second = shop.run("migrate", "deploy");
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(first.exitValue()).as(Files.readString(out)).isZero();
      assertThat(second.exit()).as(second.toString()).isZero();
      assertThat(database.value("SELECT count(*) FROM undercroft.migration")).isEqualTo("2");
    }
  }

  @Test
  void a_server_that_ends_all_sessions_during_a_deploy_loses_nothing(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder shop = shop(database)) {
      shop.write(
          "migrations/20260102000000_slow/migration.sql",
          "CREATE TABLE slow (id int);\nSELECT pg_sleep(20);\n");
      Path out = Files.createTempFile(folder, "deploy", ".out");
      Process deploy = shop.start(out.toFile(), out.toFile(), "migrate", "deploy");
      String sleeping =
          "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
              + " AND datname = current_database()";
      Await.until("the migration runs", () -> !database.value(sleeping).equals("0"));
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      assertThat(deploy.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(deploy.exitValue()).as(Files.readString(out)).isEqualTo(1);
      assertThat(Files.readString(out)).contains("20260102000000_slow", "→");
      assertThat(database.value("SELECT to_regclass('slow') IS NULL")).isEqualTo("t");
      shop.write("migrations/20260102000000_slow/migration.sql", "CREATE TABLE slow (id int);\n");
      Said again = shop.run("migrate", "deploy");
      assertThat(again.exit()).as(again.toString()).isZero();
      assertThat(database.value("SELECT count(*) FROM slow")).isEqualTo("0");
    }
  }

  @Test
  void all_errors_of_an_env_file_are_told_together() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      shop.write(".env", "PORT=eightthousand\nno equals sign\nUNDERCROFT_POOL_MAX=many\n");
      Said said = shop.run("migrate", "status");
      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.err()).contains("eightthousand", ".env line 2", "many", "3 problems");
    }
  }

  @Test
  void a_mistyped_word_or_option_names_the_nearest_and_runs_nothing() throws Exception {
    try (TestingFolder shop = TestingFolder.withShop(folder)) {
      Said word = shop.run("migrate", "stauts");
      assertThat(word.exit()).isEqualTo(2);
      assertThat(word.err()).contains("migrate status");
      Said option = shop.run("migrate", "deploy", "--dry-rnu");
      assertThat(option.exit()).isEqualTo(2);
      assertThat(option.err()).contains("--dry-run");
      assertThat(folder.resolve(".undercroft")).doesNotExist();
    }
  }
}
