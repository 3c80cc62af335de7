package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is made here, read there, and carried out later. */
@DatabaseTest
class PlanFileTest {

  private static final String BEFORE = "CREATE TABLE person (id bigint PRIMARY KEY, name text);\n";
  private static final String AFTER =
      """
      CREATE TABLE person (id bigint PRIMARY KEY, name text, email text, parent bigint
        REFERENCES person);
      CREATE INDEX person_name ON person (name);
      CREATE UNIQUE INDEX person_email ON person (email);
      CREATE INDEX person_parent ON person (parent);
      """;

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() throws Exception {
    desk = new CommandDesk(folder);
    desk.file("after.sql", AFTER);
  }

  private void planned(PostgresDatabase database) throws Exception {
    database.execute(BEFORE);
    assertThat(
            desk.run(
                "schema",
                "plan",
                "--from",
                database.url(),
                "--to",
                "after.sql",
                "--online",
                "--allow",
                "all",
                "--json",
                "plan.json",
                "--scratch",
                database.url()))
        .as(desk::err)
        .isZero();
  }

  private int apply(PostgresDatabase database) {
    return desk.run("schema", "apply", "--url", database.url(), "--plan", "plan.json");
  }

  private boolean isReached(PostgresDatabase database) {
    return desk.run(
            "schema",
            "diff",
            "--from",
            database.url(),
            "--to",
            "after.sql",
            "--scratch",
            database.url())
        == 0;
  }

  @EachServer
  void a_plan_is_carried_out_as_it_was_written_and_then_nothing_is_left(PostgresDatabase database)
      throws Exception {
    planned(database);
    assertThat(apply(database)).as(desk::err).isZero();
    assertThat(desk.out()).contains("CREATE INDEX CONCURRENTLY", "as planned");
    assertThat(isReached(database)).as(desk::out).isTrue();
    assertThat(apply(database)).as(desk::err).isZero();
    assertThat(desk.out()).contains("0 steps applied");
  }

  @EachServer
  void it_is_refused_when_the_database_has_changed_since(PostgresDatabase database)
      throws Exception {
    planned(database);
    database.execute("ALTER TABLE person ADD COLUMN nick text");
    assertThat(apply(database)).isEqualTo(1);
    assertThat(desk.err()).contains("EVOLVE_PLAN_STALE", "schema plan");
    assertThat(database.value("SELECT to_regclass('person_name') IS NULL")).isEqualTo("t");
  }

  @EachServer
  void what_a_killed_run_left_is_found_again_at_every_place(PostgresDatabase database)
      throws Exception {
    planned(database);
    assertThat(desk.planBorders("plan.json")).hasSizeGreaterThan(4);
    for (int done : desk.planBorders("plan.json")) {
      database.execute("DROP TABLE person", BEFORE);
      for (String sql : desk.planSteps("plan.json").subList(0, done)) {
        database.execute(sql);
      }
      assertThat(apply(database)).as("%s steps: %s", done, desk.err()).isZero();
      assertThat(isReached(database)).as(desk::out).isTrue();
    }
  }

  @EachServer
  void an_index_that_a_killed_build_left_is_built_anew(PostgresDatabase database) throws Exception {
    planned(database);
    for (String sql : desk.planSteps("plan.json")) {
      database.execute(sql);
      if (sql.contains("person_name")) {
        break;
      }
    }
    database.execute(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'person_name'::regclass");
    assertThat(apply(database)).as(desk::err).isZero();
    assertThat(isReached(database)).as(desk::out).isTrue();
    assertThat(
            database.value(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 'person_name'::regclass"))
        .isEqualTo("t");
  }
}
