package dev.undercroft.sqliteschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.schema.Scope;
import dev.undercroft.sql.SqlSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps, restored by SQLite's own shell. */
class SqliteDumpTest {

  private static final String SCHEMA =
      """
      CREATE TABLE Person (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, twice AS (id * 2));
      CREATE TABLE value (v);
      CREATE TABLE pet (owner INTEGER REFERENCES Person (id), "the name" TEXT, PRIMARY KEY (owner)) WITHOUT ROWID;
      CREATE VIRTUAL TABLE words USING fts5(title, body);
      CREATE VIRTUAL TABLE names USING fts5(name, content='Person', content_rowid='id');
      CREATE VIRTUAL TABLE place USING rtree(id, x0, x1);
      CREATE INDEX person_name ON Person (name);
      CREATE VIEW v AS SELECT name FROM Person;
      CREATE TRIGGER t AFTER INSERT ON Person BEGIN INSERT INTO names (rowid, name) VALUES (new.id, new.name); END;
      """;
  private static final String ROWS =
      """
      INSERT INTO Person (id, name) VALUES (1, 'Ada'), (5, 'O''Neil
      two lines; -- no comment'), (9, NULL);
      DELETE FROM Person WHERE id = 9;
      INSERT INTO pet VALUES (1, '🐕'), (5, '');
      INSERT INTO words (rowid, title, body) VALUES (7, 'a title', 'some words');
      INSERT INTO place VALUES (1, 0.5, 2);
      INSERT INTO value VALUES (9223372036854775807), (-9223372036854775808), (x'00ff'), (9e999), (-9e999), (''), (x'');
      PRAGMA user_version = 12;
      """;
  private static final int NUMBERS = 5000;

  @TempDir private Path folder;

  @Test
  void the_shell_restores_schema_rows_and_values_to_the_last_bit() throws Exception {
    long seed = Long.getLong("undercroft.seed", new Random().nextLong() >>> 16);
    System.out.println("random numbers from undercroft.seed=" + seed);
    Path original = folder.resolve("original.db");
    try (Connection database = open(original)) {
      new SqliteLoading(database).run(List.of(new SqlSource("schema.sql", SCHEMA)));
      Facts.execute(database, ROWS);
      numbers(database, new Random(seed));
    }
    Path restored = restored(dump(original, List.of(), false));
    try (Connection before = open(original);
        Connection after = open(restored)) {
      Catalog was = catalog(before);
      assertThat(catalog(after)).isEqualTo(was);
      assertThat(Facts.rows(after, was)).isEqualTo(Facts.rows(before, was));
      for (String query :
          List.of(
              "SELECT rowid, typeof(v), hex(v), quote(v) FROM value",
              "SELECT * FROM sqlite_sequence",
              "SELECT rowid FROM names WHERE names MATCH 'ada'",
              "SELECT rowid, title FROM words WHERE words MATCH 'some'",
              "PRAGMA user_version",
              "PRAGMA integrity_check")) {
        assertThat(Facts.query(after, query)).as(query).isEqualTo(Facts.query(before, query));
      }
    }
  }

  private static void numbers(Connection database, Random random) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement("INSERT INTO value VALUES (?)")) {
      database.setAutoCommit(false);
      for (int i = 0; i < NUMBERS; i++) {
        double money = random.nextInt(100_000_000) / 1000.0;
        double any = Double.longBitsToDouble(random.nextLong());
        insert.setDouble(1, i % 2 == 0 || Double.isNaN(any) ? money : any);
        insert.executeUpdate();
      }
      insert.setString(1, "nul\0inside");
      insert.executeUpdate();
      database.commit();
      database.setAutoCommit(true);
    }
  }

  @Test
  void some_tables_are_dumped_with_what_is_theirs() throws Exception {
    Path original = folder.resolve("original.db");
    try (Connection database = open(original)) {
      new SqliteLoading(database).run(List.of(new SqlSource("schema.sql", SCHEMA)));
      Facts.execute(database, ROWS);
    }
    String text = Files.readString(dump(original, List.of("p*"), true));
    assertThat(text)
        .contains("CREATE TABLE Person", "CREATE TABLE pet", "CREATE INDEX person_name");
    assertThat(text).doesNotContain("INSERT INTO Person", "CREATE VIEW", "fts5");
    assertThatThrownBy(() -> dump(original, List.of("nobody"), false))
        .hasMessageContaining("no table is called nobody");
  }

  private Path dump(Path database, List<String> tables, boolean schemaOnly) {
    Path file = folder.resolve("dump.sql");
    new SqliteDump(
            () -> new SqliteDatabases(java.util.Optional.empty()).open("sqlite:" + database),
            new SqliteDump.Choice(tables, schemaOnly),
            Progress.NONE)
        .toFile(file);
    return file;
  }

  private Path restored(Path dump) throws IOException, InterruptedException {
    Path restored = folder.resolve("restored.db");
    Process shell =
        new ProcessBuilder("sqlite3", "-bail", restored.toString())
            .redirectInput(dump.toFile())
            .redirectErrorStream(true)
            .redirectOutput(new File(folder + "/said"))
            .start();
    assertThat(shell.waitFor()).as(Files.readString(folder.resolve("said"))).isZero();
    return restored;
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static Catalog catalog(Connection connection) {
    return new SqliteIntrospector().read(connection, Scope.ALL);
  }
}
