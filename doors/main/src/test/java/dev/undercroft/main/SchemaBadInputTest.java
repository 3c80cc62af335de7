package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.FilterReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Wanted schemas that a database cannot have, names that need care, and plans that are too old. */
@DatabaseTest
class SchemaBadInputTest {

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() {
    desk = new CommandDesk(folder);
  }

  private static String[] apply(PostgresDatabase database, String to, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "schema",
                "apply",
                "--url",
                database.url(),
                "--to",
                to,
                "--scratch",
                database.url()));
    words.addAll(Arrays.asList(more));
    return words.toArray(String[]::new);
  }

  /** A catalog file of what stands in an SQL file, changed by hand. */
  private void catalog(PostgresDatabase database, String sql, String from, String to)
      throws Exception {
    desk.file("wanted.sql", sql);
    assertThat(
            desk.run(
                "schema",
                "inspect",
                "--from",
                "wanted.sql",
                "--scratch",
                database.url(),
                "--out",
                "wanted.json"))
        .as(desk::err)
        .isZero();
    String text = Files.readString(folder.resolve("wanted.json"));
    assertThat(text).contains(from);
    desk.file("wanted.json", text.replace(from, to));
  }

  @EachServer
  void an_extension_that_the_target_lacks_is_named(PostgresDatabase database) throws Exception {
    catalog(database, "CREATE TABLE t (a int);", "plpgsql", "plnothing");
    assertThat(desk.run(apply(database, "wanted.json", "--yes", "--allow", "all"))).isEqualTo(1);
    assertThat(desk.err()).contains("has no extension plnothing", "administrator");
  }

  @EachServer
  void a_wanted_schema_of_another_version_is_refused(PostgresDatabase database) throws Exception {
    int major = database.server().version().major();
    catalog(database, "CREATE TABLE t (a int);", "\"major\"", "\"major\"");
    String text = Files.readString(folder.resolve("wanted.json"));
    String other = text.replaceAll("(\"major\"\\s*:\\s*)" + major, "$1" + (major == 15 ? 16 : 17));
    assertThat(other).isNotEqualTo(text);
    desk.file("wanted.json", other);
    assertThat(desk.run(apply(database, "wanted.json", "--yes"))).isEqualTo(1);
    assertThat(desk.err()).contains("PostgreSQL " + major, "PostgreSQL " + (major == 15 ? 16 : 17));
  }

  @EachServer
  void a_plan_whose_target_changed_while_somebody_thought_about_it_is_refused(
      PostgresDatabase database) throws Exception {
    desk.file("wanted.sql", "CREATE TABLE t (a int);");
    desk.types(() ->
        new FilterReader(new StringReader("y\n")) {
          private boolean first = true;

          @Override
          public int read(char[] into, int at, int most) throws IOException {
            if (first) {
              first = false;
              change(database);
            }
            return super.read(into, at, most);
          }
        });
    assertThat(desk.run(apply(database, "wanted.sql"))).isEqualTo(1);
    assertThat(desk.err()).contains("EVOLVE_PLAN_STALE", "Plan again");
    assertThat(database.column("SELECT 1 FROM pg_class WHERE relname = 't'")).isEmpty();
  }

  private static void change(PostgresDatabase database) throws IOException {
    try {
      database.execute("CREATE TABLE meanwhile (a int)");
    } catch (java.sql.SQLException e) {
      throw new IOException(e);
    }
  }

  @EachServer
  void names_with_quotes_spaces_emoji_and_63_bytes_are_names_like_others(PostgresDatabase database)
      throws Exception {
    String longest = "\u00e4".repeat(31) + "z";
    for (String name :
        List.of("two words", "a \"\"quoted\"\" one", "\uD83D\uDE00", longest, "SELECT")) {
      String before =
          """
          CREATE TYPE "%1$s e" AS ENUM ('it''s', 'b');
          CREATE TABLE "%1$s" ("%1$s" int, other "%1$s e" DEFAULT 'b', CONSTRAINT "%1$s" CHECK ("%1$s" > 0));
          CREATE INDEX "i %1$s" ON "%1$s" ("%1$s");
          COMMENT ON COLUMN "%1$s"."%1$s" IS 'x';
          CREATE VIEW "v %1$s" AS SELECT "%1$s" FROM "%1$s";
          """
              .replace("%1$s e", cut(name, " e"))
              .replace("i %1$s", cut(name, " i"))
              .replace("v %1$s", cut(name, " v"))
              .replace("%1$s", name);
      String after =
          before
              .replace("'it''s', 'b'", "'b', 'c'")
              .replace("\" int,", "\" bigint NOT NULL UNIQUE,")
              .replace("> 0", "> 1")
              .replace("ON \"" + name + "\" (", "ON \"" + name + "\" (other, ");
      desk.file("before.sql", before);
      desk.file("after.sql", after);
      for (String wanted : List.of("before.sql", "after.sql", "before.sql")) {
        assertThat(desk.run(apply(database, wanted, "--yes", "--allow", "all", "--online")))
            .as(() -> name + ": " + desk.err())
            .isZero();
        assertThat(desk.out()).contains("proved on a copy", "read back and equal");
      }
    }
  }

  /** Another name that is not longer. */
  private static String cut(String name, String end) {
    return (name.length() > 30 ? name.substring(0, 30) : name) + end;
  }
}
