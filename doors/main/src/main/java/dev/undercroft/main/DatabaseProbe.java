package dev.undercroft.main;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.PoolUse;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.engine.Vitals;
import dev.undercroft.engine.VitalsProbe;
import dev.undercroft.sdk.DatabaseHealth.Snapshot;
import dev.undercroft.sdk.DatabaseHealth.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Asks a database how it is, by real queries, and answers within {@link #LIMIT} whatever the server
 * does. It has connections of its own, so that a full pool does not look like a dead server. Who
 * asks within a moment of somebody else gets the same answer. Thread-safe.
 */
final class DatabaseProbe implements AutoCloseable {

  /** Within this time there is an answer. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration FRESH = Duration.ofMillis(250);
  private static final int QUERY_SECONDS = 8;
  private static final int MOST_QUESTIONS = 16;

  private final ConnectionPool own;
  private final VitalsProbe vitals;
  private final Supplier<Optional<PoolUse>> served;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<List<String>, Snapshot> latest = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * A probe that has no connection yet.
   *
   * @param own connections for asking
   * @param vitals what to ask
   * @param served how the application's pool is used
   * @param clock says when
   */
  DatabaseProbe(
      ConnectionPool own,
      VitalsProbe vitals,
      Supplier<Optional<PoolUse>> served,
      InstantSource clock) {
    this.own = own;
    this.vitals = vitals;
    this.served = served;
    this.clock = clock;
  }

  /** Size and times of the connections for asking. */
  static PoolSettings poolSettings() {
    return PoolSettings.DEFAULT
        .withMaximum(2)
        .withMinimum(0)
        .withAcquire(CONNECT)
        .withConnect(CONNECT);
  }

  /** Asks now, and counts these tables. Does not throw. */
  Snapshot check(List<String> tables) {
    lock.lock();
    try {
      Snapshot last = latest.get(tables);
      if (last != null && last.at().isAfter(clock.instant().minus(FRESH))) {
        return last;
      }
      if (latest.size() > MOST_QUESTIONS) {
        latest.clear();
      }
      Snapshot now = withinLimit(tables);
      latest.put(List.copyOf(tables), now);
      return now;
    } finally {
      lock.unlock();
    }
  }

  private Snapshot withinLimit(List<String> tables) {
    Future<Snapshot> asking = threads.submit(() -> ask(tables));
    try {
      return asking.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      asking.cancel(true);
      return dead("MAIN_HEALTH_TIMEOUT");
    } catch (ExecutionException defect) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.ERROR, "asking a database for its health", defect);
      return dead("MAIN_HEALTH_DEFECT");
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return dead("MAIN_STOPPING");
    }
  }

  private Snapshot ask(List<String> tables) {
    Map<String, Duration> queries = new LinkedHashMap<>();
    Map<String, Long> rows = new LinkedHashMap<>();
    try (Connection connection = own.acquire()) {
      timed(queries, "select 1", () -> number(connection, "SELECT 1"));
      Vitals asked = timed(queries, "vitals", () -> vitals.ask(connection));
      for (String table : tables) {
        String count = "SELECT count(*) FROM " + new Identifier(table).quoted();
        rows.put(table, timed(queries, "count " + table, () -> number(connection, count)));
      }
      return alive(queries, asked, rows);
    } catch (ProblemException unreachable) {
      return dead(unreachable.first().code());
    } catch (SQLException failure) {
      Problem problem = own.source().explain(failure);
      return queries.isEmpty()
          ? dead(problem.code())
          : alive(queries, Vitals.UNKNOWN, rows, problem.code());
    }
  }

  /** One question to the database. */
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private static <T> T timed(Map<String, Duration> times, String name, Question<T> question)
      throws SQLException {
    long start = System.nanoTime();
    T answer = question.ask();
    times.put(name, Duration.ofNanos(System.nanoTime() - start));
    return answer;
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(QUERY_SECONDS);
      try (ResultSet row = statement.executeQuery(query)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private Snapshot alive(
      Map<String, Duration> queries, Vitals asked, Map<String, Long> rows, String... errors) {
    Optional<PoolUse> pool = served.get();
    return new Snapshot(
        clock.instant(),
        true,
        Optional.ofNullable(queries.get("select 1")),
        queries,
        asked.sessions(),
        pool.map(PoolUse::active),
        pool.map(PoolUse::maximum),
        asked.maxSessions(),
        asked.sizeBytes(),
        transactions(asked),
        asked.replicationLag(),
        rows,
        List.of(errors));
  }

  private Snapshot dead(String error) {
    Optional<PoolUse> pool = served.get();
    return new Snapshot(
        clock.instant(),
        false,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        pool.map(PoolUse::active),
        pool.map(PoolUse::maximum),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(error));
  }

  private static Optional<Transactions> transactions(Vitals asked) {
    return asked
        .committed()
        .flatMap(committed ->
            asked.rolledBack().map(rolledBack -> new Transactions(committed, rolledBack)));
  }

  /** Closes the connections for asking. */
  @Override
  public void close() {
    threads.shutdownNow();
    own.close();
  }
}
