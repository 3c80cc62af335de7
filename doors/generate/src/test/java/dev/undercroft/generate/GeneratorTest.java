package dev.undercroft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.SqliteDatabase;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.tools.ToolProvider;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DatabaseTest
class GeneratorTest {

  private static final String[] SCHEMA = {
    "create schema undercroft",
    "create table undercroft.migration (id int primary key)",
    "create type mood as enum ('happy', 'sad')",
    """
    create table people (
      id uuid primary key default gen_random_uuid(), mood mood not null, facts jsonb,
      address inet, born timestamptz not null, seen timestamp, words tsvector,
      score numeric(12, 2), tags text[], active int4range)
    """,
    "comment on table people is 'Those who /* live */ here & there'",
    "create table letters (id bigserial primary key, author uuid not null references people)",
    "create view happy_people with (security_invoker) as select * from people where mood = 'happy'",
    "create function doubled(n int) returns int language sql immutable return n * 2",
    "create function touched() returns trigger language plpgsql as 'begin return new; end'",
    "create schema archive",
    "create table archive.letters (id bigint primary key, public_id bigint references letters)",
  };

  @TempDir private Path folder;

  @EachServer
  void classes_compile_without_a_warning_and_carry_every_type(PostgresDatabase database)
      throws Exception {
    database.execute(SCHEMA);
    GenerationResult result = generate(database, wanted());
    assertThat(result.written())
        .contains(
            "Tables.java",
            "Keys.java",
            "tables/People.java",
            "tables/HappyPeople.java",
            "tables/records/PeopleRecord.java",
            "enums/Mood.java",
            "routines/Doubled.java",
            "archive/tables/Letters.java",
            "PostgresText.java")
        .noneMatch(name -> name.contains("undercroft") || name.contains("Touched"));
    try (URLClassLoader classes = compile()) {
      Table<?> people = table(classes, "tables.People", "PEOPLE");
      assertThat(people.field("id").getType()).isEqualTo(UUID.class);
      assertThat(people.field("born").getType()).isEqualTo(Instant.class);
      assertThat(people.field("facts").getType()).isEqualTo(JSONB.class);
      assertThat(people.field("tags").getType()).isEqualTo(String[].class);
      for (String text : List.of("address", "words", "active")) {
        assertThat(people.field(text).getType()).as(text).isEqualTo(String.class);
      }
      assertThat(people.field("mood").getType().getName()).isEqualTo("shop.db.enums.Mood");
      writesAndReads(database, people);
    }
  }

  @SuppressWarnings("unchecked")
  private static void writesAndReads(PostgresDatabase database, Table<?> people)
      throws SQLException {
    Instant born = Instant.parse("1999-12-31T23:59:59.123456Z");
    try (Connection connection = database.connect()) {
      var dsl = DSL.using(connection, SQLDialect.POSTGRES);
      var mood = (org.jooq.Field<Object>) people.field("mood");
      dsl.insertInto(people)
          .set(mood, mood.getType().getEnumConstants()[1])
          .set((org.jooq.Field<Instant>) people.field("born"), born)
          .set((org.jooq.Field<String>) people.field("address"), "10.0.0.7")
          .set((org.jooq.Field<String>) people.field("words"), "'quick' 'fox'")
          .set((org.jooq.Field<String>) people.field("active"), (String) null)
          .execute();
      var read =
          dsl.selectFrom(people)
              .where(((org.jooq.Field<String>) people.field("address")).eq("10.0.0.7"))
              .fetchSingle();
      assertThat(read.get("born")).isEqualTo(born);
      assertThat(read.get("words")).isEqualTo("'fox' 'quick'");
      assertThat(read.get("active")).isNull();
      assertThat(read.get("mood")).hasToString("sad");
    }
  }

  @EachServer
  void a_second_run_touches_nothing_and_another_database_gives_the_same_bytes(
      PostgresDatabase database) throws Exception {
    database.execute(SCHEMA);
    generate(database, wanted());
    String first = everything();
    GenerationResult again = generate(database, wanted());
    assertThat(again.changed()).isFalse();
    assertThat(again.unchanged()).isPositive();

    database.execute(
        "drop table archive.letters", "drop table letters", "create table tmp (a int)");
    database.execute(SCHEMA[5], SCHEMA[10], "drop table tmp");
    assertThat(generate(database, wanted()).changed()).isFalse();
    assertThat(everything()).isEqualTo(first);
  }

  @Test
  void files_of_dropped_tables_are_removed_and_empty_folders_with_them(PostgresDatabase database)
      throws Exception {
    database.execute(SCHEMA);
    generate(database, wanted());
    database.execute("drop schema archive cascade");
    GenerationResult result = generate(database, wanted());
    assertThat(result.removed()).contains("archive/tables/Letters.java");
    assertThat(wanted().packageFolder().resolve("archive")).doesNotExist();
    assertThat(wanted().packageFolder().resolve("tables/People.java")).exists();
    compile().close();
  }

  @Test
  void a_file_of_somebody_else_is_named_and_nothing_is_written(PostgresDatabase database)
      throws Exception {
    database.execute(SCHEMA);
    Path foreign = Files.createDirectories(wanted().packageFolder()).resolve("Mine.java");
    Files.writeString(foreign, "package shop.db; class Mine {}");
    assertThatThrownBy(() -> generate(database, wanted()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Mine.java was not written by the generator");
    assertThat(wanted().packageFolder().toFile().list()).containsExactly("Mine.java");
  }

  @Test
  void what_a_killed_run_left_behind_is_completed(PostgresDatabase database) throws Exception {
    database.execute(SCHEMA);
    generate(database, wanted());
    String whole = everything();
    Files.writeString(wanted().packageFolder().resolve("Tables.java.new"), "half a fi");
    Files.delete(wanted().packageFolder().resolve("Keys.java"));
    generate(database, wanted());
    assertThat(everything()).isEqualTo(whole);
  }

  @Test
  void extras_and_excludes_are_obeyed(PostgresDatabase database) throws Exception {
    database.execute(SCHEMA);
    Generation more =
        wanted()
            .withExtras(Set.of(Generation.Extra.DAOS))
            .withInstants(Generation.Instants.OFFSET_DATE_TIME)
            .excluding(List.of("archive\\..*", "happy_.*"));
    GenerationResult result = generate(database, more);
    assertThat(result.written())
        .contains("tables/daos/PeopleDao.java", "tables/pojos/People.java")
        .noneMatch(name -> name.contains("archive") || name.contains("Happy"));
    try (URLClassLoader classes = compile()) {
      Table<?> people = table(classes, "tables.People", "PEOPLE");
      assertThat(people.field("born").getType()).isEqualTo(java.time.OffsetDateTime.class);
    }
  }

  @EachServer
  void what_an_extension_brought_is_left_out(PostgresDatabase database) throws Exception {
    database.execute("create extension pg_stat_statements", "create table mine (id int)");
    assertThat(generate(database, wanted()).written())
        .contains("tables/Mine.java")
        .noneMatch(name -> name.contains("PgStat"));
  }

  @Test
  void sqlite_databases_give_classes_too(SqliteDatabase database) throws Exception {
    try (Connection connection = database.connect()) {
      connection
          .createStatement()
          .execute("create table notes (id integer primary key, text text not null)");
      assertThat(new Generator().generate(connection, wanted()).written())
          .contains("tables/Notes.java");
    }
    compile().close();
  }

  @Test
  void an_empty_database_and_a_bad_package_are_problems(PostgresDatabase database) {
    assertThatThrownBy(() -> generate(database, wanted()))
        .hasMessageContaining("no table to generate from");
    assertThatThrownBy(() -> Generation.into(folder, "shop.class"))
        .hasMessageContaining("'shop.class' is not the name of a Java package");
    assertThatThrownBy(() -> wanted().excluding(List.of("(")))
        .hasMessageContaining("'(' is not a regular expression");
  }

  private Generation wanted() {
    return Generation.into(folder.resolve("java"), "shop.db");
  }

  private static GenerationResult generate(PostgresDatabase database, Generation wanted)
      throws SQLException {
    try (Connection connection = database.connect()) {
      return new Generator().generate(connection, wanted);
    }
  }

  private String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(folder.resolve("java"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.append(file).append('\n').append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private URLClassLoader compile() throws IOException {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("-d", folder.resolve("classes") + ""));
    arguments.addAll(List.of("-Xlint:all,-processing,-classfile", "-Werror", "-proc:none"));
    try (var files = Files.walk(folder.resolve("java"))) {
      files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
    }
    var messages = new java.io.ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    assertThat(code).as(messages.toString(java.nio.charset.StandardCharsets.UTF_8)).isZero();
    return new URLClassLoader(new java.net.URL[] {folder.resolve("classes").toUri().toURL()});
  }

  private static Table<?> table(ClassLoader classes, String type, String field) throws Exception {
    return (Table<?>) classes.loadClass("shop.db." + type).getField(field).get(null);
  }
}
