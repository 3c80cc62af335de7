package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two branches brought migrations; the older-named one arrives last. */
@DatabaseTest
class BranchesTest {

  @TempDir private Path folder;
  private CommandDesk desk;
  private String scratch = "";

  @BeforeEach
  void a_project_whose_newer_migration_is_applied(@On(PostgresVersion.V18) PostgresDatabase own)
      throws Exception {
    scratch = own.url();
    desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    desk.file(".env", "DATABASE_URL=" + own.url() + "\n");
    desk.file("migrations/20260101000000_a/migration.sql", "CREATE TABLE person (id int);\n");
    desk.file(
        "migrations/20260103000000_c/migration.sql", "ALTER TABLE person ADD COLUMN nick text;\n");
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
  }

  private void arrives(String sql) throws Exception {
    desk.file("migrations/20260102000000_b/migration.sql", sql);
  }

  @Test
  void changes_that_commute_are_applied_even_to_the_same_table() throws Exception {
    arrives("ALTER TABLE person ADD COLUMN name text;\nCREATE TABLE pet (id int);\n");
    assertThat(desk.run("migrate", "status", "--scratch", scratch)).isEqualTo(3);
    assertThat(desk.out()).contains("late").doesNotContain("problem");
    assertThat(desk.run("migrate", "deploy", "--scratch", scratch)).as(desk::err).isZero();
    assertThat(desk.run("migrate", "status")).as(desk::out).isZero();
  }

  @Test
  void changes_that_do_not_are_explained_and_can_be_allowed() throws Exception {
    arrives("ALTER TABLE person ADD COLUMN nick varchar(9);\n");
    assertThat(desk.run("migrate", "deploy", "--scratch", scratch)).isEqualTo(1);
    assertThat(desk.err())
        .contains("PLATFORM_BRANCHES", "20260102000000_b", "behind what is applied it fails");
    arrives("ALTER TABLE person RENAME TO people;\n");
    assertThat(desk.run("migrate", "status", "--scratch", scratch)).isEqualTo(3);
    assertThat(desk.out()).contains("as in a new database, it fails", "--allow-late");
    assertThat(desk.run("migrate", "deploy", "--allow-late", "--scratch", scratch))
        .as(desk::err)
        .isZero();
  }

  @Test
  void rows_of_a_table_that_both_speak_of_are_no_proof() throws Exception {
    arrives("INSERT INTO person (id) VALUES (1);\n");
    assertThat(desk.run("migrate", "deploy", "--scratch", scratch)).isEqualTo(1);
    assertThat(desk.err()).contains("changes rows of person", "20260103000000_c");
  }
}
