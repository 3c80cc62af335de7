package dev.undercroft.sqliteschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.evolve.Applied;
import dev.undercroft.evolve.Comparison;
import dev.undercroft.evolve.Evolution;
import dev.undercroft.evolve.Frame;
import dev.undercroft.evolve.Source;
import dev.undercroft.evolve.SourceFinder;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases in files, from the words of a command line to the changed file. */
class EvolutionTest {

  private static final Set<Hazard> ALL = EnumSet.allOf(Hazard.class);

  private final Evolution evolution =
      new Evolution(new SqliteDatabases(Optional.empty()), new SqliteSchemas());

  @TempDir private Path folder;

  private Source source(String word) {
    return SourceFinder.find(word, folder);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
  }

  private Applied apply(String file, Set<Hazard> allowed) {
    return evolution.apply(
        (Source.Live) source("sqlite:shop.db"),
        source(file),
        Frame.PLAIN,
        new Evolution.Order(false, true, Patience.USUAL, allowed, Optional.empty(), Progress.NONE));
  }

  private static String told(ThrowingCallable call) {
    try {
      call.call();
      return "";
    } catch (ProblemException problem) {
      return problem.problems().toString();
    } catch (Throwable other) {
      return other.toString();
    }
  }

  @Test
  void a_database_is_made_and_becomes_what_a_file_says() throws Exception {
    write("schema.sql", "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT);\n");
    assertThat(apply("schema.sql", Set.of()).done()).isEqualTo(1);
    try (Connection database = open()) {
      Facts.execute(database, "INSERT INTO person VALUES (1, 'Ada'), (2, NULL);");
    }
    write("schema.sql", "CREATE TABLE Person (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INT);\n");
    assertThat(told(() -> apply("schema.sql", Set.of())))
        .contains("table-rewrite", "may-fail", "EVOLVE_NOT_ALLOWED");
    assertThat(apply("schema.sql", ALL).comparison().proof()).isEqualTo("proved on a copy");
    assertThat(apply("schema.sql", Set.of()).done()).isZero();
    try (Connection database = open()) {
      assertThat(Facts.query(database, "SELECT * FROM person"))
          .containsExactly("1|Ada|null", "2|null|null");
    }
  }

  @Test
  void a_database_compares_with_its_own_catalog_its_own_sql_and_the_plain_name_of_its_file()
      throws Exception {
    write(
        "schema.sql", "CREATE VIEW v AS SELECT a FROM t;\nCREATE TABLE t (a INT CHECK (a > 0));\n");
    apply("schema.sql", Set.of());
    write("catalog.json", evolution.inspect(source("file:shop.db"), Frame.PLAIN).json());
    write("written.sql", evolution.inspect(source("shop.db"), Frame.PLAIN).sql());
    for (String other : List.of("catalog.json", "written.sql", "shop.db", "schema.sql")) {
      Comparison same =
          evolution.compare(source("sqlite:shop.db"), source(other), Frame.PLAIN, false);
      assertThat(same.changes()).as(other).isEmpty();
    }
  }

  @Test
  void rows_that_break_a_new_rule_are_counted_and_leave_the_database_alone() throws Exception {
    write("schema.sql", "CREATE TABLE t (a INT, b TEXT);\n");
    apply("schema.sql", Set.of());
    try (Connection database = open()) {
      Facts.execute(database, "INSERT INTO t VALUES (1, 'x'), (1, NULL), (2, 'y');");
    }
    for (String wanted :
        List.of(
            "CREATE TABLE t (a INT UNIQUE, b TEXT);\n",
            "CREATE TABLE t (a INT, b TEXT NOT NULL);\n",
            "CREATE TABLE t (a INT CHECK (a < 2), b TEXT);\n",
            "CREATE TABLE t (a INT, b TEXT); CREATE UNIQUE INDEX i ON t (a);\n")) {
      write("schema.sql", wanted);
      assertThat(told(() -> apply("schema.sql", ALL)))
          .as(wanted)
          .contains("EVOLVE_ROWS_IN_THE_WAY", "1 row of sqlite:shop.db is in the way");
    }
    write("schema.sql", "CREATE TABLE t (a INT, b INT) STRICT;\n");
    assertThat(told(() -> apply("schema.sql", ALL)))
        .contains("EVOLVE_PROOF_FAILED", "cannot store TEXT value in INT column");
    try (Connection database = open()) {
      assertThat(Facts.query(database, "SELECT sql FROM sqlite_schema"))
          .containsExactly("CREATE TABLE t (a INT, b TEXT)");
      assertThat(Facts.query(database, "SELECT a FROM t")).containsExactly("1", "1", "2");
    }
  }

  @Test
  void rowids_and_given_numbers_stay_when_a_table_is_made_anew() throws Exception {
    write(
        "schema.sql",
        """
        CREATE TABLE t (a TEXT);
        CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
        """);
    apply("schema.sql", Set.of());
    try (Connection database = open()) {
      Facts.execute(
          database,
          "INSERT INTO t (rowid, a) VALUES (7, 'x'), (3, 'y'); INSERT INTO n VALUES (40, 'x');"
              + " DELETE FROM n;");
    }
    write(
        "schema.sql",
        """
        CREATE TABLE t (a TEXT UNIQUE);
        CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE);
        """);
    apply("schema.sql", ALL);
    try (Connection database = open()) {
      Facts.execute(database, "INSERT INTO n (a) VALUES ('next');");
      assertThat(Facts.query(database, "SELECT rowid, a FROM t ORDER BY 1"))
          .containsExactly("3|y", "7|x");
      assertThat(Facts.query(database, "SELECT id FROM n")).containsExactly("41");
    }
  }

  @Test
  void a_broken_statement_is_shown_with_file_line_and_caret() throws Exception {
    write("schema.sql", "CREATE TABLE a (x INT);\nCREATE TABLE b (x INT, y INT,, x);\n");
    String told = told(() -> evolution.inspect(source("schema.sql"), Frame.PLAIN));
    assertThat(told).contains("schema.sql:2:30", "near \",\": syntax error", "^");
  }

  @Test
  void every_broken_view_and_trigger_is_told_at_its_place() throws Exception {
    write(
        "schema.sql",
        """
        CREATE TABLE t (a INT);
        CREATE VIEW v AS SELECT nope FROM t;
        CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM nowhere; END;
        """);
    String told = told(() -> evolution.inspect(source("schema.sql"), Frame.PLAIN));
    assertThat(told).contains("schema.sql:2:", "no such column: nope");
    assertThat(told).contains("schema.sql:3:", "no such table: main.nowhere");
  }

  @Test
  void what_is_no_database_is_said_to_be_none() throws Exception {
    write("text.db", "this is not a database, and it is longer than a header".repeat(20));
    assertThat(told(() -> evolution.inspect(source("sqlite:text.db"), Frame.PLAIN)))
        .contains("is not a SQLite database");
    assertThat(told(() -> evolution.inspect(source("sqlite:none.db"), Frame.PLAIN)))
        .contains("there is no database file");
    assertThat(folder.resolve("none.db")).doesNotExist();
    assertThat(told(() -> evolution.inspect(source("sqlite:no/folder/x.db"), Frame.PLAIN)))
        .contains("there is no database file");
  }

  @Test
  void a_database_that_another_writer_holds_is_said_to_be_locked() throws Exception {
    write("schema.sql", "CREATE TABLE t (a INT);\n");
    apply("schema.sql", Set.of());
    write("schema.sql", "CREATE TABLE t (a INT, b INT);\n");
    try (Connection other = open()) {
      Facts.execute(other, "BEGIN EXCLUSIVE;");
      Source.Live busy = (Source.Live) source("sqlite:shop.db?busy_timeout=1");
      assertThat(
              told(() ->
                  evolution.apply(
                      busy,
                      source("schema.sql"),
                      Frame.PLAIN,
                      new Evolution.Order(
                          false, true, Patience.USUAL, ALL, Optional.empty(), Progress.NONE))))
          .contains("SQLITE_LOCKED");
    }
  }

  @Test
  void a_database_that_may_only_be_read_is_not_changed() throws Exception {
    write("schema.sql", "CREATE TABLE t (a INT);\n");
    apply("schema.sql", Set.of());
    write("schema.sql", "CREATE TABLE t (a INT, b INT);\n");
    Source.Live reading = (Source.Live) source("sqlite:shop.db?mode=ro");
    assertThat(
            told(() ->
                evolution.apply(
                    reading,
                    source("schema.sql"),
                    Frame.PLAIN,
                    new Evolution.Order(
                        false, true, Patience.USUAL, ALL, Optional.empty(), Progress.NONE))))
        .contains("SQLITE_READ_ONLY");
  }

  @Test
  void a_schema_of_postgresql_is_not_compared_with_a_database_of_sqlite() throws Exception {
    write("catalog.json", "{\"format\": 1, \"product\": \"PostgreSQL\", \"major\": 18}");
    assertThatThrownBy(() ->
            SourceFinder.dialect(
                List.of(source("sqlite:shop.db"), source("catalog.json")), Optional.empty()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("SQLite");
  }
}
