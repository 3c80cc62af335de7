package dev.undercroft.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class LeakTest {

  @Test
  void an_open_connection_and_its_advisory_lock_fail_the_test() throws Exception {
    assertThat(failureOf("leaks_a_lock"))
        .contains("connection of tester")
        .contains("holds an advisory lock")
        .contains("pg_advisory_lock(7)");
  }

  @Test
  void a_prepared_transaction_fails_the_test() {
    assertThat(failureOf("leaks_a_prepared_transaction"))
        .contains("prepared transaction forgotten");
  }

  @Test
  void an_open_sqlite_file_fails_the_test() {
    assertThat(failureOf("leaks_a_file")).contains("open file");
  }

  private static String failureOf(String method) {
    Class<?> parameter =
        method.equals("leaks_a_file") ? SqliteDatabase.class : PostgresDatabase.class;
    List<Event> failed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectMethod(Leaky.class, method, parameter.getName()))
            .execute()
            .testEvents()
            .failed()
            .list();
    assertThat(failed).hasSize(1);
    return failed
        .getFirst()
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseThrow()
        .getMessage();
  }

  /** Run by the tests above only: surefire does not look for nested static classes. */
  @DatabaseTest
  static class Leaky {

    private static Connection kept;

    @Test
    void leaks_a_lock(PostgresDatabase database) throws Exception {
      kept = database.connect();
      try (Statement statement = kept.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(7)");
      }
    }

    @Test
    void leaks_a_prepared_transaction(PostgresDatabase database) throws Exception {
      database.execute("BEGIN; CREATE TABLE t (id int); PREPARE TRANSACTION 'forgotten'");
    }

    @Test
    void leaks_a_file(SqliteDatabase database) throws Exception {
      kept = database.connect();
      try (Statement statement = kept.createStatement()) {
        statement.execute("CREATE TABLE t (id integer)");
      }
    }
  }
}
