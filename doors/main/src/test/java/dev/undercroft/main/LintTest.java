package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code lint}, as a person or a script types it. */
@DatabaseTest
class LintTest {

  private static final Path ROOT = Path.of(System.getProperty("undercroft.root"));
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```sql\n(.*?)```");

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() {
    desk = new CommandDesk(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simplycaster", "seda", "audiotricks", "epic", "codepal"})
  void the_applications_migrations_hurt_nobody(String application) {
    String project = ROOT.resolve("apps").resolve(application).toString();
    assertThat(desk.run("lint", "--project", project)).as(desk::out).isZero();
  }

  @Test
  void migrations_are_judged_from_one_on_with_what_came_before_in_mind() throws Exception {
    desk.file("undercroft.toml", "[project]\nname = \"shop\"\n");
    desk.file(
        "migrations/20260101000000_a/migration.sql",
        "CREATE TABLE item (id int PRIMARY KEY, name varchar(20));\n");
    desk.file(
        "migrations/20260102000000_b/migration.sql",
        "ALTER TABLE item ALTER COLUMN name TYPE text;\nDROP TABLE item;\n");
    assertThat(desk.run("lint")).isEqualTo(3);
    assertThat(desk.out()).contains("small-key", "drop-table", "1 error, 1 warning");
    assertThat(desk.run("lint", "--since", "20260101000000_a")).isEqualTo(3);
    assertThat(desk.out())
        .contains("migrations/20260102000000_b/migration.sql:2:12", "2 | DROP TABLE item;")
        .doesNotContain("small-key", "change-type");
    assertThat(desk.run("lint", "--json", "migrations/20260102000000_b/migration.sql"))
        .isEqualTo(3);
    JsonNode found = desk.json().path("findings");
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.path(0).path("code").asString()).isEqualTo("drop-table");
    assertThat(found.path(0).path("line").asInt()).isEqualTo(2);
    assertThat(desk.run("lint", "--since", "nothing")).isEqualTo(1);
    desk.file(
        "migrations/20260102000000_b/migration.sql",
        "-- undercroft:allow drop-table nobody used it\nDROP TABLE item;\n");
    assertThat(desk.run("lint", "--since", "20260101000000_a")).as(desk::out).isZero();
    assertThat(desk.out()).isEqualTo("nothing found\n");
  }

  @Test
  void taste_is_told_only_when_asked() throws Exception {
    desk.file("a.sql", "CREATE TABLE item (id bigint PRIMARY KEY, at timestamp);\n");
    assertThat(desk.run("lint", "a.sql")).as(desk::out).isZero();
    assertThat(desk.run("lint", "a.sql", "--level", "note")).isEqualTo(3);
    assertThat(desk.run("lint", "a.sql", "--level", "some")).isEqualTo(2);
    assertThat(desk.run("lint", "b.sql")).isEqualTo(1);
  }

  @Test
  void each_rule_about_databases_finds_its_bad_example_and_not_its_better_one(
      @On(PostgresVersion.V18) PostgresDatabase database) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, List<String>> rule : rulesOfDatabases().entrySet()) {
      if (!codes(rule.getValue().getFirst(), database).contains(rule.getKey())) {
        wrong.add(rule.getKey() + " does not find its bad example: " + desk.out() + desk.err());
      }
      if (codes(rule.getValue().getLast(), database).contains(rule.getKey())) {
        wrong.add(rule.getKey() + " finds its better example: " + desk.out());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private List<String> codes(String example, PostgresDatabase database) throws Exception {
    desk.file("schema.sql", example);
    desk.run(
        "lint", "--schema", "schema.sql", "--level", "note", "--json", "--scratch", database.url());
    List<String> codes = new ArrayList<>();
    desk.json().path("findings").forEach(found -> codes.add(found.path("code").asString()));
    return codes;
  }

  /** The examples of the manual, by rule. */
  private static Map<String, List<String>> rulesOfDatabases() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/lint.md"));
    Map<String, List<String>> rules = new LinkedHashMap<>();
    String[] sections = page.substring(page.indexOf("\n## Databases")).split("(?m)^### ", -1);
    for (String section : List.of(sections).subList(1, sections.length)) {
      List<String> examples =
          EXAMPLE.matcher(section).results().map(found -> found.group(1)).toList();
      if (!examples.isEmpty()) {
        rules.put(section.substring(0, section.indexOf('\n')), examples);
      }
    }
    assertThat(rules).hasSizeGreaterThan(15);
    return rules;
  }
}
