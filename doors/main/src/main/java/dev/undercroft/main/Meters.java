package dev.undercroft.main;

import dev.undercroft.platform.VerbTimes;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a process that serves. One that only looks has nobody to show them to, and
 * making the registry is a tenth of its time. Thread-safe.
 */
final class Meters implements VerbTimes {

  private final AtomicReference<@Nullable PrometheusMeterRegistry> made = new AtomicReference<>();

  /** Where measurements go; from the first call on verbs are measured too. */
  PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = made.get();
    if (registry == null) {
      made.compareAndSet(null, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
      registry = made.get();
    }
    return Objects.requireNonNull(registry);
  }

  @Override
  public void took(String verb, String outcome, Duration time) {
    PrometheusMeterRegistry registry = made.get();
    if (registry != null) {
      Timer.builder("undercroft.verbs")
          .description("Time a verb took")
          .tag("verb", verb)
          .tag("outcome", outcome)
          .register(registry)
          .record(time);
    }
  }
}
