package dev.undercroft.contracts;

import static dev.undercroft.contracts.Deploying.A;
import static dev.undercroft.contracts.Deploying.B;
import static dev.undercroft.contracts.Deploying.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A database that Prisma Migrate has deployed to is taken over with its history. */
@DatabaseTest
class PrismaAdoptionTest {

  private static final String C = "20250103000000_";
  private static final String LOCK = "migrations/migration_lock.toml";

  /** The table as Prisma makes it. */
  private static final String TABLE =
      "create table \"_prisma_migrations\" (id varchar(36) primary key not null, checksum"
          + " varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,"
          + " logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),"
          + " applied_steps_count integer not null default 0)";

  @TempDir Path folder;

  private static String checksum(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A row of Prisma's; {@code ends} are the values of finished_at and rolled_back_at. */
  private static String row(String name, String text, String ends) throws Exception {
    return "insert into \"_prisma_migrations\" (id, checksum, migration_name, logs, finished_at,"
        + " rolled_back_at, applied_steps_count) values (gen_random_uuid()::text, '%s', '%s', %s,"
            .formatted(checksum(text), name, ends.startsWith("null") ? "'it broke'" : "null")
        + " "
        + ends
        + ", 1)";
  }

  private Deploying project(PostgresDatabase database) {
    Deploying project = new Deploying(database, folder);
    project.files().write(LOCK, "# made by Prisma", "provider = \"postgresql\"");
    project.files().migration(A, "create table a ();");
    project.files().migration(B, "create table b ();");
    project.files().migration(C, "create table c ();");
    project.execute(TABLE, "create table a ()", "create table b ()");
    return project;
  }

  @EachServer
  void what_prisma_applied_counts_as_applied_and_the_rest_is_pending(PostgresDatabase database)
      throws Exception {
    Deploying project = project(database);
    project.execute(
        row(A, "create table a ();\n", "null, now()"),
        row(A, "create table a ();\n", "now(), null"),
        row(B, "create table b ();\r\n", "now(), null"));
    assertThat(project.migrations().status().problems())
        .extracting(Problem::code)
        .containsExactly("MIGRATE_PRISMA_HISTORY");
    Problem refused = problemOf(project::deploy);
    assertThat(refused.message()).contains("Prisma has applied 2 migrations");
    assertThat(refused.remedy()).contains("undercroft migrate baseline");
    assertThat(project.migrations().baseline(Optional.empty()).problems()).isEmpty();
    assertThat(project.history()).containsExactly(A + " applied", B + " applied");
    assertThat(project.deploy().applied()).hasSize(1);
    assertThat(project.migrations().status().current()).isTrue();
    assertThat(project.column("select to_regclass('c') is not null")).containsExactly("t");
  }

  @EachServer
  void what_cannot_be_taken_over_is_told_all_together(PostgresDatabase database) throws Exception {
    Deploying project = project(database);
    project.execute(
        row(A, "create table a (id int);\n", "now(), null"),
        row(B, "create table b ();\n", "null, null"),
        row("20240101000000_gone", "select 1", "now(), null"));
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> project.migrations().baseline(Optional.empty()));
    assertThat(refused.problems())
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "MIGRATE_CHECKSUM_CHANGED", "MIGRATE_PRISMA_FAILED", "MIGRATE_FILE_GONE");
    assertThat(refused.problems()).anyMatch(one -> one.detail().contains("it broke"));
    assertThat(project.migrations().baseline(Optional.of(B)).problems()).isEmpty();
    assertThat(project.history()).containsExactly(A + " applied", B + " applied");
  }

  @EachServer
  void a_history_of_other_migrations_is_nobodys_business(PostgresDatabase database)
      throws Exception {
    Deploying project = new Deploying(database, folder);
    project.files().migration(A, "create table a ();");
    project.execute(TABLE, row("20240101000000_gone", "select 1", "now(), null"));
    assertThat(project.deploy().applied()).hasSize(1);
  }

  @EachServer
  void migrations_for_another_kind_of_database_are_refused(PostgresDatabase database) {
    Deploying project = project(database);
    project.files().write(LOCK, "provider = \"mysql\"");
    assertThat(problemOf(project::deploy).message())
        .contains("migration_lock.toml")
        .contains("mysql");
  }
}
