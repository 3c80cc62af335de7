package dev.undercroft.sqliteschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.schema.Scope;
import dev.undercroft.sql.SqlSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed after each step of a plan: everything is as before, or all is done. */
class KilledTest {

  private static final String BEFORE =
      """
      CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT);
      CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id) ON DELETE CASCADE);
      CREATE VIEW w AS SELECT v FROM a;
      """;
  private static final String AFTER =
      """
      CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT UNIQUE, n INTEGER);
      CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER NOT NULL REFERENCES a (id) ON DELETE CASCADE);
      CREATE VIEW w AS SELECT v, n FROM a;
      """;
  private static final String ROWS =
      """
      INSERT INTO a (v) WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT 'value ' || i FROM n;
      INSERT INTO b SELECT id, id FROM a;
      """;

  @TempDir private Path folder;

  @Test
  void a_plan_that_is_killed_in_its_middle_is_not_done_at_all() throws Exception {
    Catalog before = fill();
    assertThat(isKilledAfter(6)).isTrue();
    assertThat(look()).isEqualTo(before);
  }

  @Test
  @Tag("long")
  void a_plan_that_is_killed_after_any_step_is_done_whole_or_not_at_all() throws Exception {
    Catalog before = fill();
    int step = 1;
    while (isKilledAfter(step)) {
      Catalog now = look();
      assertThat(now.equals(before) || now.equals(wanted())).as("after step " + step).isTrue();
      step++;
    }
    assertThat(step).isGreaterThan(5);
    assertThat(look()).isEqualTo(wanted());
  }

  private Path file() {
    return folder.resolve("shop.db");
  }

  private Catalog fill() throws SQLException, IOException {
    Files.writeString(folder.resolve("wanted.sql"), AFTER);
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      new SqliteLoading(database).run(List.of(new SqlSource("before.sql", BEFORE)));
      Facts.execute(database, ROWS);
      return new SqliteIntrospector().read(database, Scope.ALL);
    }
  }

  private static Catalog wanted() throws SQLException {
    try (Connection memory = Memory.open()) {
      new SqliteLoading(memory).run(List.of(new SqlSource("after.sql", AFTER)));
      return new SqliteIntrospector().read(memory, Scope.ALL);
    }
  }

  private Catalog look() throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      assertThat(Facts.query(database, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(Facts.query(database, "PRAGMA foreign_key_check")).isEmpty();
      assertThat(Facts.query(database, "SELECT count(*) FROM a JOIN b ON b.a = a.id"))
          .containsExactly("20000");
      return new SqliteIntrospector().read(database, Scope.ALL);
    }
  }

  /** Whether it told that step and was killed then; if not, it has come to its end. */
  private boolean isKilledAfter(int step) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Applier.class.getName(),
                file().toString(),
                folder.resolve("wanted.sql").toString())
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (BufferedReader out = process.inputReader();
        Writer in = process.outputWriter()) {
      String line = out.readLine();
      while (line != null && !line.startsWith(step + " of ")) {
        in.write('\n');
        in.flush();
        line = out.readLine();
      }
      process.destroyForcibly();
      int exit = process.waitFor();
      assertThat(line != null || exit == 0).as(Files.readString(folder.resolve("err"))).isTrue();
      return line != null;
    }
  }
}
