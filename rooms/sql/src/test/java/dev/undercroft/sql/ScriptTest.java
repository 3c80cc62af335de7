package dev.undercroft.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  private static List<String> postgres(String text) {
    return texts(text, Dialect.POSTGRESQL);
  }

  private static List<String> sqlite(String text) {
    return texts(text, Dialect.SQLITE);
  }

  private static List<String> texts(String text, Dialect dialect) {
    return read(text, dialect).orThrow().statements().stream().map(Statement::text).toList();
  }

  private static Script read(String text, Dialect dialect) {
    return Script.read(new SqlSource("m.sql", text), dialect);
  }

  @Test
  void semicolons_end_statements_and_empty_ones_vanish() {
    assertThat(postgres(";; select 1 ;;\n select 2; -- end\n;"))
        .containsExactly("select 1", "select 2");
    assertThat(postgres("  \n -- nothing\n /* here */ ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a;b'",
        "select 'it''s; here'",
        "select 'back\\'",
        "select E'quote\\'; still'",
        "select E'one\\\\'",
        "select E'a'\n  'b\\'; c'",
        "select E'a' -- joined\n  'b\\'; c'",
        "select U&'d\\0061t;' UESCAPE '!'",
        "select U&\"a;b\"",
        "select \"a\"\";b\"",
        "select b'01;', x'ff;', n'a;'",
        "select $$a;b$$",
        "select $tag$ $$ ; $tag $ ; $tag$",
        "select $été$ ; $été$",
        "select a$b$c, 1 from a$b$c",
        "select /* a; /* b; */ c; */ 1",
        "select 1 -- a;\n, 2",
        "select 1 --/* a;\n, 2",
        "select 2*-1, 3/-2, 1::text, ':=', a[1:2], 5 @> 3, 1_000, 0xff, 1.5e-3, $1, 'x'",
        "create rule r as on insert to t do also (insert into a values (1); insert into b values (2))",
        "create function f() returns int language sql begin atomic select 1; select 2; end",
        "create or replace procedure p() begin atomic select case when true then 1 else 2 end; end",
        "create function f() returns int begin atomic select case case 1 when 1 then 2 end when 2 then 3 end; end",
        "create function f() returns int begin atomic select 1 as end; select x.case, 2 end; end",
        "create function begin() returns int language sql as 'select 1; select 2'",
        "create function \"begin\"(atomic int) returns int language sql as $$select 1; select 2$$",
        "create table \"end\" (\"begin\" int, atomic int)",
        "do $$ begin if true then raise notice 'a;'; end if; end $$",
      })
  void postgres_keeps_what_is_inside_together(String statement) {
    assertThat(postgres(statement + ";\nselect 'next';"))
        .containsExactly(statement, "select 'next'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a;b', \"c;d\", `e;f`, [g;h]",
        "select /* a; /* b; */ 1",
        "select 'a\\'",
        "select ?1, :name, @name, $name",
        "create trigger t after insert on a begin insert into b values (1); update c set d = case when 1 then 2 end; end",
        "create temp trigger t after insert on a begin select 1; end",
        "create table begin_end (\"end\" text)",
      })
  void sqlite_keeps_what_is_inside_together(String statement) {
    assertThat(sqlite(statement + ";\nselect 'next';")).containsExactly(statement, "select 'next'");
  }

  @Test
  void rows_of_copy_belong_to_their_statement() {
    String text = "copy t (a, b) from stdin with (format csv);\n1;'2\n$$\\.x\n\\.\nselect 1;";
    Script script = read(text, Dialect.POSTGRESQL).orThrow();
    assertThat(script.statements()).hasSize(2);
    Statement copy = script.statements().getFirst();
    assertThat(copy.text()).isEqualTo("copy t (a, b) from stdin with (format csv)");
    assertThat(copy.copyData().orElseThrow().in(text)).isEqualTo("1;'2\n$$\\.x\n");
    assertThat(script.statements().get(1).position())
        .isEqualTo(new Position(text.length() - 9, 5, 1));
  }

  @Test
  void rows_of_copy_may_be_none_and_may_have_windows_line_ends() {
    assertThat(postgres("copy t from stdin;\r\n\\.\r\nselect 1;")).hasSize(2);
    assertThat(postgres("copy t from stdin;\n\ta\n\\.")).hasSize(1);
    Script script = read("copy t from stdin;\n\ta\n\\.", Dialect.POSTGRESQL);
    assertThat(script.statements().getFirst().copyData().orElseThrow().in(script.source().text()))
        .isEqualTo("\ta\n");
  }

  @Test
  void a_copy_from_a_file_or_to_stdout_has_no_rows() {
    assertThat(
            postgres("copy t from '/x'; copy t to stdout; copy (select stdin from s) to stdout;"))
        .hasSize(3);
  }

  @Test
  void comments_before_a_statement_are_kept_with_it() {
    String text = "-- head\n/* two */ select 1; -- after\nselect 2";
    Script script = read(text, Dialect.POSTGRESQL);
    assertThat(script.statements().getFirst().comments())
        .extracting(span -> span.in(text))
        .containsExactly("-- head", "/* two */");
    assertThat(script.statements().get(1).comments())
        .extracting(span -> span.in(text))
        .containsExactly("-- after");
    assertThat(script.statements()).extracting(Statement::ended).containsExactly(true, false);
  }

  @Test
  void whatever_is_not_closed_is_reported_where_it_opens() {
    assertNotClosed("select 1;\n  select 'a;\n", "2", "10", "string");
    assertNotClosed("select \"a", "1", "8", "quoted name");
    assertNotClosed("select $x$ a $$;", "1", "8", "dollar-quoted");
    assertNotClosed("select 1; /* a /* b */ c", "1", "11", "comment");
    assertNotClosed("create table t (a int, (b;\nselect 1;", "1", "16", "parenthesis");
    assertNotClosed(
        "create function f() returns int begin atomic select 1; select 2;", "1", "33", "body");
  }

  private static void assertNotClosed(String text, String line, String column, String what) {
    List<Problem> problems = read(text, Dialect.POSTGRESQL).problems();
    assertThat(problems).as(text).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo("SQL_NOT_CLOSED");
    assertThat(problems.getFirst().message()).contains(what).contains("m.sql:" + line);
    assertThat(problems.getFirst().context())
        .containsEntry("line", line)
        .containsEntry("column", column);
  }

  @Test
  void commands_of_a_shell_are_refused_by_name_all_of_them() {
    Script script =
        read(
            "\\restrict abc\nselect 1;\n  \\connect other\nselect '\\d', E'\\n';",
            Dialect.POSTGRESQL);
    assertThat(script.problems())
        .extracting(Problem::message)
        .containsExactly(
            "m.sql:1: '\\restrict' is a command of an SQL shell, not SQL",
            "m.sql:3: '\\connect' is a command of an SQL shell, not SQL");
    assertThat(script.problems().getFirst().remedy()).contains("pg_dump");
    assertThat(script.problems().get(1).detail())
        .isEqualTo("m.sql:3:3\n3 |   \\connect other\n  |   ^");
    assertThat(script.statements()).hasSize(2);
    assertThat(read(".mode box\nselect 1;", Dialect.SQLITE).problems())
        .extracting(Problem::code)
        .containsExactly("SQL_META_COMMAND");
  }

  @Test
  void rows_of_copy_that_do_not_end_are_reported_at_the_copy() {
    List<Problem> problems =
        read("select 1;\ncopy t from stdin;\n1\n2\n", Dialect.POSTGRESQL).problems();
    assertThat(problems).extracting(Problem::code).containsExactly("SQL_COPY_NOT_ENDED");
    assertThat(problems.getFirst().context()).containsEntry("line", "2");
    assertThat(read("copy t from stdin; select 1;\n1\n\\.\n", Dialect.POSTGRESQL).problems())
        .extracting(Problem::code)
        .containsExactly("SQL_COPY_LINE");
  }

  @Test
  void positions_count_lines_of_every_kind_and_characters_not_units() {
    SqlSource source = new SqlSource("x", "a\r\nb\rc\n𝄞é;");
    assertThat(source.lines()).isEqualTo(4);
    assertThat(source.at(3)).isEqualTo(new Position(3, 2, 1));
    assertThat(source.at(source.text().indexOf(';'))).isEqualTo(new Position(10, 4, 3));
    assertThat(source.atCharacter(7, 3)).isEqualTo(new Position(10, 4, 3));
    assertThat(source.atCharacter(7, 99)).isEqualTo(new Position(11, 4, 4));
    assertThat(source.line(1)).isEqualTo("a");
    assertThat(source.line(3)).isEqualTo("c");
  }
}
