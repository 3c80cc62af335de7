package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about schemas, as a person or a script types them. */
@DatabaseTest
class SchemaCommandsTest {

  private static final String PERSON =
      """
      CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL);
      """;
  private static final String PERSON_AND_PET =
      """
      CREATE INDEX ON pet (owner);
      CREATE TABLE pet (id bigint PRIMARY KEY, owner bigint NOT NULL REFERENCES person);
      CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL, email text);
      """;

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() throws Exception {
    desk = new CommandDesk(folder);
    desk.file("person.sql", PERSON);
    desk.file("pet.sql", PERSON_AND_PET);
  }

  @AfterEach
  void nothing_is_left_in_the_folder() {
    assertThat(folder.resolve(".undercroft")).doesNotExist();
  }

  @EachServer
  void a_schema_is_applied_and_read_back_until_nothing_is_left_to_do(PostgresDatabase database)
      throws Exception {
    String[] apply = apply(database, "pet.sql");
    assertThat(desk.run(apply)).as(desk::err).isZero();
    assertThat(desk.out()).contains("CREATE TABLE public.pet", "proved on a copy", "equal");
    assertThat(desk.run(apply)).isZero();
    assertThat(desk.out()).isEqualTo("nothing to do\n");
    assertThat(database.value("select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo("2");
    noScratchIsLeft(database);
  }

  private static String[] apply(PostgresDatabase database, String file, String... more) {
    String[] words = {
      "schema", "apply", "--url", database.url(), "--to", file, "--scratch", database.url(), "--yes"
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  private static void noScratchIsLeft(PostgresDatabase database) throws Exception {
    assertThat(database.column("select datname from pg_database where datname like '%scratch%'"))
        .isEmpty();
  }

  @EachServer
  void a_hazard_is_refused_by_name_and_allowed_by_name(PostgresDatabase database) throws Exception {
    assertThat(desk.run(apply(database, "pet.sql"))).isZero();
    database.execute("INSERT INTO person VALUES (1, 'Ada', 'ada@example.org')");
    assertThat(desk.run(apply(database, "person.sql"))).isEqualTo(3);
    assertThat(desk.err()).contains("--allow data-loss", "column public.person.email");
    assertThat(database.value("select email from person")).isEqualTo("ada@example.org");
    assertThat(desk.run(apply(database, "person.sql", "--allow", "data-loss,index-dropped")))
        .as(desk::err)
        .isZero();
    assertThat(database.value("select name from person")).isEqualTo("Ada");
    assertThat(desk.run(apply(database, "person.sql", "--allow", "data-los"))).isEqualTo(2);
    assertThat(desk.err()).contains("data-los", "data-loss");
  }

  @EachServer
  void steps_come_as_json_with_sql_lock_and_hazards(PostgresDatabase database) throws Exception {
    assertThat(desk.run(apply(database, "person.sql"))).isZero();
    assertThat(desk.run(apply(database, "pet.sql", "--json", "--allow", "all"))).isZero();
    assertThat(desk.json().get("done").asInt()).isPositive();
    assertThat(desk.json().get("verified").asBoolean()).isTrue();
    assertThat(desk.json().get("plan").get("steps"))
        .anySatisfy(step -> {
          assertThat(step.get("sql").asString()).contains("ADD COLUMN email");
          assertThat(step.get("lock").asString()).isEqualTo("ACCESS EXCLUSIVE");
        });
  }

  @EachServer
  void two_sources_of_whatever_kind_are_compared(PostgresDatabase database) throws Exception {
    String scratch = database.url();
    assertThat(
            desk.run(
                "schema",
                "diff",
                "--from",
                "person.sql",
                "--to",
                "person.sql",
                "--scratch",
                scratch))
        .as(desk::err)
        .isZero();
    assertThat(
            desk.run(
                "schema",
                "diff",
                "--from",
                "person.sql",
                "--to",
                "pet.sql",
                "--scratch=" + scratch))
        .isEqualTo(3);
    assertThat(desk.out()).contains("+ table public.pet", "+ column public.person.email");
    noScratchIsLeft(database);
  }

  @EachServer
  void migrations_catalogs_and_databases_are_sources_too(PostgresDatabase database)
      throws Exception {
    String scratch = database.url();
    assertThat(
            desk.run(
                "schema",
                "inspect",
                "--from",
                "pet.sql",
                "--scratch",
                scratch,
                "--out",
                "pet.json"))
        .isZero();
    desk.file("migrations/20260101000000_first/migration.sql", PERSON);
    desk.file(
        "migrations/20260102000000_second/migration.sql",
        """
        ALTER TABLE person ADD email text;
        CREATE TABLE pet (id bigint PRIMARY KEY, owner bigint NOT NULL REFERENCES person);
        INSERT INTO person VALUES (1, 'Ada');
        CREATE INDEX CONCURRENTLY pet_owner_idx ON pet (owner);
        """);
    assertThat(
            desk.run(
                "schema", "diff", "--from", "migrations", "--to", "pet.json", "--scratch", scratch))
        .as(() -> desk.out() + desk.err())
        .isZero();
    assertThat(
            desk.run(
                "schema", "diff", "--from", database.url(), "--to", "pet.json", "--format", "sql"))
        .isEqualTo(3);
    assertThat(desk.out()).contains("CREATE TABLE public.pet");
    noScratchIsLeft(database);
  }

  @EachServer
  void a_schema_is_written_as_sql_that_gives_the_same_and_as_diagrams(PostgresDatabase database)
      throws Exception {
    String scratch = database.url();
    assertThat(
            desk.run(
                "schema", "inspect", "--from", "pet.sql", "--scratch", scratch, "-o", "again.sql"))
        .as(desk::err)
        .isZero();
    assertThat(
            desk.run(
                "schema", "diff", "--from", "pet.sql", "--to", "again.sql", "--scratch", scratch))
        .as(desk::err)
        .isZero();
    assertThat(
            desk.run(
                "schema",
                "inspect",
                "--from",
                "pet.sql",
                "--scratch",
                scratch,
                "--format",
                "mermaid"))
        .as(desk::err)
        .isZero();
    assertThat(desk.out()).contains("erDiagram", "\"pet\" }o--|| \"person\" : \"owner\"");
    assertThat(
            desk.run(
                "schema", "inspect", "--from", "pet.sql", "--scratch", scratch, "--out", "pet.svg"))
        .as(desk::err)
        .isZero();
    assertThat(Files.readString(folder.resolve("pet.svg")))
        .startsWith("<svg")
        .contains("pet (owner)");
  }

  @EachServer
  void a_plan_is_written_for_people_and_for_programs(PostgresDatabase database) throws Exception {
    assertThat(
            desk.run(
                "schema",
                "plan",
                "--from",
                "person.sql",
                "--to",
                "pet.sql",
                "--scratch",
                database.url(),
                "--online",
                "--out",
                "plan.sql",
                "--json",
                "plan.json"))
        .as(desk::err)
        .isZero();
    assertThat(desk.err()).contains("proved on a copy");
    assertThat(Files.readString(folder.resolve("plan.sql"))).contains("ADD COLUMN email");
    assertThat(Files.readString(folder.resolve("plan.json"))).contains("\"steps\"");
    assertThat(
            desk.run(
                "schema",
                "plan",
                "--from",
                "pet.sql",
                "--to",
                "person.sql",
                "--scratch",
                database.url(),
                "--allow",
                "index-build"))
        .isEqualTo(3);
    assertThat(desk.out()).contains("DROP TABLE public.pet");
  }

  @EachServer
  void a_prisma_schema_is_a_source_like_others(PostgresDatabase database) throws Exception {
    desk.file(
        "prisma/schema.prisma",
        """
        datasource db {
          provider = "postgresql"
        }
        model User {
          id    Int     @id @default(autoincrement())
          email String  @unique
          posts Post[]
        }
        model Post {
          id       String  @id @default(uuid()) @db.Uuid
          author   User?   @relation(fields: [authorId], references: [id])
          authorId Int?
          state    State   @default(DRAFT)
          @@index([authorId, state(sort: Desc)])
        }
        enum State {
          DRAFT
          PUBLISHED
        }
        """);
    assertThat(desk.run(apply(database, "prisma", "--allow", "all"))).as(desk::err).isZero();
    assertThat(
            database.column(
                "select conname from pg_constraint where contype <> 'n' and connamespace ="
                    + " 'public'::regnamespace order by 1"))
        .containsExactly("Post_authorId_fkey", "Post_pkey", "User_pkey");
    assertThat(desk.run(apply(database, "prisma/schema.prisma"))).isZero();
    assertThat(desk.out()).isEqualTo("nothing to do\n");
    desk.file("broken.prisma", "model A {\n  id Int @id\n  b  Nothing\n}\n");
    assertThat(desk.run(apply(database, "broken.prisma"))).isEqualTo(1);
    assertThat(desk.err()).contains("broken.prisma:3:3", "Nothing");
  }

  @EachServer
  void a_rename_is_done_only_when_somebody_says_so(PostgresDatabase database) throws Exception {
    assertThat(desk.run(apply(database, "person.sql"))).isZero();
    database.execute("INSERT INTO person VALUES (1, 'Ada')");
    desk.file("new.sql", "CREATE TABLE person (id bigint PRIMARY KEY, full_name text NOT NULL);");
    assertThat(
            desk.run(
                "schema",
                "diff",
                "--from",
                database.url(),
                "--to",
                "new.sql",
                "--scratch",
                database.url()))
        .isEqualTo(3);
    assertThat(desk.out()).contains("column public.person.name -> full_name");
    desk.file("renames", "column public.person.name -> full_name # since the census\n");
    assertThat(desk.run(apply(database, "new.sql", "--renames", "renames", "--allow", "all")))
        .as(desk::err)
        .isZero();
    assertThat(database.value("select full_name from person")).isEqualTo("Ada");
  }

  @EachServer
  void wrong_sql_is_shown_where_it_stands_and_rows_are_reported(PostgresDatabase database)
      throws Exception {
    desk.file("wrong.sql", PERSON + "CREATE TABLE pet (id bigint, owner bigin);\n");
    assertThat(desk.run(apply(database, "wrong.sql"))).isEqualTo(1);
    assertThat(desk.err()).contains("wrong.sql:2", "bigin", "^");
    desk.file("rows.sql", PERSON + "INSERT INTO person VALUES (1, 'Ada');\n");
    assertThat(desk.run(apply(database, "rows.sql"))).isZero();
    assertThat(desk.err()).contains("rows.sql:2", "INSERT");
    noScratchIsLeft(database);
  }

  @EachServer
  void what_cannot_be_reached_or_is_not_there_is_said(PostgresDatabase database) throws Exception {
    String nowhere = "postgres://me:secret@127.0.0.1:1/nothing";
    assertThat(desk.run("schema", "inspect", "--from", nowhere)).isEqualTo(1);
    assertThat(desk.err()).contains("127.0.0.1:1").doesNotContain("secret");
    assertThat(desk.run("schema", "inspect", "--from", "missing.sql")).isEqualTo(1);
    assertThat(desk.err()).contains("missing.sql");
    assertThat(desk.run("schema", "inspect")).isEqualTo(2);
    desk.file("extension.sql", "CREATE EXTENSION no_such_thing;\n");
    assertThat(desk.run(apply(database, "extension.sql"))).isEqualTo(1);
    assertThat(desk.err()).contains("extension.sql:1", "no_such_thing");
    assertThat(
            desk.run(
                "schema", "diff", "--from", "person.sql", "--to", "pet.sql", "--format", "yaml"))
        .isEqualTo(2);
  }

  @EachServer
  void who_may_not_make_databases_is_told_what_to_grant(PostgresDatabase database)
      throws Exception {
    database.execute("DROP ROLE IF EXISTS modest", "CREATE ROLE modest LOGIN PASSWORD 'm'");
    try {
      assertThat(
              desk.run(
                  "schema",
                  "inspect",
                  "--from",
                  "person.sql",
                  "--scratch",
                  database.url("modest", "m")))
          .isEqualTo(1);
      assertThat(desk.err()).contains("CREATEDB");
    } finally {
      database.execute("DROP ROLE modest");
    }
  }

  @EachServer
  void what_a_killed_process_left_is_removed_by_the_next_one(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE DATABASE undercroft_scratch_0badf00d_1");
    assertThat(desk.run("schema", "inspect", "--from", "person.sql", "--scratch", database.url()))
        .isZero();
    noScratchIsLeft(database);
  }

  @EachServer
  void nothing_is_applied_without_consent(PostgresDatabase database) throws Exception {
    String[] words = {
      "schema", "apply", "--url", database.url(), "--to", "person.sql", "--scratch", database.url()
    };
    assertThat(desk.run(words)).isEqualTo(2);
    assertThat(desk.err()).contains("--yes");
    assertThat(desk.types("n\n").run(words)).isEqualTo(2);
    assertThat(database.column("select 1 from pg_tables where tablename = 'person'")).isEmpty();
    assertThat(desk.types("y\n").run(words)).as(desk::err).isZero();
    assertThat(database.column("select 1 from pg_tables where tablename = 'person'")).hasSize(1);
    assertThat(new CommandDesk(folder).run(words)).isZero();
  }

  @Test
  void without_a_scratch_server_the_embedded_one_is_started_for_it() {
    assertThat(desk.run("schema", "diff", "--from", "person.sql", "--to", "pet.sql"))
        .as(desk::err)
        .isEqualTo(3);
  }

  @EachServer
  void the_embedded_scratch_server_has_the_version_of_the_database(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL)");
    assertThat(desk.run("schema", "diff", "--from", database.url(), "--to", "person.sql"))
        .as(() -> desk.out() + desk.err())
        .isZero();
  }

  @EachServer
  void a_process_of_its_own_does_the_same(PostgresDatabase database) throws Exception {
    try (TestingFolder outside = TestingFolder.outsideOfProjects(folder)) {
      TestingFolder.Said said = outside.run(apply(database, "pet.sql"));
      assertThat(said.exit()).as(said.err()).isZero();
      assertThat(said.out()).contains("read back and equal");
    }
  }
}
