package dev.undercroft.access;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections to one database as one role, kept for reuse. Opens nothing until the first caller,
 * then keeps the minimum open. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {

  /**
   * A caller waits in slices of this length, and after each it is seen whether connecting has
   * become hopeless: a wrong password is told at once and not after the whole waiting time.
   */
  private static final Duration SLICE = Duration.ofMillis(250);

  private static final String REAP_PROPERTY = "com.zaxxer.hikari.housekeeping.periodMs";

  private final String name;
  private final PoolSettings settings;
  private final PatientSource source;
  private final HikariDataSource pool;

  /**
   * A pool that has no connection yet.
   *
   * @param name tells pools apart in logs and metrics
   * @param source makes the connections
   * @param settings size and times
   */
  public ConnectionPool(String name, ConnectionSource source, PoolSettings settings) {
    this.name = name;
    this.settings = settings;
    this.source = new PatientSource(source, settings);
    this.pool = new HikariDataSource(config());
  }

  private HikariConfig config() {
    // Hikari reads how often it reaps from a system property only, when a pool is made.
    System.setProperty(REAP_PROPERTY, String.valueOf(settings.reap().toMillis()));
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.maximum());
    config.setMinimumIdle(settings.minimum());
    config.setConnectionTimeout(SLICE.toMillis());
    config.setIdleTimeout(limited(settings.idle(), Duration.ofSeconds(10)));
    config.setMaxLifetime(limited(settings.lifetime(), Duration.ofSeconds(30)));
    config.setKeepaliveTime(0);
    config.setValidationTimeout(SLICE.toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** Zero is Hikari's word for no limit; below its least value it would take another one. */
  private static long limited(Duration time, Duration least) {
    if (time.compareTo(PoolSettings.FOREVER) >= 0) {
      return 0;
    }
    return Math.max(time.toMillis(), least.toMillis());
  }

  /** The name the pool was given. */
  public String name() {
    return name;
  }

  /** Size and times. */
  public PoolSettings settings() {
    return settings;
  }

  /** What makes the connections. */
  public ConnectionSource source() {
    return source.target();
  }

  /**
   * A connection; closing it gives it back.
   *
   * @throws ProblemException {@code ACCESS_POOL_EXHAUSTED} if none became free in time; the reason
   *     why no connection can be made, if that is so; {@code ACCESS_POOL_CLOSED} after {@link
   *     #close}
   */
  public Connection acquire() {
    long start = System.nanoTime();
    while (true) {
      try {
        return pool.getConnection();
      } catch (SQLException failure) {
        if (pool.isClosed()) {
          throw closed(failure);
        }
        if (use().open() == 0) {
          source.hopeless().ifPresent(ConnectionPool::raise);
        }
        if (System.nanoTime() - start >= settings.acquire().toNanos()) {
          throw overdue(failure);
        }
      }
    }
  }

  private static void raise(Problem problem) {
    throw problem.exception();
  }

  private ProblemException overdue(SQLException failure) {
    PoolUse use = use();
    if (use.active() < use.maximum() && source.lastFailure().isPresent()) {
      return source.lastFailure().get().exception(failure);
    }
    return Problem.of(
            "ACCESS_POOL_EXHAUSTED",
            ProblemKind.EXHAUSTED,
            "no connection of the pool "
                + name
                + " became free within "
                + settings.acquire().toSeconds()
                + " s")
        .withDetail(
            "%d of %d connections in use, %d callers waiting"
                .formatted(use.active(), use.maximum(), use.waiting()))
        .withRemedy(
            "Look for long transactions; or let the pool grow with connection_limit in the URL, and"
                + " max_connections of the server with it.")
        .with("pool", name)
        .exception(failure);
  }

  private ProblemException closed(SQLException failure) {
    return Problem.of(
            "ACCESS_POOL_CLOSED", ProblemKind.EXTERNAL, "the pool " + name + " is shutting down")
        .withRemedy("Try again when the service runs again.")
        .exception(failure);
  }

  /** How it is used now. */
  public PoolUse use() {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    if (bean == null) {
      return new PoolUse(0, 0, 0, settings.maximum());
    }
    return new PoolUse(
        bean.getActiveConnections(),
        bean.getIdleConnections(),
        bean.getThreadsAwaitingConnection(),
        settings.maximum());
  }

  /**
   * Waits until every connection was given back, at most this long, then closes all of them; those
   * still in use are cut.
   *
   * @return whether all were given back in time
   */
  public boolean drain(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (use().active() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    boolean drained = use().active() == 0;
    close();
    return drained;
  }

  /** Closes all connections, at once. Later calls do nothing. */
  @Override
  public void close() {
    source.close();
    pool.close();
  }
}
