package dev.undercroft.contracts;

import static dev.undercroft.contracts.Deploying.A;
import static dev.undercroft.contracts.Deploying.B;
import static dev.undercroft.contracts.Deploying.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployLock;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployers and connections that end at every step; afterwards everything is applied once. */
@DatabaseTest
class PostgresFaultsTest {

  private static final String C = "20250103000000_c";
  private static final String D = "20250104000000_d";
  private static final String WAITING =
      "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname ="
          + " current_database()";

  @TempDir Path folder;

  /** Every way to run: transactions that rows count, a journal, and a transaction after it. */
  private Deploying project(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(A, "create table log (n int);", "insert into log values (1);", "select fuse();")
        .migration(B, "insert into log values (2);", "select fuse();", "create table b (id int);")
        .migration(
            C,
            "insert into log values (3);",
            "create index concurrently b_id on b (id);",
            "select fuse();",
            "insert into log values (4);",
            "vacuum log;",
            "insert into log values (5);")
        .migration(D, "insert into log values (6);", "select fuse();", "create table d (id int);");
    fuse(project, -1);
    return project;
  }

  /** After so many calls the function ends its own connection. */
  private static void fuse(Deploying project, int calls) {
    project.execute(
        "create sequence if not exists undercroft_fuse minvalue -1000000",
        "create or replace function fuse() returns bool language sql as $$ select case when"
            + " nextval('undercroft_fuse') = 0 then pg_terminate_backend(pg_backend_pid()) end $$",
        "select setval('undercroft_fuse', " + (-calls - 1) + ")");
  }

  private static void assertAllOnce(Deploying project) {
    assertThat(project.migrations().status().current()).isTrue();
    assertThat(project.column("select n from log order by n"))
        .containsExactly("1", "2", "3", "4", "5", "6");
    assertThat(
            project.column(
                "select name from undercroft.migration where outcome = 'applied'" + " order by id"))
        .containsExactly(A, B, C, D);
    assertThat(
            project.column("select indisvalid from pg_index where indexrelid = 'b_id'::regclass"))
        .containsExactly("t");
  }

  @EachServer
  void a_connection_that_ends_at_any_statement_leaves_nothing_half_done(PostgresDatabase database) {
    Deploying project = project(database);
    for (int calls = 0; calls < 4; calls++) {
      fuse(project, calls);
      Problem problem = problemOf(project::deploy);
      assertThat(problem.code()).isEqualTo("MIGRATE_CONNECTION_LOST");
      assertThat(project.column("select count(*) from pg_tables where tablename = 'log'"))
          .containsExactly(calls == 0 ? "0" : "1");
      fuse(project, -1);
      project.deploy();
      assertAllOnce(project);
      project.migrations().reset(dev.undercroft.migrate.Consent.NONE, progress(project));
      assertAllOnce(project);
      empty(project);
    }
  }

  /** The reset drops the fuse too; it is there again before the first migration. */
  private static Progress progress(Deploying project) {
    return (what, done, total) -> {
      if (what.startsWith("reading the history")) {
        fuse(project, -1);
      }
    };
  }

  private static void empty(Deploying project) {
    project.execute(
        "drop table log, b, d",
        "delete from undercroft.migration_statement",
        "delete from undercroft.migration");
  }

  @Test
  @Tag("SC-026")
  void a_deployer_that_is_killed_at_some_steps_is_followed_by_one_that_ends_the_work(
      @On(PostgresVersion.V18) PostgresDatabase database) {
    killAt(project(database), List.of(2, 6, 9));
  }

  @Test
  @Tag("long")
  void a_deployer_that_is_killed_at_any_step_is_followed_by_one_that_ends_the_work(
      @On(PostgresVersion.V18) PostgresDatabase database) {
    killAt(project(database), everyStep());
  }

  @Test
  @Tag("long")
  void the_same_on_the_oldest_server(@On(PostgresVersion.V15) PostgresDatabase database) {
    killAt(project(database), everyStep());
  }

  private static List<Integer> everyStep() {
    List<Integer> steps = new ArrayList<>();
    for (int step = 1; step <= 40; step++) {
      steps.add(step);
    }
    return steps;
  }

  private static void killAt(Deploying project, List<Integer> steps) {
    int killed = 0;
    for (int step : steps) {
      try (DeployerProcess deployer = DeployerProcess.start(project, step)) {
        if (!deployer.awaitStopped()) {
          assertThat(killed).as("steps reached").isGreaterThan(14);
          assertAllOnce(project);
          return;
        }
        deployer.kill();
        killed++;
      }
      project.deploy();
      assertAllOnce(project);
      empty(project);
    }
    assertThat(killed).isEqualTo(steps.size());
  }

  @EachServer
  void the_last_statement_of_a_killed_deployer_keeps_the_next_away(PostgresDatabase database)
      throws Exception {
    Deploying project = project(database);
    project.execute("create table gate (id int)");
    project.files().migration("1_gate", "insert into gate values (1);");
    try (Connection open = database.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("lock table gate");
      try (DeployerProcess deployer = DeployerProcess.start(project, 0)) {
        assertThat(deployer.awaitLine("step 3 applying 1_gate")).isTrue();
        Await.until("it waits in the server", () -> !project.column(WAITING).isEmpty());
        deployer.kill();
      }
      Problem busy =
          problemOf(() ->
              project
                  .migrations(MigrationOptions.DEFAULT.withDeployerWait(Duration.ofMillis(100)))
                  .deploy(Progress.NONE));
      assertThat(busy.code()).isEqualTo("MIGRATE_DEPLOYER_BUSY");
      assertThat(busy.detail())
          .contains(
              "the last statement of a deployer that is gone: pid "
                  + project.column(WAITING).getFirst());
      open.commit();
    }
    assertThat(project.deploy().alreadyApplied()).isLessThanOrEqualTo(1);
    assertThat(project.column("select id from gate")).containsExactly("1");
    assertAllOnceWithout(project);
  }

  private static void assertAllOnceWithout(Deploying project) {
    assertThat(project.migrations().status().current()).isTrue();
    assertThat(project.column("select n from log order by n"))
        .containsExactly("1", "2", "3", "4", "5", "6");
  }

  @EachServer
  void a_lock_that_is_lost_stops_the_deployer_before_its_next_step(PostgresDatabase database) {
    Deploying project = project(database);
    try (DeployLock lock = project.target().dialect().lock("tester")) {
      assertThat(lock.tryAcquire()).isEmpty();
      project.column(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name"
              + " = 'undercroft deploy by tester'");
      Await.until("it is noticed", () -> isLost(lock));
    }
    project.deploy();
    assertAllOnce(project);
  }

  private static boolean isLost(DeployLock lock) {
    try {
      lock.check();
      return false;
    } catch (ProblemException e) {
      assertThat(e.first().code()).isEqualTo("MIGRATE_LOCK_LOST");
      return true;
    }
  }
}
