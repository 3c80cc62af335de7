package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** From an edited schema to a migration, its undoing, and a changed development database. */
@DatabaseTest
class MigrateDevTest {

  private static final String PERSON =
      "CREATE TABLE person (id bigint PRIMARY KEY, name text NOT NULL);\n";

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void a_project() throws IOException {
    desk = new CommandDesk(folder);
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    desk.file("schema/10_person.sql", PERSON);
    desk.file("migrations/20260101000000_person/migration.sql", PERSON);
  }

  private List<String> migrations() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("migrations"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private int generate(PostgresDatabase database, String... more) {
    List<String> words =
        Stream.concat(
                Stream.of(
                    "migrate", "generate", "--name", "Add pets!", "--scratch", database.url()),
                Stream.of(more))
            .toList();
    return desk.run(words.toArray(String[]::new));
  }

  @EachServer
  @Tag("SC-025")
  @Tag("SC-036")
  @Tag("SC-037")
  void an_edit_becomes_a_migration_with_its_undoing_and_then_nothing_is_left(
      PostgresDatabase database) throws Exception {
    assertThat(generate(database)).as(desk::err).isZero();
    assertThat(desk.out()).contains("the migrations give the wanted schema");
    assertThat(migrations()).hasSize(1);
    desk.file(
        "schema/20_pet.sql",
        """
        CREATE TABLE pet (id bigint PRIMARY KEY, owner bigint REFERENCES person, kind kind);
        CREATE TYPE kind AS ENUM ('cat', 'dog');
        ALTER TABLE person ADD email text;
        """);
    assertThat(generate(database)).as(desk::err).isZero();
    assertThat(desk.out())
        .contains("_add_pets", "undo: leads back exactly", "leads to the wanted schema");
    assertThat(migrations()).hasSize(2);
    Path made = folder.resolve("migrations").resolve(migrations().getLast());
    assertThat(Files.readString(made.resolve("migration.sql")))
        .contains("CREATE TYPE public.kind", "CREATE TABLE public.pet", "ADD COLUMN email");
    assertThat(Files.readString(made.resolve("down.sql")))
        .contains("-- data-loss: ", "DROP TABLE public.pet");
    assertThat(generate(database)).isZero();
    assertThat(desk.out()).contains("the migrations give the wanted schema");
    assertThat(database.column("select datname from pg_database where datname like '%scratch%'"))
        .isEmpty();
  }

  @EachServer
  void a_possible_rename_is_asked_on_a_terminal_and_a_no_elsewhere(PostgresDatabase database)
      throws Exception {
    desk.file(
        "schema/10_person.sql",
        "CREATE TABLE person (id bigint PRIMARY KEY, full_name text NOT NULL);\n");
    assertThat(generate(database)).isEqualTo(3);
    assertThat(desk.err()).contains("column public.person.name -> full_name", "--renames");
    assertThat(migrations()).hasSize(1);
    desk.types("y\n");
    assertThat(generate(database)).as(desk::err).isZero();
    Path made = folder.resolve("migrations").resolve(migrations().getLast());
    assertThat(Files.readString(made.resolve("migration.sql")))
        .contains("RENAME COLUMN name TO full_name")
        .doesNotContain("DROP COLUMN");
    assertThat(Files.readString(made.resolve("down.sql"))).contains("RENAME COLUMN full_name");
  }

  @EachServer
  @Tag("SF-093")
  void the_first_migration_is_made_and_applied(PostgresDatabase database) throws Exception {
    CommandDesk fresh = new CommandDesk(Files.createDirectory(folder.resolve("fresh")));
    fresh.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    fresh.file("schema/10_person.sql", PERSON);
    fresh.file(".env", "DATABASE_URL=" + database.url() + "\n");
    assertThat(fresh.run("migrate", "dev", "--name", "init", "--scratch", database.url()))
        .as(fresh::err)
        .isZero();
    assertThat(fresh.out()).contains("_init", "applied");
    assertThat(database.value("select count(*) from pg_tables where tablename = 'person'"))
        .isEqualTo("1");
  }

  @EachServer
  @Tag("SC-038")
  @Tag("SF-095")
  void dev_applies_it_to_the_development_database(PostgresDatabase database) throws Exception {
    desk.file(".env", "DATABASE_URL=" + database.url() + "\n");
    desk.file("schema/20_pet.sql", "CREATE TABLE pet (id bigint PRIMARY KEY);\n");
    assertThat(desk.run("migrate", "dev", "--name", "pets", "--scratch", database.url()))
        .as(desk::err)
        .isZero();
    assertThat(desk.out()).contains("_pets", "applied");
    assertThat(
            database.value("select count(*) from pg_tables where tablename in ('person', 'pet')"))
        .isEqualTo("2");
  }
}
