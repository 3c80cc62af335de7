package dev.undercroft.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.MigrationOptions;
import dev.undercroft.migrate.MigrationOptions.SeedPolicies;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.SqliteDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@DatabaseTest
class MigrationOnSqliteTest extends MigrationContract {

  private SqliteDatabase database;

  @BeforeEach
  void take(SqliteDatabase fresh) {
    database = fresh;
  }

  @Override
  MigrationTarget target() {
    return new SqliteTarget(database);
  }

  @Test
  void what_sqlite_lacks_is_refused() {
    MigrationOptions plain = MigrationOptions.DEFAULT;
    for (MigrationOptions options :
        List.of(
            plain.withOwner(new Identifier("owner")),
            plain.withStatementTimeout(Duration.ofSeconds(1)),
            plain.withSeedPolicies(SeedPolicies.LIFT_FORCE))) {
      assertThat(problemOf(() -> migrations(options)).code()).isEqualTo("MIGRATE_NOT_SUPPORTED");
    }
  }

  @Test
  void foreign_keys_are_kept_and_can_be_checked_at_the_end_of_a_file() {
    String rebuild =
        "create table new_p (id integer primary key, more text); insert into new_p (id) select id"
            + " from p; drop table p; alter table new_p rename to p;";
    files
        .migration(
            A,
            "create table p (id integer primary key);",
            "create table c (p integer references p (id) on delete cascade);",
            "insert into p values (1);",
            "insert into c values (1);")
        .migration(B, "-- undercroft:foreign-keys off", rebuild);
    deploy();
    assertThat(target().column("select p from c")).containsExactly("1");
    files.migration(C, "-- undercroft:foreign-keys off", "delete from p;");
    Problem problem = problemOf(this::deploy);
    assertThat(problem.message()).contains("1 rows of c refer to rows of p that are not there");
    assertThat(target().column("select id from p")).containsExactly("1");
    files.migration(C, "insert into c values (7);");
    assertThat(problemOf(this::deploy).message()).contains("FOREIGN KEY");
  }

  @Test
  void statements_that_change_only_the_session_are_refused() {
    files.migration(A, "pragma foreign_keys = off;", "create table a (id integer);");
    Problem problem = problemOf(this::deploy);
    assertThat(problem.code()).isEqualTo("MIGRATE_SESSION_STATE");
    assertThat(problem.remedy()).contains("-- undercroft:foreign-keys off");
  }

  @Test
  void a_statement_outside_of_transactions_is_journalled() {
    files.migration(A, "create table a (id integer);", "vacuum;", "create table b (id integer);");
    assertThat(migrations().plan().steps().getFirst().reason())
        .isEqualTo("VACUUM cannot run in a transaction (migrations/" + A + "/migration.sql:2:1)");
    migrations().deploy(Progress.NONE);
    assertThat(target().column("select outcome from undercroft_migration_statement"))
        .containsExactly("done", "done", "done");
    assertThat(migrations().status().current()).isTrue();
  }
}
