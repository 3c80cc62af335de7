package dev.undercroft.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.pgddl.PlanRunner;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans that are carried out while others use the tables. */
@DatabaseTest
class PatienceTest {

  private static final ObjectId PERSON = ObjectId.of(Kind.TABLE, "public", "person");
  private static final Duration MOMENT = Duration.ofMillis(100);

  private static Plan plan(String... statements) {
    List<Step> steps = new ArrayList<>();
    for (String sql : statements) {
      steps.add(Step.of(PERSON, sql).locking(Lock.ACCESS_EXCLUSIVE));
    }
    return new Plan(steps, "", "");
  }

  @EachServer
  void a_lock_that_stays_taken_is_given_up_and_its_holder_is_named(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE TABLE person (id int)");
    List<String> heard = new ArrayList<>();
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement();
        Connection connection = database.connect()) {
      holder.setAutoCommit(false);
      statement.execute("SET application_name = 'a long look'");
      statement.execute("SELECT * FROM person");
      Plan plan = plan("CREATE TABLE visit ()", "ALTER TABLE person ADD COLUMN age int");
      ProblemException refused =
          catchThrowableOfType(
              ProblemException.class,
              () ->
                  PlanRunner.run(
                      connection,
                      plan,
                      new Patience(MOMENT, Duration.ZERO, 3),
                      (step, done, total) -> heard.add(step)));
      Problem problem = refused.first();
      assertThat(problem.code()).isEqualTo("PGDDL_LOCKED");
      assertThat(problem.detail()).contains("ACCESS EXCLUSIVE", "3 times", "a long look", "person");
      assertThat(heard).containsExactly("waiting for " + PERSON, "waiting for " + PERSON);
      assertThat(database.column("SELECT 1 FROM pg_class WHERE relname = 'visit'"))
          .as("the transaction of the step is not there by half")
          .isEmpty();
    }
  }

  @EachServer
  void a_step_that_should_be_brief_is_stopped_when_it_is_not(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE TABLE person (id int)");
    try (Connection connection = database.connect()) {
      ProblemException refused =
          catchThrowableOfType(
              ProblemException.class,
              () ->
                  PlanRunner.run(
                      connection,
                      plan("DO 'BEGIN PERFORM pg_sleep(60); END'"),
                      new Patience(MOMENT, Duration.ZERO, 1),
                      (step, done, total) -> {}));
      assertThat(refused.first().code()).isEqualTo("PGDDL_TOO_LONG");
      assertThat(refused.first().remedy()).contains("--lock-timeout", "--statement-timeout");
    }
  }

  @EachServer
  void the_settings_of_the_connection_are_as_before_afterwards(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE TABLE person (id int)");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      PlanRunner.run(
          connection,
          plan("ALTER TABLE person ADD COLUMN age int"),
          Patience.USUAL,
          (step, done, total) -> {});
      try (var row =
          statement.executeQuery(
              "SELECT current_setting('lock_timeout') || current_setting('statement_timeout')")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("00");
      }
    }
  }
}
