package dev.undercroft.access;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes a pool's connections: tries again every {@link PoolSettings#retry} while the reason may
 * pass, at most for {@link PoolSettings#connect}, and remembers why the last attempt failed.
 * Thread-safe.
 */
final class PatientSource implements DataSource, AutoCloseable {

  private final ConnectionSource target;
  private final PoolSettings settings;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable Problem> failure = new AtomicReference<>();

  PatientSource(ConnectionSource target, PoolSettings settings) {
    this.target = target;
    this.settings = settings;
  }

  ConnectionSource target() {
    return target;
  }

  /** Why the last attempt failed; empty after one that did not. */
  Optional<Problem> lastFailure() {
    return Optional.ofNullable(failure.get());
  }

  /** As {@link #lastFailure}, if waiting does not help. */
  Optional<Problem> hopeless() {
    return lastFailure().filter(problem -> !target.isPassing(problem));
  }

  @Override
  public Connection getConnection() throws SQLException {
    long end = System.nanoTime() + settings.connect().toNanos();
    while (true) {
      try {
        return openUnlessClosed();
      } catch (ProblemException e) {
        failure.set(e.first());
        boolean over = System.nanoTime() + settings.retry().toNanos() > end;
        if (over || !target.isPassing(e.first()) || isClosedWithin(settings.retry())) {
          throw new SQLException(e.first().message(), e);
        }
      }
    }
  }

  /** A connection that comes when the pool is closed already has nobody to close it. */
  private Connection openUnlessClosed() throws SQLException {
    Connection connection = target.open();
    if (closed.getCount() == 0) {
      connection.close();
      throw new SQLException("the pool is closed");
    }
    failure.set(null);
    return connection;
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the role is part of the address");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // Nothing is written.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The address says how long an attempt may take.
  }

  /** So long does a pool that is closed wait for a connection that is just being made. */
  @Override
  public int getLoginTimeout() {
    return Math.toIntExact(Math.clamp(settings.connect().toSeconds(), 1, 60));
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("java.util.logging is not used");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("not a wrapper for " + type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
