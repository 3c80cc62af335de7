package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a plan says of the rows, locks and work that it means for a database that is there. */
@DatabaseTest
class SchemaHazardsTest {

  private static final String BEFORE =
      """
      CREATE TABLE person (id bigint PRIMARY KEY, name text, email text, note text, paid numeric(9,3));
      CREATE TABLE visit (id bigint PRIMARY KEY, person bigint, at timestamptz);
      """;

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() {
    desk = new CommandDesk(folder);
  }

  private void fill(PostgresDatabase database) throws Exception {
    for (String statement : BEFORE.strip().split(";\n", -1)) {
      database.execute(statement);
    }
    database.execute(
        "INSERT INTO person SELECT g, nullif(g, 3)::text, 'a' || g / 2, 'note', g + g % 2 * 0.001"
            + " FROM generate_series(1, 9) g",
        "INSERT INTO visit SELECT g, g + 7 FROM generate_series(1, 5) g");
  }

  private String[] words(PostgresDatabase database, String verb, String to, String... more)
      throws Exception {
    desk.file("to.sql", to);
    String side = verb.equals("plan") ? "--from" : "--url";
    List<String> words =
        new ArrayList<>(
            List.of("schema", verb, side, database.url(), "--to", "to.sql", "--scratch"));
    words.add(database.url());
    words.addAll(Arrays.asList(more));
    return words.toArray(String[]::new);
  }

  private List<String> hazards(PostgresDatabase database, String to) throws Exception {
    assertThat(desk.run(words(database, "plan", to, "--json"))).as(desk::err).isZero();
    List<String> told = new ArrayList<>();
    for (JsonNode step : desk.json().path("steps")) {
      for (JsonNode hazard : step.path("hazards")) {
        told.add(hazard.path("hazard").asString() + ' ' + hazard.path("rows").asString("?"));
      }
    }
    return told;
  }

  @EachServer
  void rows_that_would_be_lost_or_break_a_rule_are_counted(PostgresDatabase database)
      throws Exception {
    fill(database);
    String to =
        """
        CREATE TABLE person (
          id bigint PRIMARY KEY, name text NOT NULL, email text UNIQUE, paid numeric(9,2),
          CHECK (id < 8));
        CREATE TABLE visit (
          id bigint PRIMARY KEY, person bigint REFERENCES person, at timestamptz, "why" text);
        CREATE UNIQUE INDEX ON visit ((id / 2));
        CREATE UNIQUE INDEX ON visit (person) WHERE id > 2;
        """;
    assertThat(hazards(database, to))
        .contains(
            "data-loss 9", // the notes
            "data-loss 5", // payments with a third digit
            "may-fail 1", // a person without a name
            "may-fail 2", // persons of a high number
            "may-fail 4", // like addresses
            "may-fail 3", // visits of nobody
            "may-fail ?", // an expression
            "may-fail 0"); // the partial index
    assertThat(desk.run(words(database, "apply", to, "--yes", "--allow", "all"))).isEqualTo(1);
    assertThat(desk.err())
        .contains("1 row of", "2 rows of", "4 rows of", "3 rows of", "nothing was touched");
    assertThat(database.value("SELECT count(note) FROM person")).isEqualTo("9");
  }

  @EachServer
  void a_text_that_is_too_long_is_counted_and_never_cut_in_silence(PostgresDatabase database)
      throws Exception {
    database.execute(
        "CREATE TABLE person (name text)", "INSERT INTO person VALUES ('Ada'), ('Grace')");
    String to = "CREATE TABLE person (name varchar(3));";
    assertThat(hazards(database, to)).contains("may-fail 1");
    assertThat(desk.run(words(database, "apply", to, "--yes", "--allow", "all"))).isEqualTo(1);
    assertThat(database.column("SELECT name FROM person")).contains("Grace");
    database.execute("DELETE FROM person WHERE name = 'Grace'");
    assertThat(desk.run(words(database, "apply", to, "--yes", "--allow", "all")))
        .as(desk::err)
        .isZero();
    assertThat(database.column("SELECT name FROM person")).containsExactly("Ada");
  }

  @EachServer
  void locks_and_work_are_those_that_the_server_showed_on_the_copy(PostgresDatabase database)
      throws Exception {
    fill(database);
    String to =
        BEFORE.replace("at timestamptz", "at timestamptz, token uuid DEFAULT gen_random_uuid()")
            + "CREATE TABLE gift (id bigint PRIMARY KEY, giver bigint REFERENCES person);";
    assertThat(desk.run(words(database, "plan", to, "--json"))).as(desk::err).isZero();
    assertThat(desk.json().path("steps"))
        .anySatisfy(step -> {
          assertThat(step.path("sql").asString()).contains("ADD COLUMN token");
          assertThat(step.path("lock").asString()).isEqualTo("ACCESS EXCLUSIVE");
          assertThat(step.path("work").asString()).isEqualTo("rewrite");
        })
        .anySatisfy(step -> {
          assertThat(step.path("sql").asString()).contains("CREATE TABLE public.gift");
          assertThat(step.path("lock").asString()).isEqualTo("SHARE ROW EXCLUSIVE");
        });
    assertThat(desk.run(words(database, "apply", to, "--yes"))).isEqualTo(3);
    assertThat(desk.err()).contains("--allow table-rewrite");
  }

  @EachServer
  void a_step_that_waits_lets_others_pass_and_tries_again(PostgresDatabase database)
      throws Exception {
    fill(database);
    String to = BEFORE.replace("note text", "note text, age int");
    String[] apply = words(database, "apply", to, "--yes", "--lock-timeout", "1");
    String waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'";
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT count(*) FROM person");
      CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> desk.run(apply));
      Await.until("a step that waits", () -> !database.column(waiting).isEmpty());
      Await.until("a step that gave way", () -> database.column(waiting).isEmpty());
      assertThat(exit).isNotDone();
      reader.rollback();
      assertThat(exit.get()).as(desk::err).isZero();
    }
    assertThat(database.column("SELECT age FROM person")).hasSize(9);
  }
}
