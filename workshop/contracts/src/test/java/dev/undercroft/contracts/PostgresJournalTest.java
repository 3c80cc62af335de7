package dev.undercroft.contracts;

import static dev.undercroft.contracts.Deploying.A;
import static dev.undercroft.contracts.Deploying.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployPlan;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.Resolution;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;

/** Migrations that no transaction can hold. */
@DatabaseTest
class PostgresJournalTest {

  private static final String WAITING =
      "select pid from pg_stat_activity where wait_event_type in ('Lock') and datname ="
          + " current_database() and query not like '%pg_stat_activity%'";
  private static final String JOURNAL =
      "select ordinal || ' ' || outcome from undercroft.migration_statement order by ordinal";

  @TempDir Path folder;

  @EachServer
  void a_concurrent_index_is_built_statement_by_statement(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(
            A,
            "create table a (id int);",
            "set maintenance_work_mem = '2MB';",
            "create index concurrently a_id on a (id);",
            "insert into a values (1);");
    DeployPlan.Step step = project.migrations().plan().steps().getFirst();
    assertThat(step.mode()).isEqualTo(DeployPlan.Mode.JOURNAL);
    project.deploy();
    assertThat(project.column(JOURNAL)).containsExactly("1 done", "2 done", "3 done", "4 done");
    assertThat(project.history()).containsExactly(A + " applied");
    assertThat(
            project.column("select indisvalid from pg_index where indexrelid = 'a_id'::regclass"))
        .containsExactly("t");
    assertThat(project.migrations().status().current()).isTrue();
  }

  @EachServer
  void a_deployer_that_waits_does_not_hold_up_a_concurrent_index(PostgresDatabase database)
      throws Exception {
    Deploying project = new Deploying(database, folder);
    project.execute("create table a (id int)");
    project.files().migration(A, "create index concurrently a_id on a (id);");
    CompletableFuture<DeployResult> first;
    CompletableFuture<DeployResult> second;
    try (Connection open = database.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("insert into a values (1)");
      first = project.deployBeside();
      Await.until("the build waits", () -> !project.column(WAITING).isEmpty());
      second = project.deployBeside();
      Await.until(
          "both are there",
          () ->
              !project
                  .column(
                      "select pid from pg_stat_activity where"
                          + " application_name like 'undercroft deploy%' and datname = current_database()"
                          + " offset 1")
                  .isEmpty());
      open.commit();
    }
    assertThat(first.get().applied()).hasSize(1);
    assertThat(second.get().applied()).isEmpty();
    assertThat(second.get().alreadyApplied()).isEqualTo(1);
  }

  @EachServer
  void a_build_that_fails_leaves_no_invalid_index_and_goes_on_where_it_stopped(
      PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(
            A,
            "create table a (id int);",
            "insert into a values (1), (1);",
            "create unique index concurrently a_id on a (id);",
            "create table b ();");
    Problem problem = problemOf(project::deploy);
    assertThat(problem.message())
        .contains("migration.sql:3:1")
        .contains("could not create unique index");
    assertThat(problem.remedy()).contains("2 of 4 statements of this migration are done");
    assertThat(problem.detail()).contains("Constraint: a_id").doesNotContain("(id)=(1)");
    assertThat(project.column("select 1 from pg_class where relname = 'a_id'")).isEmpty();
    assertThat(project.column(JOURNAL)).containsExactly("1 done", "2 done", "3 failed");
    assertThat(project.migrations().status().problems().getFirst().message())
        .contains("2 of its 4 statements are done");
    project.execute("delete from a");
    DeployPlan.Step step = project.migrations().plan().steps().getFirst();
    assertThat(step.skipped()).isEqualTo(2);
    assertThat(step.statements()).hasSize(2);
    project.deploy();
    assertThat(
            project.column("select indisvalid from pg_index where indexrelid = 'a_id'::regclass"))
        .containsExactly("t");
    assertThat(project.history()).containsExactly(A + " applied");
  }

  @EachServer
  void an_invalid_index_of_a_broken_build_is_dropped_and_built_anew(PostgresDatabase database)
      throws Exception {
    Deploying project = new Deploying(database, folder);
    project.execute("create table a (id int)");
    project.files().migration(A, "create index concurrently if not exists a_id on a (id);");
    try (Connection open = database.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("insert into a values (1)");
      CompletableFuture<Problem> broken = Deploying.beside(() -> problemOf(project::deploy));
      Await.until("the build waits", () -> !project.column(WAITING).isEmpty());
      project.column("select pg_terminate_backend(" + project.column(WAITING).getFirst() + ")");
      assertThat(broken.get().code()).isEqualTo("MIGRATE_CONNECTION_LOST");
      open.commit();
    }
    assertThat(
            project.column("select indisvalid from pg_index where indexrelid = 'a_id'::regclass"))
        .containsExactly("f");
    assertThat(project.column(JOURNAL)).containsExactly("1 started");
    List<String> notices = project.deploy().applied().getFirst().notices();
    assertThat(notices).anyMatch(n -> n.contains("drop index concurrently if exists public.a_id"));
    assertThat(
            project.column("select indisvalid from pg_index where indexrelid = 'a_id'::regclass"))
        .containsExactly("t");
  }

  @EachServer
  void statements_that_ended_unseen_are_recognised_as_done(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute("create table a (id int)", "create index old on a (id)");
    List<String> statements =
        List.of(
            "create index concurrently a_id on a (id)",
            "create database \"Other\"",
            "drop database if exists \"Other\"",
            "drop index concurrently old");
    for (int i = 0; i < statements.size(); i++) {
      project.files().migration("%d_x".formatted(i + 1), statements.get(i) + ";");
      project.deploy();
      begunAgain(project, 1);
      assertThat(project.deploy().applied().getFirst().notices())
          .as(statements.get(i))
          .anyMatch(notice -> notice.contains("took effect before the interruption"));
      assertThat(project.migrations().status().current()).isTrue();
    }
  }

  @EachServer
  void statements_that_may_run_again_are_run_again(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute("create table a (id int primary key)");
    project
        .files()
        .migration(
            A,
            "vacuum a;",
            "reindex table concurrently a;",
            "reindex index concurrently" + " a_pkey;",
            "reindex schema public;",
            "cluster;",
            "alter system reset work_mem;");
    project.deploy();
    for (int ordinal = 6; ordinal > 0; ordinal--) {
      begunAgain(project, ordinal);
      project.deploy();
      assertThat(project.history()).containsExactly(A + " applied");
    }
  }

  /** As if the deployer had been killed right after this statement. */
  private static void begunAgain(Deploying project, int ordinal) {
    project.execute(
        "update undercroft.migration set outcome = 'running', finished_at = null where id ="
            + " (select max(id) from undercroft.migration)",
        "delete from undercroft.migration_statement where ordinal > "
            + ordinal
            + " and"
            + " migration_id = (select max(id) from undercroft.migration)",
        "update undercroft.migration_statement set outcome = 'started' where ordinal = "
            + ordinal
            + " and migration_id = (select max(id) from undercroft.migration)");
  }

  @EachServer
  void a_partition_that_is_half_detached_is_detached(PostgresDatabase database) throws Exception {
    Deploying project = new Deploying(database, folder);
    project.execute(
        "create table t (id int) partition by list (id)",
        "create table p partition of t for values in (1)");
    project.files().migration(A, "alter table t detach partition p concurrently;");
    try (Connection open = database.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.executeQuery("select * from t").close();
      CompletableFuture<Problem> broken = Deploying.beside(() -> problemOf(project::deploy));
      Await.until("it waits", () -> !project.column(WAITING).isEmpty());
      project.column("select pg_terminate_backend(" + project.column(WAITING).getFirst() + ")");
      broken.get();
      open.commit();
    }
    assertThat(project.column("select inhdetachpending from pg_inherits")).containsExactly("t");
    project.deploy();
    assertThat(project.column("select 1 from pg_inherits")).isEmpty();
    assertThat(project.history()).containsExactly(A + " applied");
  }

  @EachServer
  void what_nobody_can_find_out_is_asked_about(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute(
        "create table fuse (armed bool)",
        "insert into fuse values (true)",
        "create table log (n int)",
        "create procedure work() language plpgsql as $$ begin insert into log values (1); commit;"
            + " if (select armed from fuse) then perform pg_terminate_backend(pg_backend_pid());"
            + " end if; end $$");
    project
        .files()
        .migration(A, "-- undercroft:no-transaction", "call work();", "create table b ();");
    assertThat(problemOf(project::deploy).code()).isEqualTo("MIGRATE_CONNECTION_LOST");
    project.execute("update fuse set armed = false");
    Problem unknown = problemOf(project::deploy);
    assertThat(unknown.code()).isEqualTo("MIGRATE_OUTCOME_UNKNOWN");
    assertThat(unknown.remedy()).contains("--statement-done", "--statement-not-done");
    project.migrations().resolve(A, Resolution.STATEMENT_NOT_DONE);
    project.deploy();
    assertThat(project.column("select count(*) from log")).containsExactly("2");
    begunAgain(project, 1);
    project.execute("drop table b");
    project.migrations().resolve(A, Resolution.STATEMENT_DONE);
    project.deploy();
    assertThat(project.column("select count(*) from log")).containsExactly("2");
    assertThat(project.history()).containsExactly(A + " applied");
  }

  @EachServer
  void statements_that_are_done_must_stay_as_they_are(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.files().migration(A, "create table a (id int);", "vacuum a;", "vacuum nowhere;");
    problemOf(project::deploy);
    project.files().migration(A, "create table a (id bigint);", "vacuum a;", "vacuum;");
    Problem problem = problemOf(project::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_DONE_STATEMENT_CHANGED");
    assertThat(problem.detail()).contains("- create table a (id int);");
    project.files().migration(A, "create table a (id int);", "vacuum a;", "vacuum;");
    project.deploy();
    assertThat(project.migrations().status().current()).isTrue();
  }

  @EachServer
  void a_concurrent_index_needs_a_name_and_a_session_no_transaction(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.files().migration(A, "create index concurrently on a (id);");
    assertThat(problemOf(project::deploy).code()).isEqualTo("MIGRATE_INDEX_WITHOUT_NAME");
    project.files().migration(A, "-- undercroft:no-transaction", "savepoint s;");
    assertThat(problemOf(project::deploy).code()).isEqualTo("MIGRATE_TRANSACTION_CONTROL");
    project
        .files()
        .migration(
            A, "create table p (id int primary key) partition by range (id);", "reindex table p;");
    Problem problem = problemOf(project::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_NEEDS_NO_TRANSACTION");
    assertThat(problem.remedy()).contains("-- undercroft:no-transaction");
    project
        .files()
        .migration(
            A,
            "-- undercroft:no-transaction",
            "create table p (id int primary key) partition by range (id);",
            "reindex table p;");
    assertThat(
            project
                .migrations(MigrationOptions.DEFAULT.withDeployerWait(Duration.ZERO))
                .deploy(Progress.NONE)
                .applied())
        .hasSize(1);
  }
}
