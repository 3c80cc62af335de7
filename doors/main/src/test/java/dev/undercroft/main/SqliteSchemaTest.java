package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands about schemas on SQLite, as a person or a script types them. */
class SqliteSchemaTest {

  private static final String PERSON =
      "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);\n";

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() throws Exception {
    desk = new CommandDesk(folder);
    desk.file("person.sql", PERSON);
  }

  private String value(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "nothing";
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private int apply(String file, String... more) {
    List<String> words =
        Stream.concat(
                Stream.of("schema", "apply", "--url", "sqlite:shop.db", "--to", file, "--yes"),
                Stream.of(more))
            .toList();
    return desk.run(words.toArray(String[]::new));
  }

  @Test
  void a_file_is_made_changed_compared_written_down_and_dumped() throws Exception {
    assertThat(apply("person.sql")).as(desk::err).isZero();
    assertThat(desk.out()).contains("proved on a copy", "equal");
    execute("INSERT INTO person VALUES (1, 'Ada', 36)");
    desk.file("person.sql", PERSON.replace("age INTEGER", "age TEXT, email TEXT UNIQUE"));
    assertThat(apply("person.sql")).isEqualTo(3);
    assertThat(desk.err()).contains("--allow table-rewrite");
    assertThat(apply("person.sql", "--allow", "all", "--json")).as(desk::err).isZero();
    JsonNode steps = desk.json().path("plan").path("steps");
    assertThat(steps).isNotEmpty();
    assertThat(steps.get(2).path("lock").asString()).isEqualTo("EXCLUSIVE");
    assertThat(steps.get(2).path("hazards").get(0).path("hazard").asString())
        .isEqualTo("table-rewrite");
    assertThat(apply("person.sql")).isZero();
    assertThat(desk.out()).isEqualTo("nothing to do\n");
    assertThat(value("SELECT typeof(age) || age FROM person")).isEqualTo("text36");
    assertThat(desk.run("schema", "diff", "--from", "sqlite:shop.db", "--to", "person.sql"))
        .as(desk::out)
        .isZero();
    assertThat(desk.run("dump", "--url", "file:shop.db", "--out", "dump.sql"))
        .as(desk::err)
        .isZero();
    assertThat(Files.readString(folder.resolve("dump.sql"))).contains("(1, 'Ada', '36', NULL)");
    assertThat(desk.run("schema", "diff", "--from", "shop.db", "--to", "dump.sql"))
        .as(desk::out)
        .isZero();
  }

  @Test
  void a_schema_is_written_as_sql_json_mermaid_and_picture() throws Exception {
    desk.file(
        "shop.sql",
        PERSON + "CREATE TABLE Pet (id INTEGER PRIMARY KEY, ownerId INT REFERENCES person);\n");
    for (String format : List.of("sql", "json", "mermaid", "svg")) {
      assertThat(
              desk.run(
                  "schema",
                  "inspect",
                  "--from",
                  "shop.sql",
                  "--dialect",
                  "sqlite",
                  "--format",
                  format,
                  "--out",
                  "shop." + format))
          .as(desk::err)
          .isZero();
    }
    assertThat(Files.readString(folder.resolve("shop.sql"))).contains("CREATE TABLE Pet");
    assertThat(Files.readString(folder.resolve("shop.mermaid"))).contains("Pet", "ownerId");
    assertThat(Files.readString(folder.resolve("shop.svg"))).contains("ownerId");
    assertThat(Files.readString(folder.resolve("shop.json"))).contains("\"SQLite\"");
    assertThat(desk.run("schema", "diff", "--from", "shop.json", "--to", "shop.sql")).isZero();
  }

  @Test
  void what_sqlite_has_not_is_refused() {
    assertThat(apply("person.sql", "--schemas", "main")).isEqualTo(2);
    assertThat(desk.err()).contains("SQLite has neither schemas nor roles");
  }

  @Test
  void a_project_on_sqlite_gets_its_migrations_from_the_wanted_schema() throws Exception {
    desk.file(
        "undercroft.toml", "[project]\nname = \"shop\"\n[database]\nurl = \"sqlite:shop.db\"\n");
    desk.file("migrations/20260101000000_person/migration.sql", PERSON);
    desk.file("schema/10_person.sql", PERSON.replace("age INTEGER", "years TEXT UNIQUE"));
    desk.file("renames", "column person.age -> years\n");
    assertThat(desk.run("migrate", "dev", "--name", "years", "--renames", "renames"))
        .as(desk::err)
        .isZero();
    assertThat(desk.out()).contains("undo: leads back exactly", "leads to the wanted schema");
    String migration = Files.readString(newest().resolve("migration.sql"));
    assertThat(migration)
        .startsWith("-- undercroft:foreign-keys off")
        .contains("RENAME COLUMN age TO years", "-- table-rewrite:")
        .doesNotContain("PRAGMA");
    assertThat(value("SELECT type FROM pragma_table_info('person') WHERE name = 'years'"))
        .isEqualTo("TEXT");
    assertThat(desk.run("migrate", "dev", "--name", "nothing")).as(desk::err).isZero();
    assertThat(desk.out()).contains("the migrations give the wanted schema");
  }

  private Path newest() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("migrations"))) {
      return entries.sorted().toList().getLast();
    }
  }
}
