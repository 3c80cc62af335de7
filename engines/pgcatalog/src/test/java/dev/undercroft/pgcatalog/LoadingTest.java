package dev.undercroft.pgcatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.schema.Scope;
import dev.undercroft.schema.SqlLoader;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

@DatabaseTest
class LoadingTest {

  private static List<Problem> load(PostgresDatabase database, String... texts)
      throws SQLException {
    try (Connection connection = database.connect()) {
      int[] number = {0};
      return SqlLoader.load(
          connection,
          List.of(texts).stream()
              .map(text -> new SqlSource("file" + number[0]++ + ".sql", text))
              .toList());
    }
  }

  private static Catalog read(PostgresDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new PostgresIntrospector().read(connection, Scope.ALL);
    }
  }

  @EachServer
  void statements_may_stand_in_any_order(PostgresDatabase database) throws SQLException {
    load(
        database,
        "create view v as select * from t;\ncreate index i on t (f(a));",
        "create table t (a int references u);\ncreate table u (id int primary key);",
        "create function f(int) returns int language sql immutable as 'select $1';");
    Catalog catalog = read(database);
    assertThat(catalog.has(ObjectId.of(Kind.VIEW, "public", "v"))).isTrue();
    assertThat(catalog.has(ObjectId.of(Kind.INDEX, "public", "i"))).isTrue();
  }

  @EachServer
  void every_broken_statement_is_reported_with_its_place(PostgresDatabase database) {
    assertThatThrownBy(() ->
            load(
                database,
                "create table t (a int);\ncreate table u (b itn);\n",
                "create view v as select c from t;"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problems()).hasSize(2);
              assertThat(e.problems().get(0).message()).contains("file0.sql:2:1").contains("itn");
              assertThat(e.problems().get(0).detail()).contains("2 | create table u (b itn)");
              assertThat(e.problems().get(1).message()).contains("file1.sql:1:1");
            });
  }

  @EachServer
  void the_body_of_a_function_is_checked_when_all_is_there(PostgresDatabase database)
      throws SQLException {
    load(
        database,
        "create function f() returns bigint language sql as 'select count(*) from t';"
            + "create table t (a int);");
    assertThatThrownBy(() ->
            load(database, "create function g() returns bigint language sql as 'select x from t';"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("column \"x\" does not exist");
  }

  @EachServer
  void rows_are_left_out_and_reported(PostgresDatabase database) throws SQLException {
    List<Problem> notes =
        load(database, "create table t (a int);\ninsert into t values (1);\nselect 1;");
    assertThat(notes).hasSize(2);
    assertThat(notes.getFirst().message()).startsWith("file0.sql:2:1: INSERT");
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
  }

  @EachServer
  void a_user_without_any_rights_may_read_what_a_database_contains(PostgresDatabase database)
      throws SQLException {
    load(database, "create table t (a int primary key); create view v as select a from t;");
    database.execute("create role nobody_special login password 'p'");
    try (Connection connection = database.connect("nobody_special", "p")) {
      assertThat(new PostgresIntrospector().read(connection, Scope.ALL).ofKind(Kind.TABLE))
          .hasSize(1);
    }
  }

  @EachServer
  void what_an_extension_brought_is_not_listed(PostgresDatabase database) throws SQLException {
    load(database, "create extension citext; create table t (a citext);");
    Catalog catalog = read(database);
    assertThat(catalog.ofKind(Kind.FUNCTION)).isEmpty();
    assertThat(catalog.ofKind(Kind.EXTENSION)).hasSize(2);
    assertThat(catalog.find(ObjectId.in(Kind.COLUMN, "public", "t", "a")).orElseThrow())
        .satisfies(column -> assertThat(column.get(Attribute.TYPE)).isEqualTo("public.citext"));
  }

  @EachServer
  void what_has_no_kind_is_named(PostgresDatabase database) throws SQLException {
    load(database, "create conversion c for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;");
    assertThat(read(database).unmodelled())
        .anySatisfy(thing -> assertThat(thing.name()).isEqualTo("public.c"));
  }

  @EachServer
  void a_list_over_varchar_reads_alike_before_and_after_a_dump(PostgresDatabase database)
      throws SQLException {
    load(database, "create table t (s varchar(9) constraint c check (s in ('a', 'it''s')));");
    Catalog first = read(database);
    database.execute(
        "alter table t drop constraint c",
        "alter table t add constraint c check (((s)::text = ANY (ARRAY[('a'::character"
            + " varying)::text, ('it''s'::character varying)::text])))");
    assertThat(read(database)).isEqualTo(first);
  }

  @EachServer
  void views_that_need_one_another_are_told_as_a_circle(PostgresDatabase database) {
    assertThatThrownBy(() ->
            load(
                database,
                "create view a as select * from b;\ncreate view b as select * from c;\n",
                "create view c as select * from a;\ncreate view d as select * from a;"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              Problem circle = e.first();
              assertThat(circle.code()).isEqualTo("SCHEMA_CIRCLE");
              assertThat(circle.message()).contains("a, b, c need one another");
              assertThat(circle.detail()).contains("file0.sql:1", "file1.sql:1");
              assertThat(e.problems()).hasSize(5);
            });
  }

  @EachServer
  void what_this_version_cannot_read_is_told_with_the_version(PostgresDatabase database) {
    assertThatThrownBy(() -> load(database, "create table t (a int, b int generated oddly);"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.first().remedy())
                    .contains("PostgreSQL " + database.server().version().major()));
  }

  @EachServer
  void a_name_that_the_server_would_cut_is_reported(PostgresDatabase database) throws SQLException {
    String fits = "\u00fc".repeat(31) + "x";
    List<Problem> notes =
        load(
            database,
            "create table \"%s\" (a int);\ncreate table \"z%s\" (%s int, b text default '%s');"
                .formatted(fits, fits, "n".repeat(64), "s".repeat(90)));
    assertThat(notes)
        .extracting(Problem::code)
        .containsExactly("SCHEMA_NAME_CUT", "SCHEMA_NAME_CUT");
    assertThat(notes.getFirst().message()).contains("file0.sql:2", "64 bytes", "63");
  }

  @EachServer
  void a_table_of_ten_thousand_columns_is_refused_where_it_stands(PostgresDatabase database) {
    String columns =
        java.util.stream.IntStream.range(0, 10_000)
            .mapToObj(n -> "c" + n + " int")
            .collect(java.util.stream.Collectors.joining(", "));
    assertThatThrownBy(() -> load(database, "create table t (" + columns + ");"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().message()).contains("file0.sql:1", "1600 columns"));
  }

  @EachServer
  void a_subscription_of_the_wanted_schema_connects_to_nobody(PostgresDatabase database)
      throws SQLException {
    load(
        database,
        "create subscription s connection 'host=nowhere.invalid password=geheim dbname=x'"
            + " publication p with (copy_data = true, binary = true);",
        "alter subscription s enable;");
    Catalog catalog = read(database);
    assertThat(catalog.ofKind(Kind.SUBSCRIPTION))
        .singleElement()
        .satisfies(s -> {
          assertThat(s.get(Attribute.CONNECTION)).isEqualTo("host=nowhere.invalid dbname=x");
          assertThat(s.lines(Attribute.PROPERTIES)).contains("binary=true", "slot_name=s");
        });
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute("alter subscription s set (slot_name = none)");
      statement.execute("drop subscription s");
    }
  }

  @EachServer
  void a_role_that_another_database_of_the_server_brought_along_is_no_obstacle(
      PostgresDatabase database) throws SQLException {
    String text = "create role a_reader;\ncreate table t (a int);\ngrant select on t to a_reader;";
    try {
      load(database, "create role a_reader;");
      assertThat(load(database, text)).isEmpty();
      assertThat(read(database).find(ObjectId.of(Kind.TABLE, "public", "t")))
          .hasValueSatisfying(t -> assertThat(t.get(Attribute.PRIVILEGES)).contains("a_reader"));
    } finally {
      database.execute("drop owned by a_reader", "drop role a_reader");
    }
  }
}
