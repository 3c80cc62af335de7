package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployers that are killed, and deployers at once, on SQLite. */
@DatabaseTest
class SqliteFaultsTest {

  @TempDir Path folder;

  private Migrations migrations(SqliteDatabase database) {
    ProjectFiles files = new ProjectFiles(folder);
    files
        .migration("1_a", "create table log (n integer);", "insert into log values (1);")
        .migration("2_b", "insert into log values (2);", "vacuum;", "insert into log values (3);")
        .migration("3_c", "insert into log values (4);");
    return new Migrations(
        new SqliteTarget(database).dialect(), files.layout(), MigrationOptions.DEFAULT);
  }

  private void killAt(SqliteDatabase database, List<Integer> steps) {
    Migrations migrations = migrations(database);
    SqliteTarget target = new SqliteTarget(database);
    for (int step : steps) {
      try (DeployerProcess deployer =
          DeployerProcess.start(new ProjectFiles(folder), step, database.file().toString())) {
        if (!deployer.awaitStopped()) {
          assertThat(step).as("steps reached").isGreaterThan(10);
          return;
        }
        deployer.kill();
      }
      migrations.deploy(Progress.NONE);
      assertThat(migrations.status().current()).isTrue();
      assertThat(target.column("select n from log order by n")).containsExactly("1", "2", "3", "4");
      target.execute(
          "drop table log",
          "delete from undercroft_migration_statement",
          "delete from undercroft_migration");
    }
  }

  @Test
  void a_deployer_that_is_killed_at_some_steps_is_followed_by_one_that_ends_the_work(
      SqliteDatabase database) {
    killAt(database, List.of(1, 5, 8));
  }

  @Test
  @Tag("long")
  void a_deployer_that_is_killed_at_any_step_is_followed_by_one_that_ends_the_work(
      SqliteDatabase database) {
    killAt(database, IntStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void deployers_at_once_apply_everything_once(SqliteDatabase database) throws Exception {
    Migrations migrations = migrations(database);
    List<CompletableFuture<DeployResult>> deployers =
        IntStream.range(0, 3)
            .mapToObj(i -> Deploying.beside(() -> migrations.deploy(Progress.NONE)))
            .toList();
    int applied = 0;
    for (CompletableFuture<DeployResult> deployer : deployers) {
      applied += deployer.get().applied().size();
    }
    assertThat(applied).isEqualTo(3);
    assertThat(new SqliteTarget(database).column("select count(*) from log")).containsExactly("4");
  }
}
