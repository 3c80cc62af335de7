package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The commands about schemas, in the folder of a project that comes from Prisma. */
@DatabaseTest
class PrismaCommandsTest {

  private static final String SCHEMA =
      """
      datasource db {
        provider = "postgresql"
      }
      model Post {
        id    Int      @id @default(autoincrement())
        state State    @default(DRAFT)
        tags  String[] @default([])
        made  DateTime @default(now())
      }
      enum State {
        DRAFT
        HIDDEN
        PUBLISHED
      }
      """;

  /** As Prisma left it: a label that came later stands last. */
  private static final String[] DATABASE = {
    "create type \"State\" as enum ('DRAFT', 'PUBLISHED')",
    "alter type \"State\" add value 'HIDDEN'",
    "create table \"Post\" (id serial constraint \"Post_pkey\" primary key, state \"State\" not null"
        + " default 'DRAFT', tags text[] not null default '{}', made timestamp(3) not null default"
        + " now(), constraint title check (id > 0))",
    "create table \"_prisma_migrations\" (id varchar(36) primary key, migration_name varchar(255))"
  };

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() throws Exception {
    desk = new CommandDesk(folder);
    desk.file("prisma/schema.prisma", SCHEMA);
    desk.file("prisma/checks.sql", "alter table \"Post\" add constraint title check (id > 0);\n");
    desk.file("prisma/migrations/20250101000000_old/migration.sql", "create table old ();\n");
    desk.file("prisma/migrations/20250101000000_old/down.sql", "drop table old;\n");
  }

  private int diff(PostgresDatabase database, String from, String to) {
    return desk.run("schema", "diff", "--from", from, "--to", to, "--scratch", database.url());
  }

  @EachServer
  void what_prisma_does_not_tell_apart_is_no_difference(PostgresDatabase database)
      throws Exception {
    database.execute(DATABASE);
    assertThat(diff(database, database.url(), "prisma")).as(desk::out).isZero();
    assertThat(diff(database, "prisma", database.url())).as(desk::out).isZero();
    assertThat(diff(database, database.url(), "prisma/schema.prisma")).isEqualTo(3);
    assertThat(desk.out()).contains("title").doesNotContain("_prisma_migrations", "State");
    assertThat(
            desk.run(
                "schema",
                "apply",
                "--url",
                database.url(),
                "--to",
                "prisma/schema.prisma",
                "--scratch",
                database.url(),
                "--yes",
                "--allow",
                "all"))
        .as(desk::err)
        .isZero();
    assertThat(database.column("select tablename from pg_tables where schemaname = 'public'"))
        .containsExactlyInAnyOrder("Post", "_prisma_migrations");
  }

  @EachServer
  void a_schema_is_written_in_prismas_language_and_what_is_left_out_is_named(
      PostgresDatabase database) throws Exception {
    database.execute(DATABASE);
    desk.file("pulled/note.txt", "what the database had\n");
    assertThat(
            desk.run("schema", "inspect", "--from", database.url(), "--out", "pulled/one.prisma"))
        .as(desk::err)
        .isZero();
    assertThat(desk.err()).contains("constraint public.Post.title", "_prisma_migrations");
    assertThat(diff(database, database.url(), "pulled")).isEqualTo(3);
    desk.file("pulled/two.sql", "alter table \"Post\" add constraint title check (id > 0);\n");
    assertThat(diff(database, database.url(), "pulled")).as(desk::out).isZero();
  }
}
