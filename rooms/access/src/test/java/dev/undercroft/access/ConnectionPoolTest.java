package dev.undercroft.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DatabaseTest
class ConnectionPoolTest {

  private static final String COUNT =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND pid <> pg_backend_pid()";

  private static int open(PostgresDatabase database) throws SQLException {
    return Integer.parseInt(database.value(COUNT));
  }

  @Test
  @Tag("AT-076")
  @Tag("CP-123")
  @Tag("CP-125")
  @Tag("SC-067")
  @Tag("SF-007")
  @Tag("SC-073")
  void never_more_than_ten_connections_without_configuration(PostgresDatabase database)
      throws Exception {
    PoolSettings settings = PoolSettings.DEFAULT.withAcquire(Duration.ofMillis(300));
    try (ConnectionPool pool = new ConnectionPool("shop", new TestSource(database), settings)) {
      List<Connection> taken = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        taken.add(pool.acquire());
      }
      assertThat(open(database)).isEqualTo(10);
      ProblemException thrown = catchThrowableOfType(ProblemException.class, pool::acquire);
      assertThat(thrown.first().code()).isEqualTo("ACCESS_POOL_EXHAUSTED");
      assertThat(thrown.first().detail()).startsWith("10 of 10 connections in use");
      assertThat(open(database)).isEqualTo(10);
      for (Connection connection : taken) {
        connection.close();
      }
      pool.acquire().close();
    }
  }

  @Test
  @Tag("AT-077")
  void a_parameter_of_the_url_changes_the_size(PostgresDatabase database) throws Exception {
    PoolSettings settings =
        DatabaseUrl.parse(database.url() + "?connection_limit=3", java.nio.file.Path.of("/"))
            .pool(PoolSettings.DEFAULT)
            .withAcquire(Duration.ofMillis(250));
    try (ConnectionPool pool = new ConnectionPool("shop", new TestSource(database), settings)) {
      List<Connection> taken = List.of(pool.acquire(), pool.acquire(), pool.acquire());
      assertThatThrownBy(pool::acquire).hasMessageContaining("no connection of the pool shop");
      assertThat(pool.use()).isEqualTo(new PoolUse(3, 0, 0, 3));
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }

  @Test
  @Tag("CP-124")
  void two_are_kept_open_when_idle(PostgresDatabase database) throws Exception {
    try (ConnectionPool pool =
        new ConnectionPool("shop", new TestSource(database), PoolSettings.DEFAULT)) {
      pool.acquire().close();
      Await.until("two idle", () -> pool.use().idle() == 2 && open(database) == 2);
    }
  }

  @Test
  @Tag("CP-126")
  void a_caller_waits_for_a_connection_as_long_as_it_was_told(PostgresDatabase database)
      throws Exception {
    assertThat(PoolSettings.DEFAULT.acquire()).isEqualTo(Duration.ofSeconds(30));
    PoolSettings one = PoolSettings.DEFAULT.withMaximum(1).withAcquire(Duration.ofMillis(600));
    try (ConnectionPool pool = new ConnectionPool("shop", new TestSource(database), one)) {
      try (Connection taken = pool.acquire()) {
        long start = System.nanoTime();
        assertThatThrownBy(pool::acquire).hasMessageContaining("within 0 s");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(one.acquire());
        assertThat(taken.isClosed()).isFalse();
      }
    }
  }

  @Test
  @Tag("long")
  @Tag("CP-129")
  @Tag("CP-130")
  void what_is_idle_above_the_minimum_is_closed(PostgresDatabase database) throws Exception {
    assertThat(PoolSettings.DEFAULT.idle()).isEqualTo(Duration.ofSeconds(30));
    assertThat(PoolSettings.DEFAULT.reap()).isEqualTo(Duration.ofSeconds(1));
    PoolSettings settings = PoolSettings.DEFAULT.withIdle(Duration.ofSeconds(10));
    try (ConnectionPool pool = new ConnectionPool("shop", new TestSource(database), settings)) {
      List<Connection> taken = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        taken.add(pool.acquire());
      }
      for (Connection connection : taken) {
        connection.close();
      }
      assertThat(pool.use().idle()).isEqualTo(5);
      Await.until("only the minimum is left", () -> pool.use().idle() == 2);
      Await.until("the server sees two", () -> open(database) == 2);
    }
  }

  @Test
  void what_is_hopeless_is_told_at_once_and_with_its_reason(PostgresDatabase database)
      throws Exception {
    TestSource source = new TestSource(database);
    try (ConnectionPool pool = new ConnectionPool("shop", source, PoolSettings.DEFAULT)) {
      onServer(database, "ALTER DATABASE \"" + database.name() + "\" RENAME TO moved");
      long start = System.nanoTime();
      assertThatThrownBy(pool::acquire).hasMessage("state 3D000");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(PoolSettings.DEFAULT.acquire());
    } finally {
      onServer(database, "ALTER DATABASE moved RENAME TO \"" + database.name() + "\"");
    }
  }

  private static void onServer(PostgresDatabase database, String sql) throws SQLException {
    try (Connection connection = database.server().connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @Tag("CP-131")
  void what_may_pass_is_tried_again_until_it_has_passed(PostgresDatabase database)
      throws Exception {
    TestSource source = new TestSource(database);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try (threads;
        ConnectionPool pool = new ConnectionPool("shop", source, PoolSettings.DEFAULT)) {
      onServer(database, allowConnections(database, false));
      Future<Connection> waiting = threads.submit(pool::acquire);
      assertThat(PoolSettings.DEFAULT.retry()).isEqualTo(Duration.ofMillis(200));
      Await.until("three attempts", () -> source.opened() >= 3);
      onServer(database, allowConnections(database, true));
      waiting.get().close();
    }
  }

  @Test
  @Tag("CP-127")
  void connecting_is_given_up_after_its_time(PostgresDatabase database) throws Exception {
    assertThat(PoolSettings.DEFAULT.connect()).isEqualTo(Duration.ofSeconds(30));
    TestSource source = new TestSource(database);
    PoolSettings settings =
        PoolSettings.DEFAULT
            .withConnect(Duration.ofMillis(500))
            .withAcquire(Duration.ofMillis(700));
    onServer(database, allowConnections(database, false));
    try (ConnectionPool pool = new ConnectionPool("shop", source, settings)) {
      assertThatThrownBy(pool::acquire).hasMessage("state 55000");
    }
  }

  private static String allowConnections(PostgresDatabase database, boolean allowed) {
    return "ALTER DATABASE \"" + database.name() + "\" ALLOW_CONNECTIONS " + allowed;
  }

  @Test
  @Tag("SF-109")
  void draining_waits_for_work_that_runs_and_then_closes_all(PostgresDatabase database)
      throws Exception {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ConnectionPool pool =
        new ConnectionPool("shop", new TestSource(database), PoolSettings.DEFAULT);
    try (threads) {
      Sessions sessions = new Sessions(pool);
      Future<Integer> work =
          threads.submit(() ->
              sessions.withoutTenant(
                  Sessions.Access.WRITE,
                  connection -> {
                    try (var statement = connection.createStatement()) {
                      statement.execute("SELECT pg_sleep(0.3)");
                      return 42;
                    }
                  }));
      Await.until("the work runs", () -> pool.use().active() == 1);
      assertThat(pool.drain(Await.PATIENCE)).isTrue();
      assertThat(work.get()).isEqualTo(42);
    }
    Await.until("all closed", () -> open(database) == 0);
    assertThatThrownBy(pool::acquire).hasMessageContaining("shutting down");
  }
}
