package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jooq.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The typed access classes of the applications against their databases. */
@DatabaseTest
class AccessCodeTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));

  /** Partitions are reached through their parents alone. */
  private static final String COLUMNS =
      "SELECT c.relname || '.' || a.attname FROM pg_class c"
          + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
          + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')"
          + " AND NOT c.relispartition";

  @TempDir private Path folder;

  private CommandDesk setUp(String name, PostgresDatabase database) throws IOException {
    TestingFolder.copyProject(name, folder);
    CommandDesk desk = new CommandDesk(folder);
    desk.file(".env", "DATABASE_URL=" + database.url() + "\n");
    assertThat(desk.run("setup")).as(desk::err).isZero();
    return desk;
  }

  @ParameterizedTest
  @ValueSource(strings = {"simplycaster", "audiotricks", "epic", "codepal"})
  @Tag("EP-034")
  @Tag("CP-026")
  void the_classes_of_the_build_are_those_of_a_database_that_was_just_set_up(
      String name, @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    setUp(name, database);
    Schema built =
        (Schema)
            Class.forName("dev.undercroft.apps." + name + ".db.Public")
                .getField("PUBLIC")
                .get(null);
    List<String> known =
        built
            .tableStream()
            .filter(table -> !table.getTableType().isFunction())
            .flatMap(
                table -> table.fieldStream().map(field -> table.getName() + "." + field.getName()))
            .toList();
    assertThat(known).containsExactlyInAnyOrderElementsOf(database.column(COLUMNS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"simplycaster", "audiotricks", "epic", "codepal"})
  @Tag("SC-041")
  @Tag("AT-001")
  @Tag("EP-002")
  @Tag("EP-039")
  @Tag("CP-023")
  void services_compile_against_a_schema_with_more_and_not_against_one_with_less(
      String name, @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    CommandDesk desk = setUp(name, database);
    desk.file(
        "migrations/20990101000000_nickname/migration.sql",
        "ALTER TABLE users ADD COLUMN nickname text;\n");
    assertThat(desk.run("migrate", "deploy")).as(desk::err).isZero();
    assertThat(compile(name, generate(desk, name, "more"))).isEmpty();
    assertThat(Files.readString(generated("more", name).resolve("tables/Users.java")))
        .contains(" NICKNAME = ");
    database.execute("ALTER TABLE users RENAME COLUMN email TO letterbox");
    assertThat(compile(name, generate(desk, name, "less"))).contains("EMAIL");
  }

  private Path generated(String place, String name) {
    return folder.resolve(place).resolve("dev/undercroft/apps/" + name + "/db");
  }

  private Path generate(CommandDesk desk, String name, String place) {
    int exit =
        desk.run("generate", "--package", "dev.undercroft.apps." + name + ".db", "--output", place);
    assertThat(exit).as(desk::err).isZero();
    return folder.resolve(place);
  }

  /** What the compiler has against the application's own sources with these access classes. */
  private String compile(String name, Path access) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> sources = new ArrayList<>(javaFiles(access));
    sources.addAll(javaFiles(ROOT.resolve("apps").resolve(name).resolve("src/main/java")));
    Path out = Files.createTempDirectory(folder, "classes");
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean isSound =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-nowarn",
                      "-classpath",
                      System.getProperty("java.class.path"),
                      "-d",
                      out.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      return isSound ? "" : said.toString();
    }
  }

  private static List<Path> javaFiles(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
