package dev.undercroft.contracts;

import static dev.undercroft.contracts.Deploying.A;
import static dev.undercroft.contracts.Deploying.B;
import static dev.undercroft.contracts.Deploying.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.migrate.MigrationDialect;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationOptions.SeedPolicies;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL adds to deploying: places of errors, owners, policies, locks, poolers. */
@DatabaseTest
class PostgresDeployTest {

  private static final String WAITING =
      "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname ="
          + " current_database()";

  @TempDir Path folder;

  private static String at(Problem problem) {
    return problem.context().get("line") + ":" + problem.context().get("column");
  }

  @EachServer
  void an_error_is_shown_exactly_where_it_is(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(A, "create table ä (\"𝄞\" int); -- ü", "select '𝄞é' as x, nowhere;");
    Problem column = problemOf(project::deploy);
    assertThat(at(column)).isEqualTo("2:19");
    assertThat(column.detail())
        .endsWith("2 | select '𝄞é' as x, nowhere;\n  |                   ^");
    assertThat(column.context()).containsEntry("sqlstate", "42703");
    project.files().migration(A, "create table a (id int);", "select 1;", "creat table b ();");
    assertThat(at(problemOf(project::deploy))).isEqualTo("3:1");
    project
        .files()
        .migration(A, "create table a (id int);", "select 1;", "  select 1/0;", "select 2;");
    assertThat(at(problemOf(project::deploy))).isEqualTo("3:3");
    project
        .files()
        .migration(
            A, "select 1;", "", "do $$ begin", "  raise 'boom' using hint = 'duck';", "end $$;");
    Problem block = problemOf(project::deploy);
    assertThat(at(block)).isEqualTo("3:1");
    assertThat(block.detail()).contains("line 2 at RAISE").contains("Hint: duck");
    assertThat(project.target().tables()).isEmpty();
  }

  @EachServer
  void errors_at_the_end_and_in_rows_are_shown_where_they_are(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(
            A,
            "create table a (id int primary key,",
            " b int references a deferrable initially deferred);",
            "insert into a values (1, 2);");
    Problem end = problemOf(project::deploy);
    assertThat(end.message()).contains("at the end of the transaction").contains("23503");
    project
        .files()
        .migration(
            A, "create table c (a int);", "copy c from stdin;", "1", "x", "\\.", "select 1;");
    Problem copy = problemOf(project::deploy);
    assertThat(at(copy)).isEqualTo("2:1");
    assertThat(copy.detail()).contains("COPY c, line 2");
    assertThat(project.target().tables()).isEmpty();
  }

  @EachServer
  void rows_of_copy_are_read_between_other_statements(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(
            A,
            "create table a (id int, t text);",
            "copy a from stdin;",
            "1\tone",
            "2\t\\N",
            "\\.",
            "insert into a values (3, ';');",
            "copy a (id) from stdin with (format csv);",
            "4",
            "\\.");
    project.deploy();
    assertThat(project.column("select id || coalesce(t, '-') from a order by id"))
        .containsExactly("1one", "2-", "3;", "4-");
    project
        .files()
        .migration(B, "-- undercroft:no-transaction", "copy a (id) from stdin;", "5", "\\.");
    project.deploy();
    assertThat(project.column("select count(*) from a")).containsExactly("5");
  }

  @EachServer
  void what_a_file_sets_ends_with_it(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute("create role other");
    project
        .files()
        .migration(
            A,
            "create schema s;",
            "select set_config('search_path', 's', false);",
            "set standard_conforming_strings = off;",
            "set role other;",
            "set statement_timeout = 1;",
            "reset statement_timeout;")
        .migration(B, "create table t (v text default 'a\\');", "create table c ();");
    project.deploy();
    assertThat(
            project.column(
                "select column_default from information_schema.columns where"
                    + " table_name = 't' and table_schema = 'public'"))
        .containsExactly("'a\\'::text");
  }

  @EachServer
  void objects_are_handed_to_their_owner_in_the_same_transaction(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute(
        "create role p_owner nologin",
        "create role p_migrator login password 'm' bypassrls",
        "grant p_owner to p_migrator",
        "create schema undercroft authorization p_owner",
        "grant all on schema public to p_owner");
    project
        .files()
        .migration(
            A,
            "create table t (id int);",
            "create type e as enum ('x');",
            "create function f() returns int language sql as 'select 1';",
            "alter table t enable row level security;",
            "alter table t force row level security;",
            "create policy none on t using (false);")
        .migration(B, "create index concurrently t_id on t (id);", "create table u ();");
    MigrationOptions options = MigrationOptions.DEFAULT.withOwner(new Identifier("p_owner"));
    MigrationDialect migrator =
        PostgresTarget.dialect(project.target().address().withUser("p_migrator", Secret.of("m")));
    project.migrations(migrator, options).deploy(Progress.NONE);
    project.files().seed("1.sql", "insert into t values (1);");
    project.migrations(migrator, options).setup(Progress.NONE);
    assertThat(
            project.column(
                "select distinct relowner::regrole from pg_class where relnamespace ="
                    + " 'public'::regnamespace"))
        .containsExactly("p_owner");
    assertThat(project.column("select typowner::regrole from pg_type where typname = 'e'"))
        .containsExactly("p_owner");
    assertThat(project.column("select proowner::regrole from pg_proc where proname = 'f'"))
        .containsExactly("p_owner");
    assertThat(project.column("select count(*) from t")).containsExactly("1");
    assertThat(project.column("select distinct database_role from undercroft.migration"))
        .containsExactly("p_migrator");
  }

  @EachServer
  void seeds_of_a_role_that_owns_its_tables_are_not_lost_to_row_policies(
      PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute(
        "create role single login password 's'",
        "create schema undercroft authorization single",
        "grant all on schema public to single");
    project
        .files()
        .migration(
            A,
            "create table t (id int primary key, up int references t deferrable initially deferred);",
            "alter table t enable row level security;",
            "alter table t force row level security;",
            "create policy none on t using (false) with check (false);",
            "create table \"Plain\" (id int);")
        .seed("1.sql", "insert into t values (1, 2), (2, 1);", "update t set up = 2 where id = 2;");
    MigrationDialect single =
        PostgresTarget.dialect(project.target().address().withUser("single", Secret.of("s")));
    Problem bound =
        problemOf(() -> project.migrations(single, MigrationOptions.DEFAULT).setup(Progress.NONE));
    assertThat(bound.message()).contains("row-level security");
    MigrationOptions lifting = MigrationOptions.DEFAULT.withSeedPolicies(SeedPolicies.LIFT_FORCE);
    assertThat(project.migrations(single, lifting).seed(Progress.NONE).seeds().getFirst().rows())
        .isEqualTo(3);
    assertThat(project.column("select relname from pg_class where relforcerowsecurity"))
        .containsExactly("t");
    project.files().seed("2.sql", "insert into t values (3, 3);", "select 1/0;");
    problemOf(() -> project.migrations(single, lifting).seed(Progress.NONE));
    assertThat(project.column("select relname from pg_class where relforcerowsecurity"))
        .containsExactly("t");
  }

  @EachServer
  void a_lock_that_is_not_to_be_had_is_tried_for_again(PostgresDatabase database) throws Exception {
    Deploying project = new Deploying(database, folder);
    project.execute("create table a (id int)");
    project
        .files()
        .migration(A, "-- undercroft:lock-timeout 50ms", "alter table a add column b int;");
    try (Connection open = database.connect();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("lock table a");
      Problem given =
          problemOf(() ->
              project
                  .migrations(MigrationOptions.DEFAULT.withLockTimeout(Duration.ofSeconds(5), 2))
                  .deploy(Progress.NONE));
      assertThat(given.code()).isEqualTo("MIGRATE_LOCK_TIMEOUT");
      assertThat(given.remedy()).contains("-- undercroft:lock-timeout");
      var patient =
          Deploying.beside(() ->
              project
                  .migrations(MigrationOptions.DEFAULT.withLockTimeout(Duration.ofSeconds(5), 50))
                  .deploy(Progress.NONE));
      Await.until("it waits", () -> !project.column(WAITING).isEmpty());
      Await.until("it gives up", () -> project.column(WAITING).isEmpty());
      open.commit();
      assertThat(patient.get().applied().getFirst().attempts()).isGreaterThan(1);
    }
  }

  @EachServer
  void a_statement_that_runs_too_long_is_stopped(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project
        .files()
        .migration(A, "-- undercroft:statement-timeout 20ms", "select 1;", "select pg_sleep(60);");
    Problem problem = problemOf(project::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_STATEMENT_TIMEOUT");
    assertThat(at(problem)).isEqualTo("3:1");
  }

  @EachServer
  void a_transaction_pooler_is_recognised_before_anything_is_locked(PostgresDatabase database)
      throws Exception {
    Deploying project = new Deploying(database, folder);
    project.files().migration(A, "create table a ();");
    PostgresAddress direct = project.target().address();
    MigrationDialect told =
        PostgresTarget.dialect(direct.with(PostgresParameter.PGBOUNCER, "true"));
    Problem flagged =
        problemOf(() -> project.migrations(told, MigrationOptions.DEFAULT).deploy(Progress.NONE));
    assertThat(flagged.code()).isEqualTo("MIGRATE_POOLED");
    assertThat(flagged.remedy()).contains("DIRECT_URL");
    try (TransactionPooler pooler = new TransactionPooler(database.server().port())) {
      PostgresAddress pooled =
          new PostgresAddress(
              List.of(new HostPort(PostgresServer.HOST, pooler.port())),
              direct.database(),
              direct.user(),
              direct.password(),
              direct.parameters());
      MigrationDialect through = PostgresTarget.dialect(pooled);
      assertThat(project.migrations(through, MigrationOptions.DEFAULT).status().entries())
          .hasSize(1);
      Problem found =
          problemOf(
              () -> project.migrations(through, MigrationOptions.DEFAULT).deploy(Progress.NONE));
      assertThat(found.code()).isEqualTo("MIGRATE_POOLED");
      assertThat(project.column("select 1 from pg_locks where locktype = 'advisory'")).isEmpty();
    }
    assertThat(project.deploy().applied()).hasSize(1);
  }

  @EachServer
  void a_database_of_another_tool_is_recognised(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute("create table \"_prisma_migrations\" (id int)", "create table a ()");
    project.files().migration(A, "create table a ();");
    ProblemException e = catchThrowableOfType(ProblemException.class, project::deploy);
    assertThat(e.problems())
        .extracting(Problem::code)
        .containsExactly("MIGRATE_STATEMENT_FAILED", "MIGRATE_OTHER_HISTORY");
    assertThat(e.problems().getLast().remedy()).contains("migrate baseline");
  }

  @EachServer
  void reset_drops_every_kind_of_object_but_not_what_is_not_the_projects(
      PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.execute(
        "create schema undercroft",
        "create function undercroft.tenant() returns text"
            + " language sql as 'select null::text'");
    oneOfEach(project.files());
    project.deploy();
    project.migrations().reset(dev.undercroft.migrate.Consent.NONE, Progress.NONE);
    assertThat(project.migrations().status().current()).isTrue();
    project.files().delete("migrations/" + A + "/migration.sql").delete("migrations/" + A);
    project.migrations().reset(dev.undercroft.migrate.Consent.NONE, Progress.NONE);
    assertThat(project.migrations().planReset().objects()).isEmpty();
    assertThat(project.column("select undercroft.tenant()")).containsExactly("NULL");
    assertThat(
            project.column(
                "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .containsExactly("0");
  }

  private static void oneOfEach(ProjectFiles files) {
    files.migration(
        A,
        "create extension citext;",
        "create schema \"Other\";",
        "create table \"Other\".t (c citext);",
        "create type e as enum ('x');",
        "create type pair as (a int, b int);",
        "create domain d as text check (value <> '');",
        "create sequence s;",
        "create table p (id serial primary key, e e) partition by range (id);",
        "create table p1 partition of p for values from (1) to (10);",
        "create view v as select * from p;",
        "create materialized view m as select 1 as x;",
        "create function f(int) returns int language sql as 'select 1';",
        "create procedure pr() language sql as 'select 1';",
        "create aggregate agg(int) (sfunc = int4pl, stype = int);",
        "create statistics st on id, e from p1;",
        "create collation c (locale = 'C');",
        "create text search configuration ts (copy = simple);",
        "create operator === (leftarg = int, rightarg = int, function = int4eq);",
        "create publication pub for table p1;",
        "create cast (pair as text) with inout;");
  }

  @EachServer
  void two_deployers_at_once_apply_everything_once(PostgresDatabase database) throws Exception {
    Deploying project = new Deploying(database, folder);
    for (int i = 10; i < 40; i++) {
      project.files().migration(i + "_t", "create table t" + i + " (id int);");
    }
    List<CompletableFuture<dev.undercroft.migrate.DeployResult>> deployers =
        List.of(project.deployBeside(), project.deployBeside(), project.deployBeside());
    int applied = 0;
    for (var deployer : deployers) {
      applied += deployer.get().applied().size();
    }
    assertThat(applied).isEqualTo(30);
    assertThat(project.history()).hasSize(30).allMatch(row -> row.endsWith("applied"));
  }
}
