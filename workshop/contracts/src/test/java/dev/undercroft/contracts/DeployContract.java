package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployPlan;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationOptions.LateFiles;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.migrate.Migrations;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How files, history and database are brought together, on every engine. */
abstract class DeployContract extends MigrationSuite {

  @Test
  @Tag("SC-026")
  @Tag("AT-066")
  @Tag("CP-021")
  void deploy_applies_what_is_pending_in_order_and_once() {
    files.migration(A, "create table a (id integer primary key);");
    assertThat(deploy().applied()).extracting(DeployResult.Applied::migration).containsExactly(A);
    three();
    DeployResult second = deploy();
    assertThat(second.applied()).extracting(DeployResult.Applied::migration).containsExactly(B, C);
    assertThat(second.alreadyApplied()).isEqualTo(1);
    DeployResult third = deploy();
    assertThat(third.applied()).isEmpty();
    assertThat(third.alreadyApplied()).isEqualTo(3);
    assertThat(target().tables()).contains("a", "b", "c");
    assertThat(
            target().column("select name from " + target().history("migration") + " order by id"))
        .containsExactly(A, B, C);
  }

  @Test
  void the_history_tells_what_ran_who_ran_it_and_for_how_long() {
    three();
    deploy();
    String table = target().history("migration");
    assertThat(target().column("select applied_by from " + table)).containsOnly("tester");
    assertThat(target().column("select outcome from " + table)).containsOnly("applied");
    assertThat(target().column("select statements_done from " + table))
        .containsExactly("1", "2", "1");
    assertThat(
            target()
                .column(
                    "select count(*) from "
                        + table
                        + " where finished_at >= started_at"
                        + " and duration_ms >= 0 and length(checksum) = 64 and length(server_version) > 5"))
        .containsExactly("3");
    assertThat(target().column("select body from " + table + " where name = '" + C + "'"))
        .containsExactly("create table c (id integer primary key);\n");
  }

  @Test
  @Tag("AT-067")
  @Tag("CP-019")
  @Tag("SC-082")
  void status_lists_applied_failed_and_pending() {
    files
        .migration(A, "create table a (id integer primary key);")
        .migration(B, "create table b (id integer primary key);", "insert into nowhere values (1);")
        .migration(C, "create table c (id integer primary key);");
    assertThat(states()).containsExactly(State.PENDING, State.PENDING, State.PENDING);
    assertThat(target().tables()).isEmpty();
    problemOf(this::deploy);
    assertThat(states()).containsExactly(State.APPLIED, State.FAILED, State.PENDING);
    MigrationStatus status = migrations().status();
    assertThat(status.current()).isFalse();
    assertThat(status.problems()).extracting(Problem::code).containsExactly("MIGRATE_FAILED");
    assertThat(status.entries().getFirst().by()).isEqualTo("tester");
    files.migration(B, "create table b (id integer primary key);");
    deploy();
    assertThat(migrations().status().current()).isTrue();
  }

  @Test
  @Tag("CP-184")
  @Tag("CP-183")
  void a_migration_that_fails_leaves_nothing_and_says_where_and_what_to_do() {
    files
        .migration(A, "create table a (id integer primary key);")
        .migration(
            B,
            "-- one",
            "create table b (id integer primary key);",
            "",
            "insert into nowhere values (1);");
    Problem problem = problemOf(this::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_STATEMENT_FAILED");
    assertThat(problem.message())
        .startsWith("migrations/" + B + "/migration.sql:4:")
        .contains("nowhere");
    assertThat(problem.detail()).contains("4 | insert into nowhere values (1);\n  | ");
    assertThat(problem.remedy()).contains("Nothing of this migration is in the database");
    assertThat(target().tables()).contains("a").doesNotContain("b");
    Problem again = problemOf(this::deploy);
    assertThat(again.message()).isEqualTo(problem.message());
    files.migration(B, "create table b (id integer primary key);");
    assertThat(deploy().applied()).extracting(DeployResult.Applied::migration).containsExactly(B);
  }

  @Test
  void a_dry_run_says_every_statement_and_changes_nothing() {
    three();
    DeployPlan plan = migrations().plan();
    assertThat(plan.steps()).extracting(DeployPlan.Step::migration).containsExactly(A, B, C);
    assertThat(plan.steps().get(1).statements())
        .containsExactly("create table b (id integer primary key)", "insert into a values (1)");
    assertThat(plan.nothingToDo()).isFalse();
    assertThat(target().tables()).isEmpty();
    deploy();
    assertThat(migrations().plan().nothingToDo()).isTrue();
  }

  @Test
  @Tag("CP-031")
  @Tag("CP-182")
  void a_changed_applied_file_blocks_and_its_difference_is_shown() {
    three();
    deploy();
    files
        .migration(B, "create table b (id integer primary key);", "insert into a values (2);")
        .migration("20250104000000_d", "create table d (id integer primary key);");
    Problem problem = problemOf(this::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_CHECKSUM_CHANGED");
    assertThat(problem.detail())
        .isEqualTo("@@ line 2 @@\n- insert into a values (1);\n+ insert into a values (2);");
    assertThat(target().tables()).doesNotContain("d");
    assertThat(states())
        .containsExactly(State.APPLIED, State.CHANGED, State.APPLIED, State.PENDING);
    assertThat(migrations().plan().blockers()).hasSize(1);
  }

  @Test
  void line_ends_do_not_count_as_a_change() {
    files.write(
        "migrations/" + A + "/migration.sql",
        "create table a (\n id integer);\n".getBytes(StandardCharsets.UTF_8));
    deploy();
    files.write(
        "migrations/" + A + "/migration.sql",
        "create table a (\r\n id integer);\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(migrations().status().current()).isTrue();
  }

  @Test
  void a_missing_applied_file_blocks_and_a_renamed_one_is_recognised() {
    three();
    deploy();
    files.delete("migrations/" + C + "/migration.sql").delete("migrations/" + C);
    Problem gone = problemOf(this::deploy);
    assertThat(gone.code()).isEqualTo("MIGRATE_FILE_GONE");
    assertThat(gone.detail()).contains("- create table c");
    files.migration("20250105000000_e", "create table c (id integer primary key);");
    assertThat(problemOf(this::deploy).remedy()).isEqualTo("Give it back its name '" + C + "'.");
    assertThat(states())
        .containsExactly(State.APPLIED, State.APPLIED, State.MISSING, State.PENDING);
  }

  @Test
  void a_late_file_is_refused_unless_it_is_allowed() {
    files.migration(A, "create table a (id integer);").migration(C, "create table c (id integer);");
    deploy();
    files.migration(B, "create table b (id integer);");
    Problem problem = problemOf(this::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_LATE");
    assertThat(states()).containsExactly(State.APPLIED, State.LATE, State.APPLIED);
    Migrations allowing = migrations(MigrationOptions.DEFAULT.withLate(LateFiles.APPLY));
    assertThat(allowing.plan().warnings())
        .extracting(Problem::code)
        .containsExactly("MIGRATE_LATE");
    assertThat(allowing.deploy(Progress.NONE).warnings()).hasSize(1);
    assertThat(migrations().status().current()).isTrue();
  }
}
