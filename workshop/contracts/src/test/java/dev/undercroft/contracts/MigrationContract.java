package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.Consent;
import dev.undercroft.migrate.DatabaseMarker;
import dev.undercroft.migrate.DeployResult;
import dev.undercroft.migrate.DownPlan;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.migrate.Resolution;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What migrations do on every engine. */
abstract class MigrationContract extends FilesContract {

  @Test
  @Tag("EP-085")
  @Tag("SF-160")
  void resolve_marks_a_migration_as_applied_without_running_it() {
    target().execute("create table a (id integer primary key)");
    three();
    problemOf(this::deploy);
    MigrationStatus status = migrations().resolve(A, Resolution.APPLIED);
    assertThat(status.entries().getFirst().origin()).contains(MigrationStatus.Origin.RESOLVE);
    assertThat(deploy().applied())
        .extracting(DeployResult.Applied::migration)
        .containsExactly(B, C);
    Problem unknown =
        problemOf(() -> migrations().resolve("20250101000000_aa", Resolution.APPLIED));
    assertThat(unknown.code()).isEqualTo("MIGRATE_UNKNOWN");
    assertThat(unknown.remedy()).contains("Did you mean '" + A + "'?");
    assertThat(problemOf(() -> migrations().resolve(A, Resolution.APPLIED)).code())
        .isEqualTo("MIGRATE_NOT_RESOLVED");
  }

  @Test
  void resolve_accepts_a_changed_file_and_forgets_a_failed_one() {
    three();
    deploy();
    files.migration(B, "create table b (id integer primary key, more text);");
    migrations().resolve(B, Resolution.APPLIED);
    assertThat(migrations().status().current()).isTrue();
    files.migration("20250104000000_d", "insert into nowhere values (1);");
    problemOf(this::deploy);
    MigrationStatus status = migrations().resolve("20250104000000_d", Resolution.ROLLED_BACK);
    assertThat(status.entries().getLast().state()).isEqualTo(State.PENDING);
    assertThat(problemOf(() -> migrations().resolve(A, Resolution.ROLLED_BACK)).code())
        .isEqualTo("MIGRATE_NOT_RESOLVED");
  }

  @Test
  void baseline_takes_an_existing_database_into_care() {
    target().execute("create table a (id integer primary key)", "create table b (id integer)");
    three();
    migrations().baseline(Optional.of(B));
    assertThat(deploy().applied()).extracting(DeployResult.Applied::migration).containsExactly(C);
    assertThat(problemOf(() -> migrations().baseline(Optional.empty())).code())
        .isEqualTo("MIGRATE_NOT_RESOLVED");
  }

  @Test
  @Tag("SC-030")
  @Tag("SC-003")
  void setup_deploys_then_seeds_and_a_second_run_changes_nothing() {
    three()
        .seed("10_first.sql", "insert into c values (1) on conflict do nothing;")
        .seed("20_second.sql", "insert into c values (2) on conflict do nothing;");
    assertThat(migrations().setup(Progress.NONE).seed().seeds())
        .extracting(s -> s.file(), s -> s.rows())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("seed/10_first.sql", 1L),
            org.assertj.core.groups.Tuple.tuple("seed/20_second.sql", 1L));
    assertThat(migrations().setup(Progress.NONE).seed().seeds())
        .extracting(s -> s.rows())
        .containsOnly(0L);
    assertThat(target().column("select id from c order by 1")).containsExactly("1", "2");
  }

  @Test
  @Tag("SC-030")
  void setup_stops_at_the_first_error_and_a_broken_seed_leaves_none_of_its_rows() {
    three()
        .seed("1.sql", "insert into c values (1);", "insert into c values (1);")
        .seed("2.sql", "insert into c values (2);");
    Problem problem = problemOf(() -> migrations().setup(Progress.NONE));
    assertThat(problem.message()).startsWith("seed/1.sql:2:");
    assertThat(target().column("select id from c")).isEmpty();
    files.migration("20250104000000_d", "insert into nowhere values (1);");
    assertThat(problemOf(() -> migrations().setup(Progress.NONE)).message())
        .contains("20250104000000_d");
  }

  @Test
  void down_undoes_the_last_migrations_by_what_was_written_for_it() {
    three().down(B, "delete from a;", "drop table b;").down(C, "drop table c;");
    deploy();
    DownPlan plan = migrations().planDownTo(A);
    assertThat(plan.steps()).extracting(DownPlan.Step::migration).containsExactly(C, B);
    assertThat(migrations().down(plan, Consent.NONE, Progress.NONE).undone()).containsExactly(C, B);
    assertThat(target().tables()).contains("a").doesNotContain("b", "c");
    assertThat(states()).containsExactly(State.APPLIED, State.PENDING, State.PENDING);
    deploy();
    assertThat(target().column("select id from a")).containsExactly("1");
    assertThat(migrations().planDown(3).blockers())
        .extracting(Problem::code)
        .containsExactly("MIGRATE_NO_WAY_DOWN");
    DownPlan stale = migrations().planDown(2);
    migrations().down(migrations().planDown(1), Consent.NONE, Progress.NONE);
    assertThat(problemOf(() -> migrations().down(stale, Consent.NONE, Progress.NONE)).code())
        .isEqualTo("MIGRATE_PLAN_STALE");
  }

  @Test
  @Tag("SF-096")
  void reset_drops_what_the_project_made_and_sets_it_up_anew() {
    three().seed("1.sql", "insert into c values (1);");
    migrations().setup(Progress.NONE);
    target().execute("create table stray (id integer)", "create view v as select id from stray");
    assertThat(migrations().planReset().objects()).anyMatch(name -> name.contains("stray"));
    migrations().reset(Consent.NONE, Progress.NONE);
    assertThat(target().tables()).contains("a", "b", "c").doesNotContain("stray");
    assertThat(migrations().status().current()).isTrue();
    assertThat(target().column("select count(*) from c")).containsExactly("1");
  }

  @Test
  @Tag("CP-022")
  void a_production_database_refuses_reset_and_down_unless_named_and_forced() {
    three().down(C, "drop table c;");
    deploy();
    migrations().mark(DatabaseMarker.PRODUCTION);
    assertThat(migrations().marker()).isEqualTo(DatabaseMarker.PRODUCTION);
    String name = target().dialect().database();
    Consent named = new Consent(Optional.of(name), false);
    Consent wrong = new Consent(Optional.of("other"), true);
    DownPlan plan = migrations().planDown(1);
    assertThat(problemOf(() -> migrations().reset(Consent.NONE, Progress.NONE)).code())
        .isEqualTo("MIGRATE_GUARDED");
    assertThat(problemOf(() -> migrations().reset(named, Progress.NONE)).remedy())
        .contains("--confirm=" + name, "--force");
    assertThat(problemOf(() -> migrations().down(plan, named, Progress.NONE)).code())
        .isEqualTo("MIGRATE_GUARDED");
    assertThat(problemOf(() -> migrations().reset(wrong, Progress.NONE)).code())
        .isEqualTo("MIGRATE_CONSENT_MISMATCH");
    assertThat(target().tables()).contains("a", "b", "c");
    migrations().reset(new Consent(Optional.of(name), true), Progress.NONE);
    assertThat(migrations().marker()).isEqualTo(DatabaseMarker.PRODUCTION);
  }

  @Test
  void a_damaged_history_is_refused_with_what_is_wrong() {
    three();
    deploy();
    target()
        .execute("alter table " + target().history("migration") + " rename column checksum to sum");
    Problem missing = problemOf(() -> migrations().status());
    assertThat(missing.code()).isEqualTo("MIGRATE_HISTORY_DAMAGED");
    assertThat(missing.message()).contains("checksum");
    target()
        .execute("alter table " + target().history("migration") + " rename column sum to checksum");
    target()
        .execute(
            "update "
                + target().history("migration")
                + " set name = 'garbage' where name = '"
                + B
                + "'");
    assertThat(problemOf(this::deploy).message())
        .contains("'garbage' is not the name of a migration");
  }

  @Test
  void a_second_deployer_waits_then_says_who_holds_the_lock() throws Exception {
    three();
    try (var lock = target().dialect().lock("first@host")) {
      assertThat(lock.tryAcquire()).isEmpty();
      lock.check();
      Problem problem =
          problemOf(() ->
              migrations(MigrationOptions.DEFAULT.withDeployerWait(Duration.ofMillis(300)))
                  .deploy(Progress.NONE));
      assertThat(problem.code()).isEqualTo("MIGRATE_DEPLOYER_BUSY");
      assertThat(problem.detail()).contains("first@host").contains("pid ");
      assertThat(migrations().status().problems())
          .extracting(Problem::code)
          .contains("MIGRATE_DEPLOYER_BUSY");
    }
    assertThat(deploy().applied()).hasSize(3);
  }
}
