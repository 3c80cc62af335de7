package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed while they carry out an online plan, at the beginning and the end of
 * each statement, and in the middle of each index: the same command goes on from there.
 */
@DatabaseTest
class KilledApplyTest {

  /**
   * Stops at the n-th beginning or end of a statement until the test lets it pass. It counts in a
   * setting of the session: what writes would keep indexes from being dropped concurrently.
   */
  private static final String GATE =
      """
      CREATE TABLE gate (at int);
      CREATE FUNCTION gate() RETURNS event_trigger LANGUAGE plpgsql AS $$
      DECLARE
        n int := coalesce(nullif(current_setting('gate.n', true), ''), '0')::int + 1;
      BEGIN
        PERFORM set_config('gate.n', n::text, false);
        IF n = (SELECT at FROM public.gate) THEN
          PERFORM pg_catalog.pg_advisory_lock(4711);
        END IF;
      END $$;
      CREATE EVENT TRIGGER gate_before ON ddl_command_start EXECUTE FUNCTION gate();
      CREATE EVENT TRIGGER gate_after ON ddl_command_end EXECUTE FUNCTION gate();
      """;

  private static final String BEFORE =
      """
      CREATE TABLE person (id bigint PRIMARY KEY, email text);
      CREATE TABLE city (id bigint PRIMARY KEY, name text);
      CREATE INDEX city_name_idx ON city (name);
      CREATE TABLE visit (id bigint PRIMARY KEY, person bigint, city bigint, note text);
      """;

  private static final String AFTER =
      """
      CREATE TABLE person (id bigint PRIMARY KEY, email text);
      ALTER TABLE person ADD CONSTRAINT person_email_key UNIQUE (email);
      CREATE TABLE city (id bigint PRIMARY KEY, name text);
      CREATE INDEX city_name_idx ON city (lower(name));
      CREATE TABLE visit (
        id bigint PRIMARY KEY, person bigint NOT NULL REFERENCES person, city bigint, note text,
        CONSTRAINT note_is_short CHECK (length(note) < 100));
      CREATE TABLE trip (id bigint PRIMARY KEY, person bigint);
      CREATE INDEX trip_person_idx ON trip (person);
      """;

  private static final String TRIP = "CREATE TABLE trip (id bigint PRIMARY KEY, person bigint);\n";

  @TempDir private Path folder;
  private CommandDesk desk;

  @BeforeEach
  void sit_down() throws Exception {
    desk = new CommandDesk(folder);
    desk.file("before.sql", GATE + BEFORE + TRIP);
    desk.file("after.sql", GATE + AFTER);
  }

  @EachServer
  @Tag("long")
  void an_apply_that_is_killed_at_any_statement_is_gone_on_with_by_the_same_command(
      PostgresDatabase database) throws Exception {
    fill(database);
    try (TestingFolder outside = TestingFolder.outsideOfProjects(folder);
        Connection keeper = database.connect()) {
      int gate = 1;
      while (isKilledAt(gate, outside, database, keeper)) {
        goesOn(database, "at gate " + gate);
        assertThat(desk.run(apply(database, "before.sql", "--no-online"))).as(desk::err).isZero();
        gate++;
      }
      assertThat(gate).as("statements that were begun and ended: " + said()).isGreaterThan(20);
    }
  }

  @EachServer
  void an_index_that_was_left_half_built_is_built_anew(PostgresDatabase database) throws Exception {
    for (String table : List.of("trip", "person", "city")) {
      String half = INVALID + " AND indrelid = '" + table + "'::regclass";
      if (database.column("SELECT 1 FROM pg_class WHERE relname = 'trip'").isEmpty()) {
        fill(database);
      }
      assertThat(desk.run(apply(database, "before.sql", "--no-online"))).as(desk::err).isZero();
      try (TestingFolder outside = TestingFolder.outsideOfProjects(folder);
          Connection writer = database.connect();
          Statement statement = writer.createStatement()) {
        writer.setAutoCommit(false);
        statement.execute("DELETE FROM " + table);
        Process process = start(outside, database);
        comesTo(process, database, half);
        assertThat(process.isAlive())
            .as(() -> "it waits for the writer of " + table + said())
            .isTrue();
        kill(process);
        nobodyElseIsThere(database);
        writer.rollback();
      }
      assertThat(database.column(half)).as("left behind").hasSize(1);
      goesOn(database, "in the index of " + table);
    }
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static final String INVALID =
      "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid";

  private void fill(PostgresDatabase database) throws Exception {
    assertThat(desk.run(apply(database, "before.sql"))).as(desk::err).isZero();
    database.execute(
        "INSERT INTO person SELECT g, g || '@example.org' FROM generate_series(1, 100) g",
        "INSERT INTO city SELECT g, 'city ' || g FROM generate_series(1, 100) g",
        "INSERT INTO trip SELECT g, g FROM generate_series(1, 100) g",
        "INSERT INTO visit SELECT g, g, g, 'fine' FROM generate_series(1, 100) g",
        "INSERT INTO gate VALUES (0)");
  }

  private static String[] apply(PostgresDatabase database, String to, String manner) {
    return new String[] {
      "schema",
      "apply",
      "--url",
      database.url(),
      "--to",
      to,
      "--scratch",
      database.url(),
      "--yes",
      "--allow",
      manner.equals("--online") ? "index-build,may-fail,blocks-reads,blocks-writes" : "all",
      "--lock-timeout",
      "0",
      manner
    };
  }

  private static String[] apply(PostgresDatabase database, String to) {
    return apply(database, to, "--no-online");
  }

  private Process start(TestingFolder outside, PostgresDatabase database) throws Exception {
    return outside.start(
        folder.resolve("out").toFile(),
        folder.resolve("err").toFile(),
        apply(database, "after.sql", "--online"));
  }

  /** Whether it came to that gate, and was killed there. */
  private boolean isKilledAt(
      int gate, TestingFolder outside, PostgresDatabase database, Connection keeper)
      throws Exception {
    database.execute("UPDATE gate SET at = " + gate);
    try (Statement statement = keeper.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(4711)");
      Process process = start(outside, database);
      comesTo(process, database, WAITING);
      boolean waits = process.isAlive();
      assertThat(waits || process.exitValue() == 0).as(this::said).isTrue();
      kill(process);
      nobodyElseIsThere(database);
      statement.execute("SELECT pg_advisory_unlock(4711)");
      database.execute("UPDATE gate SET at = 0");
      return waits;
    }
  }

  private static final String WAITING =
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4711";

  /** Waits until the query gives a row, or the process has ended. */
  private static void comesTo(Process process, PostgresDatabase database, String query)
      throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (process.isAlive() && database.column(query).isEmpty()) {
      assertThat(Instant.now()).as("it comes to its step").isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static void kill(Process process) throws Exception {
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** The server ends what was going on for the dead. */
  private static void nobodyElseIsThere(PostgresDatabase database) {
    Await.until(
        "the end of the session of the killed process",
        () ->
            database
                .column(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'undercroft schema'")
                .isEmpty());
  }

  private void goesOn(PostgresDatabase database, String where) throws Exception {
    assertThat(desk.run(apply(database, "after.sql", "--online")))
        .as(() -> where + ": " + desk.out() + desk.err())
        .isZero();
    assertThat(desk.out()).as(where).containsAnyOf("read back and equal", "nothing to do");
    assertThat(desk.err()).as(where).doesNotContain("not proved");
    assertThat(
            desk.run(
                "schema",
                "diff",
                "--from",
                database.url(),
                "--to",
                "after.sql",
                "--scratch",
                database.url()))
        .as(() -> where + ": " + desk.out() + desk.err())
        .isZero();
    assertThat(database.column(INVALID)).as(where).isEmpty();
    assertThat(database.column("SELECT relname FROM pg_class WHERE relname LIKE 'undercroft%'"))
        .as(where)
        .isEmpty();
    assertThat(
            database.column(
                "SELECT count(*) FROM person UNION ALL SELECT count(*) FROM visit UNION ALL"
                    + " SELECT count(*) FROM city UNION ALL SELECT count(*) FROM trip"))
        .as(where)
        .containsOnly("100");
  }
}
