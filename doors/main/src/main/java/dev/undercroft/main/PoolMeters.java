package dev.undercroft.main;

import dev.undercroft.access.ConnectionPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows how a pool is used as measurements. */
final class PoolMeters {

  private PoolMeters() {}

  /** Adds the measurements of a pool. */
  static void bind(MeterRegistry meters, ConnectionPool pool) {
    Gauge.builder("undercroft.pool.active", pool, one -> one.use().active())
        .description("Connections in use")
        .tag("pool", pool.name())
        .register(meters);
    Gauge.builder("undercroft.pool.idle", pool, one -> one.use().idle())
        .description("Connections that wait to be used")
        .tag("pool", pool.name())
        .register(meters);
    Gauge.builder("undercroft.pool.waiting", pool, one -> one.use().waiting())
        .description("Callers that wait for a connection")
        .tag("pool", pool.name())
        .register(meters);
    Gauge.builder("undercroft.pool.maximum", pool, one -> one.use().maximum())
        .description("The most connections there may be")
        .tag("pool", pool.name())
        .register(meters);
  }
}
