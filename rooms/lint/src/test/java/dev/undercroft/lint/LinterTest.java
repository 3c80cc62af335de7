package dev.undercroft.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How findings are placed, allowed and left out. */
class LinterTest {

  private static List<Finding> read(String... migrations) {
    List<SqlSource> all =
        java.util.Arrays.stream(migrations).map(text -> new SqlSource("m.sql", text)).toList();
    return new Linter(Dialect.POSTGRESQL)
        .read(all.subList(0, all.size() - 1), all.subList(all.size() - 1, all.size()));
  }

  private static List<String> codes(String... migrations) {
    return read(migrations).stream().map(one -> one.rule().code()).toList();
  }

  @Test
  void a_finding_shows_its_line_with_a_caret() {
    Finding found = read("-- why\nALTER TABLE person\n  DROP COLUMN name;\n").getFirst();
    assertThat(found.place()).hasToString("m.sql:3:3");
    assertThat(found.message()).isEqualTo("column name of person is dropped");
    assertThat(found.excerpt()).isEqualTo("m.sql:3:3\n3 |   DROP COLUMN name;\n  |   ^");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- undercroft:allow drop-table it is empty\nDROP TABLE note;\n",
        "DROP TABLE note; -- undercroft:allow drop-table it is empty\n",
        "DROP TABLE\n  -- undercroft:allow drop-table it is empty\n  note;\n",
        "-- a word\n-- undercroft:allow drop-table it is empty\n\n-- another\nDROP TABLE note;\n",
      })
  void a_reason_above_in_or_behind_a_statement_allows(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void an_allowance_holds_for_one_statement_and_one_rule() {
    assertThat(
            codes(
                """
                -- undercroft:allow drop-table it is empty
                DROP TABLE a CASCADE;
                DROP TABLE b;
                """))
        .containsExactly("drop-cascade", "drop-table");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- undercroft:allow drop-table         | gives no reason",
        "-- undercroft:allow drop-tabel too old | did you mean drop-table?",
        "-- undercroft:allow                    | names no rule",
        "-- undercroft:allow drop-column empty  | nothing here needs",
      })
  void an_allowance_that_allows_nothing_is_reported(String comment, String message) {
    List<Finding> found = read(comment + "\nDROP TABLE note;\n");
    assertThat(found)
        .extracting(one -> one.rule().code())
        .containsExactly("allowance", "drop-table");
    assertThat(found.getFirst().message()).contains(message);
  }

  @Test
  void text_in_strings_comments_and_rows_is_no_statement() {
    assertThat(
            codes(
                """
                COMMENT ON TABLE note IS 'DROP TABLE note;';
                /* DROP TABLE note; */
                CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$;
                COPY note FROM stdin;
                -- undercroft:allow drop-table it's a row
                \\.
                """))
        .isEmpty();
  }

  @Test
  void what_the_same_file_made_is_nobodys_yet() {
    assertThat(
            codes(
                """
                CREATE TABLE "Note" (id bigint PRIMARY KEY, author bigint);
                CREATE INDEX note_author ON public."Note" (author);
                ALTER TABLE ONLY "Note" ADD CONSTRAINT a FOREIGN KEY (author) REFERENCES person;
                ALTER TABLE "Note" ALTER COLUMN author SET NOT NULL, ALTER author TYPE text;
                DROP INDEX note_author;
                """))
        .isEmpty();
    assertThat(
            codes("CREATE TABLE note (id bigint PRIMARY KEY);\n", "CREATE INDEX ON note (id);\n"))
        .containsExactly("index-not-concurrent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "varchar(20)   | varchar(40)       | true",
        "varchar(20)   | text              | true",
        "varchar(40)   | varchar(20)       | false",
        "text          | varchar(20)       | false",
        "int           | bigint            | false",
        "numeric(10,2) | numeric(12, 2)    | true",
        "numeric(10,2) | numeric(12, 3)    | false",
        "numeric(10,2) | numeric           | true",
        "timestamp     | timestamptz       | false",
        "text          | text USING lower(a) | false",
      })
  void a_change_of_type_is_judged_by_the_type_there_was(String from, String to, boolean isFree) {
    List<String> codes =
        codes(
            "CREATE TABLE t (id bigint PRIMARY KEY, a " + from + ");\n",
            "ALTER TABLE t ALTER COLUMN a TYPE " + to + ";\n");
    assertThat(codes.isEmpty()).isEqualTo(isFree);
  }

  @Test
  void of_sqlite_only_losses_names_and_transactions_are_judged() {
    SqlSource source =
        new SqlSource("m.sql", "CREATE INDEX a ON note (b);\nALTER TABLE note DROP COLUMN b;\n");
    assertThat(new Linter(Dialect.SQLITE).read(List.of(), List.of(source)))
        .extracting(one -> one.rule().code())
        .containsExactly("drop-column");
  }
}
